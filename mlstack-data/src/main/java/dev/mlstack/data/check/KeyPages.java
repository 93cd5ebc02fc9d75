package dev.mlstack.data.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys with the positions of their rows, one behind the other: the position in 8 bytes, the length
 * in 4, then the key, all in one page.
 */
final class KeyPages {

  private static final int PAGE_BYTES = 1 << 14;
  private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final List<byte[]> pages = new ArrayList<>();
  private final List<Integer> used = new ArrayList<>();
  private byte[] page = {};
  private int at;

  /** Takes a key. */
  interface Visitor {
    void visit(long position, byte[] bytes, int from, int length);
  }

  void add(long position, byte[] key, int length) {
    int bytes = HEAD_BYTES + length;
    if (bytes > page.length - at) {
      if (at > 0) {
        used.add(at);
      }
      page = new byte[Math.max(PAGE_BYTES, bytes)];
      pages.add(page);
      at = 0;
    }
    LONGS.set(page, at, position);
    INTS.set(page, at + Long.BYTES, length);
    System.arraycopy(key, 0, page, at + HEAD_BYTES, length);
    at += bytes;
  }

  /** Visits all keys in the order in which they were added. */
  void forEach(Visitor visitor) {
    for (int i = 0; i < pages.size(); i++) {
      byte[] bytes = pages.get(i);
      int end = i < used.size() ? used.get(i) : at;
      for (int from = 0; from < end; ) {
        int length = (int) INTS.get(bytes, from + Long.BYTES);
        visitor.visit((long) LONGS.get(bytes, from), bytes, from + HEAD_BYTES, length);
        from += HEAD_BYTES + length;
      }
    }
  }
}
