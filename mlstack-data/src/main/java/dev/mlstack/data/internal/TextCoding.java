package dev.mlstack.data.internal;

import dev.mlstack.table.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the text of an input is stored: its charset, and how much may come of it if it is compressed.
 *
 * @param charset how characters are encoded
 * @param maxUnpacked how many bytes may come of unpacking one input, at least 1; 0 limits only
 *     their ratio, see {@link Unpacking}
 */
public record TextCoding(Charset charset, long maxUnpacked) {

  /** UTF-8, and the limits that hold by default. */
  public static final TextCoding UTF_8 = new TextCoding(StandardCharsets.UTF_8, 0);

  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /**
   * An input that is read as UTF-8. Owns the stream.
   *
   * @param in gives UTF-8, without the mark that some programs begin it with
   * @param offset how many bytes of UTF-8 were passed over before: 0, or 3 for that mark
   */
  public record Open(InputStream in, int offset) implements Closeable {
    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Tells whether the text is stored as it is read. */
  public boolean isUtf8() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  /**
   * Opens an input. The caller closes it.
   *
   * @throws IOException if it cannot be opened
   * @throws DataException if it is damaged
   */
  public Open open(Input input, InputMeter meter) throws IOException {
    return decode(Unpacking.unpack(input.name(), meter.measure(input.open()), maxUnpacked));
  }

  /** Returns unpacked bytes as UTF-8; takes them over, also if this fails. */
  public Open decode(InputStream stored) throws IOException {
    try {
      InputStream utf8 = isUtf8() ? stored : new TranscodingInput(stored, charset);
      PushbackInputStream in = new PushbackInputStream(utf8, BOM.length);
      byte[] start = in.readNBytes(BOM.length);
      if (Arrays.equals(start, BOM)) {
        return new Open(in, BOM.length);
      }
      in.unread(start);
      return new Open(in, 0);
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  /**
   * Returns how an input begins, unpacked, in its own charset.
   *
   * @param length how many bytes at most
   * @throws DataException if it is empty, or surely not text
   */
  public byte[] requireText(Input input, int length) throws IOException {
    try (InputStream in = Unpacking.unpack(input.name(), input.open(), maxUnpacked)) {
      byte[] head = in.readNBytes(length);
      TextFiles.requireText(input.name(), head, isUtf8());
      return head;
    }
  }
}
