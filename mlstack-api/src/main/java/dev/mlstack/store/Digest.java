package dev.mlstack.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 digest that names an object or identifies a sequence of bytes.
 *
 * <p>Digests are values: immutable, comparable in the order of their bytes (unsigned), and cheap to
 * hash.
 */
public final class Digest implements Comparable<Digest> {

  /** The number of bytes of a digest: 32. */
  public static final int BYTES = 32;

  private static final int ABBREVIATED_LENGTH = 12;

  private final long a;
  private final long b;
  private final long c;
  private final long d;

  private Digest(ByteBuffer bytes) {
    a = bytes.getLong();
    b = bytes.getLong();
    c = bytes.getLong();
    d = bytes.getLong();
  }

  /** Returns the digest of {@code bytes}. */
  public static Digest of(byte[] bytes) {
    return new Hasher().update(bytes).digest();
  }

  /**
   * Returns the digest whose 32 bytes are given.
   *
   * @throws IllegalArgumentException if {@code bytes} does not hold exactly 32 bytes
   */
  public static Digest ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a digest has " + BYTES + " bytes but " + bytes.length + " were given");
    }
    return new Digest(ByteBuffer.wrap(bytes));
  }

  /**
   * Returns the digest written as 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException if {@code hex} is not 64 hexadecimal digits
   */
  public static Digest parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException(
          "a digest is written as " + 2 * BYTES + " hexadecimal digits but was '" + hex + "'");
    }
    try {
      return ofBytes(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a digest is hexadecimal but was '" + hex + "'", e);
    }
  }

  /** Returns the 32 bytes of this digest, as a new array. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /** Returns the 64 lower-case hexadecimal digits of this digest. */
  public String hex() {
    return HexFormat.of().formatHex(toBytes());
  }

  /** Returns the first 12 hexadecimal digits: enough for people, not for programs. */
  public String abbreviated() {
    return hex().substring(0, ABBREVIATED_LENGTH);
  }

  @Override
  public int compareTo(Digest other) {
    int order = Long.compareUnsigned(a, other.a);
    if (order == 0) {
      order = Long.compareUnsigned(b, other.b);
    }
    if (order == 0) {
      order = Long.compareUnsigned(c, other.c);
    }
    return order == 0 ? Long.compareUnsigned(d, other.d) : order;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Digest other
        && a == other.a
        && b == other.b
        && c == other.c
        && d == other.d;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a);
  }

  /** Returns {@link #hex()}. */
  @Override
  public String toString() {
    return hex();
  }

  /**
   * Computes the digest of bytes that arrive in pieces. Not safe for use by several threads at
   * once.
   */
  public static final class Hasher {
    private final MessageDigest sha256;

    /** Creates a hasher that has seen no bytes. */
    public Hasher() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform provides SHA-256", e);
      }
    }

    /** Adds all of {@code bytes}. */
    public Hasher update(byte[] bytes) {
      return update(bytes, 0, bytes.length);
    }

    /** Adds {@code length} bytes of {@code bytes}, the first at {@code offset}. */
    public Hasher update(byte[] bytes, int offset, int length) {
      sha256.update(bytes, offset, length);
      return this;
    }

    /** Adds the eight bytes of {@code value}, the lowest first. */
    public Hasher update(long value) {
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        sha256.update((byte) (value >>> shift));
      }
      return this;
    }

    /** Returns the digest of all bytes added since creation or the last call, and starts anew. */
    public Digest digest() {
      return new Digest(ByteBuffer.wrap(sha256.digest()));
    }
  }
}
