package dev.mlstack.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.predict.Trace.Step;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TraceTest {

  private static final Digest DIGEST = Digest.of(new byte[] {1});

  private static Step step(String role, String type, Map<String, String> facts) {
    return new Step(
        role,
        DIGEST,
        ObjectKind.RECORD,
        new VersionedName(type, 1),
        new TreeMap<>(facts),
        List.of(Edge.names("input.data", DIGEST)));
  }

  private static Trace trace(List<Step> steps) {
    LoggedPrediction prediction =
        new LoggedPrediction(
            new PredictionId(1, 2), "credit", DIGEST, DIGEST, new OneRow(), new double[] {0.5}, 9);
    return new Trace(prediction, steps, 0, List.of());
  }

  @Test
  void steps_areFoundByTypeTheNearestFirst() {
    Step release = step("release", "release", Map.of());
    Step run = step("run", "run", Map.of("seed", "7"));
    Step earlier = step("resumed-from", "run", Map.of("seed", "6"));
    Trace trace = trace(List.of(release, run, earlier));

    assertThat(trace.steps("run")).containsExactly(run, earlier);
    assertThat(trace.step("run")).contains(run);
    assertThat(trace.step("snapshot")).isEmpty();
    assertThat(trace.steps("snapshot")).isEmpty();
  }

  @Test
  void step_tellsItsFacts() {
    Step step = step("run", "run", Map.of("seed", "7", "experiment", "credit"));

    assertThat(step.fact("seed")).isEqualTo("7");
    assertThat(step.fact("missing")).isEmpty();
    assertThat(step)
        .hasToString("run: run/1 " + DIGEST.abbreviated() + ", experiment credit, seed 7");
  }

  @Test
  void trace_copiesWhatItIsGiven() {
    SortedMap<String, String> facts = new TreeMap<>(Map.of("seed", "7"));
    List<Edge> edges = new ArrayList<>();
    Step step =
        new Step("run", DIGEST, ObjectKind.RECORD, new VersionedName("run", 1), facts, edges);
    List<Step> steps = new ArrayList<>(List.of(step));
    Trace trace = trace(steps);
    facts.clear();
    edges.add(Edge.names("x", DIGEST));
    steps.clear();

    assertThat(trace.steps()).containsExactly(step);
    assertThat(step.fact("seed")).isEqualTo("7");
    assertThat(step.edges()).isEmpty();
    assertThatThrownBy(() -> step.facts().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  /** A row with one number. */
  private static final class OneRow implements Row {
    @Override
    public Schema schema() {
      return Schema.of(Field.of("x", FieldType.FLOAT64));
    }

    @Override
    public boolean isNull(int field) {
      return false;
    }

    @Override
    public double number(int field) {
      return 1;
    }

    @Override
    public long integer(int field) {
      return 1;
    }

    @Override
    public @Nullable String text(int field) {
      return null;
    }

    @Override
    public void tensor(int field, float[] to, int at) {}
  }
}
