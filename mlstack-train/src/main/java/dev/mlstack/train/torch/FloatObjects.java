package dev.mlstack.train.torch;

import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Stores many numbers as objects: 32-bit floats, little-endian, cut after every {@value
 * #OBJECT_NUMBERS}. Their owner holds them by edges {@code name.0}, {@code name.1} and so on.
 */
final class FloatObjects {

  /** The type of these objects. */
  static final VersionedName TYPE = new VersionedName("float32", 1);

  private static final int OBJECT_NUMBERS = 1 << 22;

  private FloatObjects() {}

  /**
   * Stores numbers.
   *
   * @param edges takes the edges to the objects
   */
  static void write(ObjectSink sink, String name, float[] values, List<Edge> edges) {
    for (int from = 0, i = 0; from < values.length; from += OBJECT_NUMBERS, i++) {
      int count = Math.min(OBJECT_NUMBERS, values.length - from);
      ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, from, count);
      StoredObject object = StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), bytes.array());
      edges.add(Edge.holds(name + "." + i, sink.put(object)));
    }
  }

  /**
   * Reads numbers.
   *
   * @param owner holds them
   * @param count how many there must be
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged, of another type,
   *     or has more or fewer numbers, or one that is not finite
   */
  static float[] read(ObjectSource source, StoredObject owner, String name, int count) {
    float[] values = new float[count];
    for (int from = 0, i = 0; from < count; from += OBJECT_NUMBERS, i++) {
      StoredObject object = source.get(owner.requireTarget(name + "." + i)).require(TYPE);
      int wanted = Math.min(OBJECT_NUMBERS, count - from);
      if (object.payloadSize() != wanted * Float.BYTES) {
        throw malformed(
            object, "it has " + object.payloadSize() + " bytes instead of " + wanted + " numbers");
      }
      FloatBuffer numbers =
          ByteBuffer.wrap(object.payload()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      numbers.get(values, from, wanted);
      if (!areFinite(values, from, from + wanted)) {
        throw malformed(object, "a number in it is not finite");
      }
    }
    return values;
  }

  private static MalformedObjectException malformed(StoredObject object, String what) {
    return new MalformedObjectException(object.digest(), object.type(), what);
  }

  /** Tells whether all numbers of a part of an array are finite. */
  static boolean areFinite(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }
}
