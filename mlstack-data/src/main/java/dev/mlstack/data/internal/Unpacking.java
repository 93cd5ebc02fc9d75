package dev.mlstack.data.internal;

import com.github.luben.zstd.ZstdInputStream;
import dev.mlstack.table.DataException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks what is compressed with gzip or zstd, which is seen by how it begins, and passes on what
 * is not. Limits guard against small inputs that unpack to absurdly many bytes.
 */
public final class Unpacking {

  /**
   * How many bytes may come of each byte that is stored, from {@link #FREE_BYTES} on, if no
   * absolute limit is set: 500.
   */
  public static final long MAX_RATIO = 500;

  /** How many bytes may come of unpacking whatever their ratio is: 64 MiB. */
  public static final long FREE_BYTES = 64 << 20;

  private static final int MAGIC_BYTES = 4;
  private static final int BUFFER_BYTES = 1 << 16;

  private Unpacking() {}

  /**
   * Returns the bytes of an input, unpacked. Bytes that are broken end the reading with a {@link
   * DataException}.
   *
   * @param name what to call it
   * @param in taken over, also if this fails
   * @param maxBytes how many bytes may come of unpacking, at least 1; 0 limits only their ratio
   */
  public static InputStream unpack(String name, InputStream in, long maxBytes) throws IOException {
    try {
      Counted counted = new Counted(in);
      PushbackInputStream stored = new PushbackInputStream(counted, MAGIC_BYTES);
      byte[] magic = stored.readNBytes(MAGIC_BYTES);
      stored.unread(magic);
      if (begins(magic, 0x1F, 0x8B)) {
        return new Limited(name, gzip(name, stored), counted, maxBytes);
      } else if (begins(magic, 0x28, 0xB5, 0x2F, 0xFD)) {
        return new Limited(name, zstd(name, stored), counted, maxBytes);
      }
      return stored;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static boolean begins(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static InputStream gzip(String name, PushbackInputStream in) throws IOException {
    try {
      return new GZIPInputStream(new Eager(in), BUFFER_BYTES);
    } catch (ZipException | EOFException e) {
      throw broken(name, e);
    }
  }

  private static InputStream zstd(String name, InputStream in) throws IOException {
    try {
      return Zstd.open(in);
    } catch (NoClassDefFoundError e) {
      DataException missing =
          new DataException(
              name
                  + " is compressed with zstd; add the dependency com.github.luben:zstd-jni, or"
                  + " unpack it first");
      missing.initCause(e);
      throw missing;
    }
  }

  private static DataException broken(String name, IOException cause) {
    DataException broken =
        new DataException(
            name + " cannot be unpacked, it is damaged or cut off: " + cause.getMessage());
    broken.initCause(cause);
    return broken;
  }

  /** Stands alone, so that the library is looked for only when it is needed. */
  private static final class Zstd {
    static InputStream open(InputStream in) throws IOException {
      return new ZstdInputStream(in);
    }
  }

  /** Counts what is read of it. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      count += Math.max(read, 0);
      return read;
    }
  }

  /**
   * Says that bytes are available unless there are no more: the JDK asks this to find out whether
   * another member follows, and would silently end at a stream that is only slow.
   */
  private static final class Eager extends FilterInputStream {
    private final PushbackInputStream stored;

    Eager(PushbackInputStream stored) {
      super(stored);
      this.stored = stored;
    }

    @Override
    public int available() throws IOException {
      int next = stored.read();
      if (next < 0) {
        return 0;
      }
      stored.unread(next);
      return 1;
    }
  }

  /** Ends with an exception when too much comes, or when the bytes below are broken. */
  private static final class Limited extends FilterInputStream {
    private final String name;
    private final Counted stored;
    private final long maxBytes;
    private long count;

    Limited(String name, InputStream in, Counted stored, long maxBytes) {
      super(in);
      this.name = name;
      this.stored = stored;
      this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = unpacked(bytes, from, length);
      count += Math.max(read, 0);
      if (maxBytes > 0 ? count > maxBytes : isAbsurd()) {
        throw new DataException(
            String.format(
                "%s unpacks to more than %s; if it is no mistake, allow more with"
                    + " .maxUnpacked(bytes)",
                name,
                maxBytes > 0
                    ? maxBytes + " bytes"
                    : MAX_RATIO + " times the bytes that are stored"));
      }
      return read;
    }

    private int unpacked(byte[] bytes, int from, int length) throws IOException {
      try {
        return super.read(bytes, from, length);
      } catch (ZipException | EOFException e) {
        throw broken(name, e);
      } catch (IOException e) {
        // The library of zstd has one exception for all, which is none of reading.
        if (e.getClass().getName().startsWith("com.github.luben.zstd.")) {
          throw broken(name, e);
        }
        throw e;
      }
    }

    private boolean isAbsurd() {
      return count > FREE_BYTES && count / MAX_RATIO > stored.count;
    }
  }
}
