package dev.mlstack.core.store;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How some bytes are made of others: a list of steps, each of which appends to the result.
 *
 * <pre>
 * insert   varint (count * 4 + 0), then count bytes
 * copy     varint (count * 4 + 1), varint where: count bytes of the base
 * shift    varint (count * 4 + 2), varint where, varint addend: count numbers of 4 bytes of the
 *          base, little-endian, to each of which the addend is added
 * </pre>
 *
 * <p>Varints have 7 bits in each byte, the lowest first, the highest bit set in all but the last.
 * {@code where} and the addend are signed: n is written as 2n, or -2n - 1 if negative. {@code
 * where} counts from the place in the base that the step before has come to; there an insertion
 * goes as far as it inserts, because most changes are in place. Shifts are what becomes of
 * ascending offsets when something before them grows.
 */
final class BytePatch {

  private static final int INSERT = 0;
  private static final int COPY = 1;
  private static final int SHIFT = 2;

  /** So many equal bytes end a search in place. */
  private static final int RESUME = 8;

  /** So many equal bytes elsewhere are worth a jump. */
  private static final int BLOCK = 16;

  private static final int MIN_SHIFTED = 6;
  private static final int SHIFT_SEARCH = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] base;
  private final byte[] target;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int @Nullable [] blocks;

  /** Where the result and the base have come to. */
  private int at;

  private int from;

  /** Where the base stands for a reader of the steps written so far. */
  private int written;

  private BytePatch(byte[] base, byte[] target) {
    this.base = base;
    this.target = target;
  }

  /**
   * Returns the steps that make a target of a base, or null if they take more than {@code most}
   * bytes.
   */
  static byte @Nullable [] make(byte[] base, byte[] target, int most) {
    BytePatch patch = new BytePatch(base, target);
    while (patch.at < target.length) {
      patch.copy();
      if (patch.at < target.length) {
        patch.change();
      }
      if (patch.out.size() > most) {
        return null;
      }
    }
    return patch.out.toByteArray();
  }

  /** Copies as far as base and target are equal from here. */
  private void copy() {
    int count = equal(from, at);
    if (count >= RESUME || (at + count == target.length && count > 0)) {
      step(count, COPY, from);
      at += count;
      from += count;
      written = from;
    }
  }

  private int equal(int inBase, int inTarget) {
    if (inBase >= base.length) {
      return 0;
    }
    int end = Math.min(base.length - inBase, target.length - inTarget);
    int mismatch = Arrays.mismatch(base, inBase, inBase + end, target, inTarget, inTarget + end);
    return mismatch < 0 ? end : mismatch;
  }

  /** Goes on where base and target are alike again, and inserts what is before. */
  private void change() {
    for (int p = at; p < target.length; p++) {
      int inPlace = from + p - at;
      if (p > at && resumes(inPlace, p)) {
        insert(p, inPlace);
        return;
      }
      if (p - at <= SHIFT_SEARCH && shifts(inPlace, p) >= MIN_SHIFTED) {
        insert(p, inPlace);
        shift();
        return;
      }
      int elsewhere = find(p);
      if (elsewhere >= 0) {
        int back = 0;
        while (p - back > at
            && elsewhere - back > 0
            && base[elsewhere - back - 1] == target[p - back - 1]) {
          back++;
        }
        insert(p - back, elsewhere - back);
        return;
      }
    }
    insert(target.length, from + target.length - at);
  }

  private boolean resumes(int inBase, int inTarget) {
    return inBase + RESUME <= base.length
        && inTarget + RESUME <= target.length
        && (long) LONGS.get(base, inBase) == (long) LONGS.get(target, inTarget);
  }

  /** Inserts up to a place in the target; the base goes on at {@code next}. */
  private void insert(int to, int next) {
    int count = to - at;
    if (count > 0) {
      varint(((long) count << 2) | INSERT);
      out.write(target, at, count);
      written += count;
    }
    at = to;
    from = next;
  }

  /** Returns how many numbers from here on differ by the same. */
  private int shifts(int inBase, int inTarget) {
    int most = Math.min((base.length - inBase) / 4, (target.length - inTarget) / 4);
    if (inBase < 0 || most < MIN_SHIFTED) {
      return 0;
    }
    int addend = (int) INTS.get(target, inTarget) - (int) INTS.get(base, inBase);
    int count = 1;
    while (count < most
        && (int) INTS.get(target, inTarget + 4 * count) - (int) INTS.get(base, inBase + 4 * count)
            == addend) {
      count++;
    }
    return addend == 0 ? 0 : count;
  }

  private void shift() {
    int count = shifts(from, at);
    int addend = (int) INTS.get(target, at) - (int) INTS.get(base, from);
    step(count, SHIFT, from);
    varint(zigzag(addend));
    at += 4 * count;
    from += 4 * count;
    written = from;
  }

  /** Returns where the base has the block that begins here in the target, or -1. */
  private int find(int inTarget) {
    if (inTarget + BLOCK > target.length || base.length < BLOCK) {
      return -1;
    }
    int[] table = blocks();
    int found = table[slot(target, inTarget, table.length)] - 1;
    boolean equal =
        found >= 0
            && (long) LONGS.get(base, found) == (long) LONGS.get(target, inTarget)
            && (long) LONGS.get(base, found + RESUME)
                == (long) LONGS.get(target, inTarget + RESUME);
    return equal ? found : -1;
  }

  /** Returns the places of the blocks of the base, one more each, by their hash. */
  private int[] blocks() {
    int[] table = blocks;
    if (table == null) {
      table = new int[Integer.highestOneBit(Math.max(base.length / BLOCK, 8)) * 4];
      for (int p = base.length - BLOCK; p >= 0; p -= BLOCK) {
        table[slot(base, p, table.length)] = p + 1;
      }
      blocks = table;
    }
    return table;
  }

  private static int slot(byte[] bytes, int p, int size) {
    long mixed =
        (long) LONGS.get(bytes, p) * 0x9E3779B97F4A7C15L
            ^ (long) LONGS.get(bytes, p + RESUME) * 0xC2B2AE3D27D4EB4FL;
    mixed ^= mixed >>> 32;
    return (int) mixed & (size - 1);
  }

  private void step(int count, int kind, int where) {
    varint(((long) count << 2) | kind);
    varint(zigzag(where - written));
  }

  private static long zigzag(int n) {
    return (((long) n << 1) ^ ((long) n >> 63)) & 0x1FFFFFFFFL;
  }

  private void varint(long value) {
    long rest = value;
    while (rest > 0x7F) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /**
   * Returns what steps make of a base.
   *
   * @param length how many bytes that must be
   * @throws IllegalArgumentException if the steps make no sense
   */
  static byte[] apply(byte[] base, ByteBuffer steps, int length) {
    ByteBuffer result = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer source = ByteBuffer.wrap(base).order(ByteOrder.LITTLE_ENDIAN);
    long place = 0;
    while (steps.hasRemaining()) {
      long head = read(steps);
      int kind = (int) (head & 3);
      long count = head >>> 2;
      long bytes = kind == SHIFT ? 4 * count : count;
      require(bytes <= result.remaining() && kind <= SHIFT);
      if (kind == INSERT) {
        require(count <= steps.remaining());
        result.put(steps.slice().limit((int) count));
        steps.position(steps.position() + (int) count);
      } else {
        place += signed(read(steps));
        require(place >= 0 && place + bytes <= base.length);
        copy(source, (int) place, (int) count, kind == SHIFT ? steps : null, result);
      }
      place += bytes;
    }
    require(!result.hasRemaining());
    return result.array();
  }

  private static void copy(
      ByteBuffer source, int place, int count, @Nullable ByteBuffer steps, ByteBuffer result) {
    if (steps == null) {
      result.put(source.array(), place, count);
      return;
    }
    int addend = (int) signed(read(steps));
    for (int i = 0; i < count; i++) {
      result.putInt(source.getInt(place + 4 * i) + addend);
    }
  }

  private static long read(ByteBuffer steps) {
    long value = 0;
    for (int shift = 0; shift < 64 - 7; shift += 7) {
      require(steps.hasRemaining());
      byte next = steps.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a patch has a number that is too long");
  }

  private static long signed(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("a patch does not fit its base");
    }
  }
}
