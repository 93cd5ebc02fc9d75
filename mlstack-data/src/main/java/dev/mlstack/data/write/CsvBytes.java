package dev.mlstack.data.write;

import dev.mlstack.store.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Collects the bytes of a file of text. */
final class CsvBytes {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int NUMBER_BYTES = 32;

  /** Powers of ten that are exact. */
  private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private static final double EXACT = 0x1p53;

  private final OutputStream out;
  private final @Nullable GZIPOutputStream gzip;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int length;

  private CsvBytes(OutputStream out, @Nullable GZIPOutputStream gzip) {
    this.out = out;
    this.gzip = gzip;
  }

  static CsvBytes on(OutputStream out, boolean compressed) throws IOException {
    if (!compressed) {
      return new CsvBytes(out, null);
    }
    GZIPOutputStream gzip = new GZIPOutputStream(out, BUFFER_BYTES);
    return new CsvBytes(gzip, gzip);
  }

  private void room(int bytes) throws IOException {
    if (length + bytes > buffer.length) {
      out.write(buffer, 0, length);
      length = 0;
    }
  }

  void put(char ascii) throws IOException {
    room(1);
    buffer[length++] = (byte) ascii;
  }

  void put(byte[] bytes, int from, int count) throws IOException {
    room(count);
    if (count > buffer.length) {
      out.write(bytes, from, count);
    } else {
      System.arraycopy(bytes, from, buffer, length, count);
      length += count;
    }
  }

  /** Puts text of ASCII. */
  void putAscii(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    put(bytes, 0, bytes.length);
  }

  /** Puts a text, in quotes if it needs them, with those in it doubled. */
  void putText(byte[] bytes, int from, int to, char delimiter) throws IOException {
    boolean plain = from < to;
    for (int i = from; i < to && plain; i++) {
      byte b = bytes[i];
      plain = b != delimiter && b != '"' && b != '\n' && b != '\r';
    }
    if (plain) {
      put(bytes, from, to - from);
      return;
    }
    put('"');
    for (int i = from; i < to; i++) {
      if (bytes[i] == '"') {
        put('"');
      }
      put((char) (bytes[i] & 0xFF));
    }
    put('"');
  }

  void putWhole(long number) throws IOException {
    room(NUMBER_BYTES);
    if (number == Long.MIN_VALUE) {
      putAscii(Long.toString(number));
      return;
    }
    if (number < 0) {
      buffer[length++] = '-';
    }
    putDigits(Math.abs(number), 1);
  }

  /** Puts at least {@code least} digits. */
  void putDigits(long number, int least) throws IOException {
    room(NUMBER_BYTES);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    digits = Math.max(digits, least);
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /**
   * Puts a real number. Most have few digits behind the point; a whole number below 2^53, divided
   * by an exact power of ten, is rounded once, as is reading the same digits (W. Clinger, "How to
   * Read Floating Point Numbers Accurately", 1990, section 4). So if the quotient is the number,
   * these digits are read as the number.
   *
   * @param single whether it is a number of 32 bits, which needs fewer digits
   */
  void putReal(double number, boolean single) throws IOException {
    double size = Math.abs(number);
    for (int digits = 1; size < EXACT / 1e9 && digits < POWERS.length; digits++) {
      double scaled = Math.rint(size * POWERS[digits]);
      double read = scaled / POWERS[digits];
      if (scaled < EXACT && (single ? (float) read == (float) size : read == size)) {
        putDecimal(Double.doubleToRawLongBits(number) < 0, (long) scaled, digits);
        return;
      }
    }
    if (Double.isNaN(number)) {
      // Csv, like most readers, takes NaN and nan for a missing value.
      putAscii("NAN");
    } else if (Double.isInfinite(number)) {
      putAscii(number > 0 ? "inf" : "-inf");
    } else {
      putAscii(Value.of(number).canonicalJson());
    }
  }

  private void putDecimal(boolean negative, long scaled, int digits) throws IOException {
    if (negative) {
      put('-');
    }
    long power = (long) POWERS[digits];
    putDigits(scaled / power, 1);
    put('.');
    putDigits(scaled % power, digits);
  }

  /** Writes what is collected, and the end of the compressed data if it is. */
  void end() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
    if (gzip != null) {
      gzip.finish();
    }
  }
}
