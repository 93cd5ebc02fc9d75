package dev.mlstack.data.columnar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in arrays of bytes, little-endian, as files of columns have them. */
public final class LittleEndian {

  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);
  private static final VarHandle FLOATS = view(float[].class);
  private static final VarHandle DOUBLES = view(double[].class);

  private LittleEndian() {}

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns 16 bits. */
  public static short int16(byte[] bytes, int at) {
    return (short) SHORTS.get(bytes, at);
  }

  /** Returns 32 bits. */
  public static int int32(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  /** Returns 64 bits. */
  public static long int64(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** Returns a number with a sign of 1, 2, 4 or 8 bytes. */
  public static long whole(byte[] bytes, int at, int width) {
    return switch (width) {
      case 1 -> bytes[at];
      case 2 -> int16(bytes, at);
      case 4 -> int32(bytes, at);
      default -> int64(bytes, at);
    };
  }

  /** Sets 32 bits. */
  public static void put32(byte[] bytes, int at, int value) {
    INTS.set(bytes, at, value);
  }

  /** Sets 64 bits. */
  public static void put64(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, value);
  }

  /** Sets a number of 1, 2, 4 or 8 bytes. */
  public static void putWhole(byte[] bytes, int at, int width, long value) {
    switch (width) {
      case 1 -> bytes[at] = (byte) value;
      case 2 -> SHORTS.set(bytes, at, (short) value);
      case 4 -> put32(bytes, at, (int) value);
      default -> put64(bytes, at, value);
    }
  }

  /**
   * Returns a floating-point number.
   *
   * @param width 2, 4 or 8 bytes
   */
  public static double real(byte[] bytes, int at, int width) {
    return switch (width) {
      case 2 -> half(int16(bytes, at));
      case 4 -> (float) FLOATS.get(bytes, at);
      default -> (double) DOUBLES.get(bytes, at);
    };
  }

  /** Sets a floating-point number of 4 or 8 bytes. */
  public static void putReal(byte[] bytes, int at, int width, double value) {
    if (width == Float.BYTES) {
      FLOATS.set(bytes, at, (float) value);
    } else {
      DOUBLES.set(bytes, at, value);
    }
  }

  /** Returns a number of 16 bits (IEEE 754, binary16). JDK 17 has no method for it. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size =
        exponent == 0
            ? Math.scalb((float) fraction, -24)
            : exponent == 0x1F
                ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : Math.scalb((float) (fraction | 0x400), exponent - 25);
    return bits < 0 ? -size : size;
  }
}
