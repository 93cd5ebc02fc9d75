package dev.mlstack.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.Trace;
import dev.mlstack.release.Release;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Walks over small graphs, made by hand, that no store of the house would have so small. */
class TracerTest {

  private static final Digest ELSEWHERE = Digest.of(new byte[] {1});

  private final Map<Digest, StoredObject> objects = new HashMap<>();
  private final Tracer tracer =
      new Tracer(
          digest -> {
            StoredObject object = objects.get(digest);
            if (object == null) {
              throw new ObjectNotFoundException(digest, "a test");
            }
            return object;
          });

  private Digest put(ObjectKind kind, String type, String payload, Edge... edges) {
    StoredObject object =
        StoredObject.of(
            kind,
            VersionedName.parse(type),
            List.of(edges),
            payload.getBytes(StandardCharsets.UTF_8));
    objects.put(object.digest(), object);
    return object.digest();
  }

  private Digest content(String type, String payload, Edge... edges) {
    return put(ObjectKind.CONTENT, type, payload, edges);
  }

  /** Puts a release with a route to each of some models. */
  private Digest release(Digest... models) {
    Edge[] edges = new Edge[models.length];
    Arrays.setAll(edges, i -> Edge.holds("route." + i + ".fitted-model", models[i]));
    return put(ObjectKind.RECORD, Release.TYPE.toString(), "{\"facts\":{\"number\":7}}", edges);
  }

  private Trace trace(Digest release, Digest model) {
    Schema schema = Schema.of(Field.of("x", FieldType.FLOAT64));
    return tracer.trace(
        new LoggedPrediction(
            new PredictionId(1, 2),
            "credit",
            release,
            model,
            ValuesRow.of(schema, 1.0),
            new double[1],
            3));
  }

  @Test
  void trace_goesNearestFirst_toEachObjectOnce_andListsNoParts() {
    Digest column = content("column/1", "");
    Digest data = content("snapshot/1", "{}", Edge.holds("column.0", column));
    Digest pipeline = content("pipeline/1", "{}", Edge.names("data", data));
    Digest model =
        content("tree/1", "{}", Edge.holds("pipeline", pipeline), Edge.names("data", data));
    Trace trace = trace(release(model), model);
    assertThat(trace.steps())
        .extracting(Trace.Step::role)
        .containsExactly("release", "route.0.fitted-model", "pipeline", "data");
    assertThat(trace.parts()).isEqualTo(1);
    assertThat(trace.gone()).isEmpty();
    assertThat(trace.steps().get(0).fact("number")).isEqualTo("7");
  }

  @Test
  void trace_goesNeitherToOtherRoutes_norBackInTime() {
    Digest other = content("tree/1", "{\"depth\":1}");
    Digest model = content("tree/1", "{\"depth\":2}", Edge.names("parent", ELSEWHERE));
    Trace trace = trace(release(other, model), model);
    assertThat(trace.steps()).extracting(Trace.Step::digest).contains(model).doesNotContain(other);
    assertThat(trace.gone()).isEmpty();
  }

  @Test
  void trace_ofWhatIsOnlyNamedAndNotThere_listsItAsGone() {
    Digest model = content("tree/1", "{}", Edge.names("data", ELSEWHERE));
    assertThat(trace(release(model), model).gone()).containsExactly(Edge.names("data", ELSEWHERE));
  }

  @Test
  void trace_ofWhatIsHeldAndNotThere_fails() {
    Digest model = content("tree/1", "{}", Edge.holds("pipeline", ELSEWHERE));
    Digest release = release(model);
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> trace(release, model))
        .withMessageContaining(ELSEWHERE.hex());
  }

  /** Whoever names it may be nearer than whoever holds it. */
  @Test
  void trace_ofWhatIsNamedFirstAndHeldLater_andNotThere_fails() {
    Digest commit = put(ObjectKind.RECORD, "commit/1", "{}", Edge.holds("data", ELSEWHERE));
    Digest run = put(ObjectKind.RECORD, "run/1", "{}", Edge.names("input.data", commit));
    Digest model = content("tree/1", "{}", Edge.names("data", ELSEWHERE), Edge.holds("run", run));
    Digest release = release(model);
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> trace(release, model))
        .withMessageContaining(ELSEWHERE.hex());
  }

  /** The bytes of a model of an application are its own affair. */
  @Test
  void trace_overBytesThatOnlyBeginLikeADocument_knowsNoFactsOfThem() {
    Digest model = content("tree/1", "{ no JSON at all");
    assertThat(trace(release(model), model).step("tree").orElseThrow().facts()).isEmpty();
    Digest record = put(ObjectKind.RECORD, "run/1", "{\"by\":\"ada\",\"facts\":[1]}");
    Digest tree = content("tree/1", "{}", Edge.holds("run", record));
    assertThat(trace(release(tree), tree).step("run").orElseThrow().facts()).containsOnlyKeys("by");
  }
}
