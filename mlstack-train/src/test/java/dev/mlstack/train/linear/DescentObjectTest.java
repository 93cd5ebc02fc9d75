package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.StoredObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescentObjectTest {

  private static final DescentState STATE =
      new DescentState(
          12,
          /* stalled= */ false,
          0.5,
          Point.of(new double[] {0.1, -0.0}, 7.25, new double[] {1e-300, -3}),
          new double[] {2, Double.MIN_VALUE},
          new LineSearch(0.25, 0, Double.POSITIVE_INFINITY, 3),
          List.of(
              new Pair(new double[] {1, 2}, new double[] {3, 4}),
              new Pair(new double[] {5, 6}, new double[] {7, 8})));

  private final MemoryStore store = new MemoryStore();

  private Digest write(DescentState state) {
    try (Batch batch = store.batch()) {
      Digest digest = DescentObject.write(state, batch);
      batch.commit();
      return digest;
    }
  }

  @Test
  void read_givesBackWhatWasWritten_toTheBit() {
    DescentState read = DescentObject.read(store, write(STATE), 2);
    assertThat(read).usingRecursiveComparison().isEqualTo(STATE);
    assertThat(write(read)).isEqualTo(write(STATE));
    assertThat(1 / read.best().coordinates()[1]).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void read_ofTheStateBeforeTheFirstRound_keepsItsInfinity() {
    DescentState start = DescentState.start(new double[] {1, 2});
    assertThat(DescentObject.read(store, write(start), 2))
        .usingRecursiveComparison()
        .isEqualTo(start);
  }

  @Test
  void write_isFrozen() {
    StoredObject object = store.get(write(STATE));
    assertThat(object.type()).hasToString("descent-state/1");
    assertThat(object.payloadText())
        .isEqualTo(
            "{\"high\":\"Infinity\",\"low\":0.0,\"pairs\":2,\"rounds\":12,\"stalled\":false,"
                + "\"start-norm\":0.5,\"step\":0.25,\"trials\":3,\"value\":7.25}");
    assertThat(object.edges())
        .extracting(Edge::name)
        .containsExactly(
            "point.0",
            "gradient.0",
            "direction.0",
            "step-0.0",
            "change-0.0",
            "step-1.0",
            "change-1.0");
  }

  @Test
  void read_ofAnotherDimension_isRefused() {
    Digest digest = write(STATE);
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> DescentObject.read(store, digest, 3));
  }
}
