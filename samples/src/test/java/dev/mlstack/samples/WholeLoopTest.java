package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.Workspace;
import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.Trace;
import dev.mlstack.serve.watch.ColumnDrift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeLoopTest {

  private final Path directory;

  WholeLoopTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private final Console console = new Console();

  @Test
  void breastCancer_endsWithItsStory() throws IOException {
    WholeLoop.Result result = WholeLoop.run(BreastCancer.study(), directory, console.stream());

    assertThat(result.data().rows()).isEqualTo(569);
    assertEveryPredictionIsTraced(result);
    assertThat(result.models())
        .extracting(model -> model.run().request().name())
        .containsExactly("prior", "logistic", "neural-network");
    assertSound(result, 30);
    String digest = result.data().digest().abbreviated();
    assertThat(console.text())
        .contains("569 rows read, 0 set aside", "snapshot " + digest, "(the baseline)")
        .contains("breast-cancer #2 answers with", "in place of breast-cancer #1")
        .contains("untouched traffic: no drift in 30 columns")
        .contains(": drift in 1 of 30 columns")
        .contains("breast-cancer #1 answers again", "every object and ref is sound")
        .doesNotContain("damage");
  }

  @Test
  void digits_areServedAndWatched() throws IOException {
    WholeLoop.Result result = WholeLoop.run(Digits.study(), directory, console.stream());

    assertThat(result.data().rows()).isEqualTo(1797);
    assertThat(result.models().get(2).test().main().value()).isGreaterThan(0.96);
    assertThat(result.shiftedColumn()).isEqualTo("pixels");
    assertSound(result, 1);
  }

  /**
   * A workspace is gone on with: numbers and history go on, and all that was logged is replayed.
   */
  @Test
  void again_inTheSameDirectory_goesOn() throws IOException {
    WholeLoop.Result first = WholeLoop.run(BreastCancer.study(), directory, console.stream());
    WholeLoop.Result second = WholeLoop.run(BreastCancer.study(), directory, console.stream());

    assertThat(second.data().digest()).isEqualTo(first.data().digest());
    assertThat(second.data().record()).isNotEqualTo(first.data().record());
    assertThat(second.best().number()).isEqualTo(4);
    // Beside the two rounds of traffic, the first run ended with one more question.
    assertThat(second.replay().total()).isEqualTo(2 * first.replay().total() + 1);
    assertThat(second.replay().equal()).isEqualTo(second.replay().total());
  }

  private void assertSound(WholeLoop.Result result, int columns) throws IOException {
    long served = result.split().test().rows();
    assertThat(result.replay().total()).isEqualTo(2 * served);
    assertThat(result.replay().equal()).isEqualTo(2 * served);
    assertThat(console.text())
        .contains("replayed " + 2 * served + " of " + 2 * served + " predictions with equal bits");
    assertThat(result.untouched().hasDrift()).isFalse();
    assertThat(result.untouched().columns()).hasSize(columns);
    assertThat(result.shifted().drifted())
        .extracting(ColumnDrift::column)
        .containsExactly(result.shiftedColumn());
    assertThat(result.rolledBack().number()).isEqualTo(result.best().number() - 1);
    assertBestIsReleased(result);
    assertTraced(result.trace(), result);
    assertReported();
  }

  private static void assertBestIsReleased(WholeLoop.Result result) {
    double best =
        result.models().stream().mapToDouble(m -> m.test().main().value()).max().orElseThrow();
    TrainedModel<?> released =
        result.models().stream().filter(m -> isLive(m, result)).findFirst().orElseThrow();
    assertThat(released.test().main().value()).isEqualTo(best);
  }

  private static boolean isLive(TrainedModel<?> model, WholeLoop.Result result) {
    return result.best().routes().get(0).fittedModel().equals(model.model().digest());
  }

  private void assertEveryPredictionIsTraced(WholeLoop.Result result) throws IOException {
    List<PredictionId> served = new ArrayList<>();
    try (Workspace workspace = Workspace.open(directory)) {
      workspace.predictions().forEach("breast-cancer", entry -> served.add(entry.id()));
      served.forEach(id -> assertTraced(workspace.trace(id), result));
    }
    assertThat(served).hasSize(2 * (int) result.split().test().rows() + 1);
  }

  private static void assertTraced(Trace trace, WholeLoop.Result result) {
    assertThat(trace.gone()).isEmpty();
    assertThat(trace.steps())
        .extracting(step -> step.type().name())
        .contains("release", "model-version", "fitted-model", "pipeline", "run", "recipe")
        .contains("environment", "split", "part", "commit", "snapshot", "source");
    assertThat(trace.step("snapshot").orElseThrow().digest()).isEqualTo(result.data().digest());
    assertThat(trace.step("split").orElseThrow().digest()).isEqualTo(result.split().digest());
    assertThat(trace.step("recipe").orElseThrow().fact("seed")).isEqualTo("7");
    assertThat(trace.step("commit").orElseThrow().fact("source")).endsWith(".csv");
  }

  private void assertReported() throws IOException {
    String report = Files.readString(directory.resolve("report.html"));
    assertThat(report)
        .contains("Runs", "Drift", "Lineage of one prediction", "<svg")
        .doesNotContainPattern("(src|href)=\"http");
    assertThat(List.of(report.split("<section", -1))).hasSizeGreaterThan(5);
  }
}
