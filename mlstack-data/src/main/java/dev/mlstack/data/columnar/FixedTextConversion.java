package dev.mlstack.data.columnar;

import dev.mlstack.data.arrow.ColumnBuffers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Texts of one length in bytes. */
class FixedTextConversion extends Conversion {

  private final int width;
  private final RawColumn texts = new RawColumn();
  private final TextConversion conversion = new TextConversion();

  FixedTextConversion(int width) {
    this.width = width;
  }

  @Override
  final ColumnBuffers convert(RawColumn raw, BadValues bad) {
    texts.start(raw.rows(), -1);
    int end = 0;
    for (int row = 0; row < raw.rows(); row++) {
      if (raw.isPresent(row)) {
        texts.setPresent(row);
        byte[] text = text(raw.values(), row * width);
        System.arraycopy(text, 0, texts.reserve(end + (long) text.length), end, text.length);
        end += text.length;
      }
      texts.offsets()[row + 1] = end;
    }
    return conversion.convert(texts, bad);
  }

  byte[] text(byte[] values, int at) {
    byte[] text = new byte[width];
    System.arraycopy(values, at, text, 0, width);
    return text;
  }

  /** UUIDs, as people write them: 8-4-4-4-12 hexadecimal digits. */
  static final class Uuid extends FixedTextConversion {
    static final int BYTES = 16;

    Uuid() {
      super(BYTES);
    }

    @Override
    byte[] text(byte[] values, int at) {
      String hex = HexFormat.of().formatHex(values, at, at + BYTES);
      return String.join(
              "-",
              hex.substring(0, 8),
              hex.substring(8, 12),
              hex.substring(12, 16),
              hex.substring(16, 20),
              hex.substring(20))
          .getBytes(StandardCharsets.US_ASCII);
    }
  }
}
