package dev.mlstack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunValuesTest {

  @Test
  void runId_random_isAnotherEachTimeAndReadsBack() {
    RunId id = RunId.random();

    assertThat(id).isNotEqualTo(RunId.random());
    assertThat(id.toString()).matches("[0-9a-f]{32}");
    assertThat(new RunId(id.toString())).isEqualTo(id);
    assertThat(new RunId("0".repeat(32))).isLessThan(new RunId("0".repeat(31) + "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "0123456789ABCDEF0123456789ABCDEF", "g1234567890123456789012345678901"})
  void runId_ofAnotherForm_isRefused(String text) {
    assertThatThrownBy(() -> new RunId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void request_copiesItsTags() {
    Map<String, String> tags = new HashMap<>(Map.of("a", "1"));
    RunRequest request = RunRequest.of("credit", "try", "ada").withTags(tags);
    tags.put("b", "2");

    assertThat(request.tags()).isEqualTo(Map.of("a", "1"));
    assertThatThrownBy(() -> request.tags().put("c", "3"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void request_withParent_keepsTheRest() {
    RunId parent = RunId.random();
    RunRequest request =
        RunRequest.of("credit", "try", "ada").withTags(Map.of("a", "1")).withParent(parent);

    assertThat(request.parent()).contains(parent);
    assertThat(request.tags()).isEqualTo(Map.of("a", "1"));
    assertThat(request.withTags(Map.of()).parent()).contains(parent);
    assertThat(RunRequest.of("credit", "try", "ada").parent()).isEmpty();
  }

  @Test
  void request_outOfLimits_isRefusedByName() {
    assertThatThrownBy(() -> RunRequest.of(" ", "try", "ada")).hasMessageContaining("experiment");
    assertThatThrownBy(() -> RunRequest.of("credit", "", "ada")).hasMessageContaining("name");
    assertThatThrownBy(() -> RunRequest.of("credit", "try", "\n")).hasMessageContaining("by");
    RunRequest request = RunRequest.of("credit", "try", "ada");
    assertThatThrownBy(() -> request.withTags(Map.of("", "x"))).hasMessageContaining("tag");
    assertThatThrownBy(
            () -> request.withTags(Map.of("long", "x".repeat(RunLimits.MAX_VALUE_LENGTH + 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'long'");
  }

  @Test
  void info_copiesItsMaps() {
    SortedMap<String, Value> params = new TreeMap<>(Map.of("depth", Value.of(3)));
    SortedMap<String, Digest> outputs = new TreeMap<>();
    RunInfo info =
        new RunInfo(
            RunId.random(),
            RunRequest.of("credit", "try", "ada"),
            RunStatus.RUNNING,
            Instant.EPOCH,
            Optional.empty(),
            params,
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            outputs,
            Optional.empty());
    params.clear();
    outputs.put("model", Digest.of(new byte[0]));

    assertThat(info.params()).containsOnlyKeys("depth");
    assertThat(info.outputs()).isEmpty();
    assertThatThrownBy(() -> info.params().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void metricPoint_negativeZero_isZero() {
    assertThat(new MetricPoint(1, Instant.EPOCH, -0.0))
        .isEqualTo(new MetricPoint(1, Instant.EPOCH, 0.0));
    assertThat(new MetricPoint(1, Instant.EPOCH, Double.NaN))
        .isEqualTo(new MetricPoint(1, Instant.EPOCH, Double.NaN));
    assertThat(new MetricPoint(1, Instant.EPOCH, -Double.MIN_VALUE).value())
        .isEqualTo(-Double.MIN_VALUE);
  }

  @Test
  void query_collectsWhatIsAskedFor() {
    RunQuery query =
        RunQuery.all()
            .inExperiment("credit")
            .withStatus(RunStatus.FINISHED)
            .lowestFirst("loss")
            .limit(7);

    assertThat(query.experiment()).contains("credit");
    assertThat(query.status()).contains(RunStatus.FINISHED);
    assertThat(query.metric()).contains("loss");
    assertThat(query.ascending()).isTrue();
    assertThat(query.limit()).isEqualTo(7);
    assertThat(query.highestFirst("auc").metric()).contains("auc");
    assertThat(query.highestFirst("auc").ascending()).isFalse();
    assertThat(query.highestFirst("auc").experiment()).contains("credit");
    assertThat(RunQuery.all().metric()).isEmpty();
    assertThat(RunQuery.all().experiment()).isEmpty();
    assertThat(RunQuery.all().status()).isEmpty();
    assertThat(RunQuery.all().limit()).isEqualTo(RunQuery.DEFAULT_LIMIT);
  }

  @Test
  void query_limitBelowOne_isRefused() {
    assertThatThrownBy(() -> RunQuery.all().limit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be at least 1 but was 0");
  }
}
