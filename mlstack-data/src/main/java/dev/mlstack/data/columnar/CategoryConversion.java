package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;
import dev.mlstack.data.internal.Spellings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts as the values of a category that they spell. Others are bad. */
final class CategoryConversion extends Conversion {

  private final Spellings spellings;

  CategoryConversion(List<String> values) {
    this.spellings = new Spellings(values);
  }

  @Override
  ColumnBuffers convert(RawColumn raw, BadValues bad) {
    byte[] codes = output(raw, Integer.BYTES);
    int[] offsets = raw.offsets();
    for (int row = 0; row < raw.rows(); row++) {
      if (raw.isPresent(row)) {
        int code = spellings.code(raw.values(), offsets[row], offsets[row + 1]);
        if (code < 0) {
          String shown =
              new String(
                  raw.values(),
                  offsets[row],
                  offsets[row + 1] - offsets[row],
                  StandardCharsets.UTF_8);
          bad.add(row, shown, "not one of " + spellings.values());
        }
        LittleEndian.put32(codes, row * Integer.BYTES, Math.max(code, 0));
      }
    }
    return buffers(raw, codes);
  }
}
