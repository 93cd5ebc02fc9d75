package dev.mlstack.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealsTest {

  private static final VersionedName HOLDER = new VersionedName("holder", 1);

  private final MemoryStore store = new MemoryStore();

  private StoredObject hold(String name, double... values) {
    try (Batch batch = store.batch()) {
      List<Edge> edges = Reals.write(batch, name, values);
      StoredObject holder = StoredObject.of(ObjectKind.CONTENT, HOLDER, edges, new byte[0]);
      batch.put(holder);
      batch.commit();
      return holder;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, Reals.PIECE, Reals.PIECE + 1})
  void read_givesBackWhatWasWritten(int length) {
    double[] values = new Random(length).doubles(length).toArray();
    StoredObject holder = hold("x", values);
    assertThat(holder.edges()).hasSize((length + Reals.PIECE - 1) / Reals.PIECE);
    assertThat(Reals.read(store, holder, "x", length)).isEqualTo(values);
  }

  @Test
  void read_keepsEveryBitOfSpecialNumbers() {
    double[] values = {
      0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE
    };
    double[] read = Reals.read(store, hold("x", values), "x", values.length);
    assertThat(Arrays.stream(read).mapToLong(Double::doubleToRawLongBits))
        .containsExactly(0L, 1L << 63, 0x7ff8L << 48, 0xfff0L << 48, 1L, 0x7fefffffffffffffL);
  }

  @Test
  void write_isFrozen() {
    StoredObject holder = hold("x", 1, -2.5);
    StoredObject piece = store.get(holder.requireTarget("x.0"));
    assertThat(piece.type()).hasToString("reals/1");
    assertThat(piece.payload())
        .containsExactly(0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0x04, 0xc0);
  }

  @Test
  void read_ofAnotherLength_isRefused() {
    StoredObject holder = hold("x", 1, 2, 3);
    for (int length : new int[] {0, 2, 4}) {
      assertThatExceptionOfType(MalformedObjectException.class)
          .isThrownBy(() -> Reals.read(store, holder, "x", length));
    }
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Reals.read(store, holder, "y", 3))
        .withMessageContaining("y must have 3 numbers but has 0")
        .withMessageContaining(holder.digest().hex());
  }

  @Test
  void read_ofBytesThatAreNoNumbers_isRefused() {
    StoredObject piece = StoredObject.of(ObjectKind.CONTENT, Reals.TYPE, List.of(), new byte[15]);
    StoredObject holder =
        StoredObject.of(
            ObjectKind.CONTENT, HOLDER, List.of(Edge.holds("x.0", piece.digest())), new byte[0]);
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Reals.read(digest -> piece, holder, "x", 1))
        .withMessageContaining("must have 8 bytes but has 15");
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> Reals.read(store, holder, "x", 1));
  }
}
