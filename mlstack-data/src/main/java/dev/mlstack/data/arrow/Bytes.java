package dev.mlstack.data.arrow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Numbers in arrays of bytes, little-endian, as Arrow and our own formats have them. */
final class Bytes {

  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);
  private static final VarHandle FLOATS = view(float[].class);
  private static final VarHandle DOUBLES = view(double[].class);

  private Bytes() {}

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  static long whole(byte[] bytes, int at, int width) {
    return switch (width) {
      case 1 -> bytes[at];
      case 2 -> (short) SHORTS.get(bytes, at);
      case 4 -> (int) INTS.get(bytes, at);
      default -> (long) LONGS.get(bytes, at);
    };
  }

  static void putWhole(byte[] bytes, int at, int width, long value) {
    switch (width) {
      case 1 -> bytes[at] = (byte) value;
      case 2 -> SHORTS.set(bytes, at, (short) value);
      case 4 -> INTS.set(bytes, at, (int) value);
      default -> LONGS.set(bytes, at, value);
    }
  }

  static float float32(byte[] bytes, int at) {
    return (float) FLOATS.get(bytes, at);
  }

  static void putFloat32(byte[] bytes, int at, float value) {
    FLOATS.set(bytes, at, value);
  }

  static double float64(byte[] bytes, int at) {
    return (double) DOUBLES.get(bytes, at);
  }

  static void putFloat64(byte[] bytes, int at, double value) {
    DOUBLES.set(bytes, at, value);
  }

  /** Returns a view of {@code count} floats. */
  static FloatBuffer floats(byte[] bytes, int at, int count) {
    return ByteBuffer.wrap(bytes, at, count * Float.BYTES)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }
}
