package dev.mlstack.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.json.Json;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.run.RunLimits;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricArchiveTest {

  private static final int MANY = Boolean.getBoolean("mlstack.exhaustive") ? 5_000_000 : 300_000;

  private final ObjectStore store = new MemoryStore();

  private Digest write(SortedMap<String, Points> metrics) {
    try (Batch batch = store.batch()) {
      Digest digest = MetricArchive.write(batch, metrics);
      batch.commit();
      return digest;
    }
  }

  private Digest put(StoredObject object) {
    try (Batch batch = store.batch()) {
      batch.put(object);
      batch.commit();
      return object.digest();
    }
  }

  @Test
  void manyPoints_areCutIntoPartsAndReadBack() {
    SortedMap<String, Points> metrics = new TreeMap<>();
    for (int i = 0; i < MANY; i++) {
      metrics
          .computeIfAbsent("metric " + i % 3, name -> new Points())
          .add(i, 1_700_000_000_000L + i, i % 100 == 0 ? Double.NaN : 1.0 / i);
    }

    Digest digest = write(metrics);

    StoredObject object = store.get(digest);
    assertThat(Json.payload(object).whole("points")).isEqualTo(MANY);
    int parts = (MANY + MetricArchive.PART_ROWS - 1) / MetricArchive.PART_ROWS;
    assertThat(object.edges()).hasSize(parts).allMatch(Edge::holds);
    assertThat(object.edges().get(parts - 1).name()).isEqualTo("part." + (parts - 1));
    SortedMap<String, Points> read = MetricArchive.read(store, digest);
    assertThat(read.keySet()).isEqualTo(metrics.keySet());
    metrics.forEach(
        (name, points) ->
            assertThat(read.getOrDefault(name, new Points()).encode(0, points.size()))
                .isEqualTo(points.encode(0, points.size())));
    assertThat(write(read)).isEqualTo(digest);
  }

  @Test
  void longestNames_fitIntoTheParts() {
    SortedMap<String, Points> metrics = new TreeMap<>();
    int names = MetricArchive.PART_ROWS + 10;
    for (int i = 0; i < names; i++) {
      String number = "" + i;
      String name = number + "€".repeat(RunLimits.MAX_NAME_LENGTH - number.length());
      metrics.computeIfAbsent(name, key -> new Points()).add(0, 0, i);
    }
    assertThat(MetricArchive.read(store, write(metrics)).keySet()).isEqualTo(metrics.keySet());
  }

  @Test
  void stepsOutOfOrder_areStoredSorted() {
    Points points = new Points();
    points.add(5, 10, 1);
    points.add(-3, 20, 2);
    points.add(5, 30, 3);
    Points sorted =
        MetricArchive.read(store, write(new TreeMap<>(java.util.Map.of("m", points))))
            .getOrDefault("m", new Points());

    assertThat(sorted.toList()).isEqualTo(points.byStep().toList());
  }

  @Test
  void timesBefore1970_areKept() {
    Points points = new Points();
    points.add(0, -1, 1);
    points.add(1, -1_000_001, 1);
    Points read =
        MetricArchive.read(store, write(new TreeMap<>(java.util.Map.of("m", points))))
            .getOrDefault("m", new Points());

    assertThat(read.toList()).isEqualTo(points.toList());
  }

  @Test
  void read_partIsMissingOrTooMany_isRefused() {
    Points points = new Points();
    points.add(0, 0, 1);
    StoredObject whole = store.get(write(new TreeMap<>(java.util.Map.of("m", points))));
    Digest wrong =
        put(
            StoredObject.of(
                ObjectKind.CONTENT,
                MetricArchive.TYPE,
                whole.edges(),
                Value.doc().put("points", 2).build()));

    assertThatThrownBy(() -> MetricArchive.read(store, wrong))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining(wrong.hex())
        .hasMessageContaining("1")
        .hasMessageContaining("2");
  }

  @Test
  void read_somethingElse_isRefusedByName() {
    Digest other =
        put(StoredObject.of(ObjectKind.CONTENT, MemoryDataset.TYPE, List.of(), new byte[3]));
    assertThatThrownBy(() -> MetricArchive.read(store, other))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("metrics/1");

    Digest holder =
        put(
            StoredObject.of(
                ObjectKind.CONTENT,
                MetricArchive.TYPE,
                List.of(Edge.holds("part.0", other)),
                Value.doc().put("points", 1).build()));
    assertThatThrownBy(() -> MetricArchive.read(store, holder))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining(other.hex());
  }
}
