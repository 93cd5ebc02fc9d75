package dev.mlstack.data.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads text of any charset as UTF-8. Bytes that mean nothing in the charset become the byte FF,
 * which means nothing in UTF-8 either, so that who reads finds them. Owns the stream.
 */
public final class TranscodingInput extends InputStream {

  private static final int BLOCK = 1 << 16;
  private static final byte MALFORMED = (byte) 0xFF;
  private static final int UTF8_BYTES_PER_CHAR = 3;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer encoded = ByteBuffer.allocate(BLOCK).flip();
  private final CharBuffer chars = CharBuffer.allocate(BLOCK);
  private ByteBuffer utf8 = ByteBuffer.allocate(0);
  private boolean ended;

  /** Takes over a stream of text in a charset. */
  public TranscodingInput(InputStream in, Charset charset) {
    this.in = in;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    while (!utf8.hasRemaining()) {
      if (ended) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, utf8.remaining());
    utf8.get(to, from, count);
    return count;
  }

  /** Decodes a block, or up to bytes that mean nothing. */
  private void decode() throws IOException {
    encoded.compact();
    int read = in.read(encoded.array(), encoded.position(), encoded.remaining());
    encoded.position(encoded.position() + Math.max(read, 0)).flip();
    chars.clear();
    // Nothing more comes, and what is left is no whole character: the decoder says so.
    boolean last = read < 0;
    CoderResult result = decoder.decode(encoded, chars, last);
    boolean malformed = result.isError();
    if (malformed) {
      encoded.position(encoded.position() + result.length());
    } else if (last) {
      decoder.flush(chars);
      ended = true;
    }
    utf8 = encode(chars.flip(), malformed);
  }

  private static ByteBuffer encode(CharBuffer chars, boolean malformed) {
    ByteBuffer bytes = ByteBuffer.allocate(UTF8_BYTES_PER_CHAR * chars.remaining() + 1);
    bytes.put(StandardCharsets.UTF_8.encode(chars));
    if (malformed) {
      bytes.put(MALFORMED);
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
