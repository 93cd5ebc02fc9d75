package dev.mlstack.core.model;

import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Long arrays of doubles as objects of their own: the weights of a model, the vectors of an
 * optimiser.
 *
 * <p>An array is cut into pieces of {@link #PIECE} numbers, of which only the last may have fewer.
 * Each is an object of type {@code reals/1} whose payload is its numbers, 8 bytes each,
 * little-endian, every NaN as {@code 0x7ff8000000000000}. Whoever holds an array has the edges
 * {@code name.0}, {@code name.1} and so on; an empty array has none.
 */
public final class Reals {

  /** The type of a piece. */
  public static final VersionedName TYPE = new VersionedName("reals", 1);

  /** How many numbers a piece has: 2<sup>20</sup>, which are 8 MiB. */
  public static final int PIECE = 1 << 20;

  private Reals() {}

  /**
   * Puts an array into a sink.
   *
   * @param name what the array is to the object that will hold it
   * @return the edges to its pieces
   */
  public static List<Edge> write(ObjectSink sink, String name, double[] values) {
    List<Edge> edges = new ArrayList<>();
    for (int from = 0; from < values.length; from += PIECE) {
      byte[] payload = encode(values, from, Math.min(PIECE, values.length - from));
      StoredObject piece = StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), payload);
      edges.add(Edge.holds(name + "." + edges.size(), sink.put(piece)));
    }
    return edges;
  }

  private static byte[] encode(double[] values, int from, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = from; i < from + count; i++) {
      bytes.putLong(Double.doubleToLongBits(values[i]));
    }
    return bytes.array();
  }

  /**
   * Returns the array that an object holds under a name.
   *
   * @param length how many numbers it must have
   * @throws dev.mlstack.store.StoreException if a piece is not there or damaged
   * @throws MalformedObjectException if it has another length
   */
  public static double[] read(ObjectSource source, StoredObject holder, String name, int length) {
    double[] values = new double[length];
    int read = 0;
    Optional<Edge> edge = edge(holder, name, 0);
    for (int i = 1; edge.isPresent(); i++) {
      read += decode(source.get(edge.get().target()).require(TYPE), values, read);
      edge = edge(holder, name, i);
    }
    if (read != length) {
      throw new MalformedObjectException(
          holder.digest(),
          holder.type(),
          name + " must have " + length + " numbers but has " + read);
    }
    return values;
  }

  private static Optional<Edge> edge(StoredObject holder, String name, int piece) {
    String wanted = name + "." + piece;
    return holder.edges().stream().filter(e -> e.name().equals(wanted)).findFirst();
  }

  private static int decode(StoredObject piece, double[] to, int at) {
    int count = piece.payloadSize() / Double.BYTES;
    int expected = Math.min(PIECE, to.length - at);
    if (count != expected || piece.payloadSize() % Double.BYTES != 0) {
      throw new MalformedObjectException(
          piece.digest(),
          TYPE,
          "it must have " + expected * Double.BYTES + " bytes but has " + piece.payloadSize());
    }
    ByteBuffer bytes = ByteBuffer.wrap(piece.payload()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().get(to, at, count);
    return count;
  }
}
