package dev.mlstack.data.check;

import dev.mlstack.data.internal.XxHash64;
import dev.mlstack.table.Utf8Block;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of texts that are looked up by their bytes. Immutable. */
final class Utf8Set {

  // A power of two, at least twice as many as there are texts, so that one is free.
  private final byte[] @Nullable [] slots;

  Utf8Set(List<String> texts) {
    this.slots = new byte[Integer.highestOneBit(2 * texts.size()) * 2][];
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      slots[slot(utf8, 0, utf8.length)] = utf8;
    }
  }

  boolean contains(Utf8Block block, int index) {
    return slots[slot(block.bytes(), block.start(index), block.length(index))] != null;
  }

  /** Returns the slot that has a text, or the free one where it would stand. */
  private int slot(byte[] bytes, int from, int length) {
    int slot = (int) XxHash64.hash(bytes, from, length, 0) & (slots.length - 1);
    for (byte[] text = slots[slot]; text != null; text = slots[slot]) {
      if (Arrays.equals(text, 0, text.length, bytes, from, from + length)) {
        return slot;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
