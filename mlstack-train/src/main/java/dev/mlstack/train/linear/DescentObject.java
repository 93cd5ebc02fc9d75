package dev.mlstack.train.linear;

import dev.mlstack.core.model.Payloads;
import dev.mlstack.core.model.Reals;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.ArrayList;
import java.util.List;

/**
 * The canonical form of the state of an optimiser, {@code descent-state/1}: a JSON document with
 * the numbers, that holds the vectors {@code point}, {@code gradient}, {@code direction}, and for
 * each remembered step, the oldest first, {@code step-i} and {@code change-i}.
 */
final class DescentObject {

  static final VersionedName TYPE = new VersionedName("descent-state", 1);

  private DescentObject() {}

  static Digest write(DescentState state, ObjectSink sink) {
    List<Edge> edges = new ArrayList<>();
    edges.addAll(Reals.write(sink, "point", state.best().coordinates()));
    edges.addAll(Reals.write(sink, "gradient", state.best().gradient()));
    edges.addAll(Reals.write(sink, "direction", state.direction()));
    for (int i = 0; i < state.pairs().size(); i++) {
      edges.addAll(Reals.write(sink, "step-" + i, state.pairs().get(i).step()));
      edges.addAll(Reals.write(sink, "change-" + i, state.pairs().get(i).change()));
    }
    Value.Doc numbers =
        Value.doc()
            .put("rounds", state.rounds())
            .put("stalled", state.stalled())
            .put("start-norm", state.startNorm())
            .put("value", state.best().value())
            .put("step", state.search().step())
            .put("low", state.search().low())
            .put("high", state.search().high())
            .put("trials", state.search().trials())
            .put("pairs", state.pairs().size())
            .build();
    return sink.put(StoredObject.of(ObjectKind.CONTENT, TYPE, edges, numbers));
  }

  /**
   * Returns the state that was written.
   *
   * @param dimension how many coordinates a point has
   */
  static DescentState read(ObjectSource source, Digest digest, int dimension) {
    StoredObject object = source.get(digest).require(TYPE);
    return Payloads.read(object, new Reader(source, object, dimension)::state);
  }

  private record Reader(ObjectSource source, StoredObject object, int dimension) {

    DescentState state(Value.Doc numbers) {
      return new DescentState(
          numbers.whole("rounds"),
          numbers.flag("stalled"),
          numbers.real("start-norm"),
          Point.of(vector("point"), numbers.real("value"), vector("gradient")),
          vector("direction"),
          new LineSearch(
              numbers.real("step"),
              numbers.real("low"),
              numbers.real("high"),
              Math.toIntExact(numbers.whole("trials"))),
          pairs(Math.toIntExact(numbers.whole("pairs"))));
    }

    private List<Pair> pairs(int count) {
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        pairs.add(new Pair(vector("step-" + i), vector("change-" + i)));
      }
      return List.copyOf(pairs);
    }

    private double[] vector(String name) {
      return Reals.read(source, object, name, dimension);
    }
  }
}
