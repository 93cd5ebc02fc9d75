package dev.mlstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Lineage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The index is not the truth: deleted, it is rebuilt from objects and refs and answers the same.
 */
class IndexTest {

  private final Path directory;
  private final Path csv;

  IndexTest(@TempDir Path directory) throws IOException {
    this.directory = directory.resolve("workspace");
    this.csv = Flowers.csv(directory, 200, 9);
  }

  /** All that the index can be asked. */
  private record Answers(
      List<RunInfo> runs,
      List<RunInfo> best,
      List<List<MetricPoint>> histories,
      List<Object> lineage) {

    static Answers of(Workspace workspace) {
      List<RunInfo> runs = workspace.tracker().list(RunQuery.all());
      List<List<MetricPoint>> histories = new ArrayList<>();
      for (RunInfo run : runs) {
        for (String metric : run.metrics().keySet()) {
          histories.add(workspace.tracker().history(run.id(), metric));
        }
      }
      List<Object> graph = new ArrayList<>();
      Lineage lineage = workspace.lineage();
      for (Digest digest : workspace.objects().digests().sorted().toList()) {
        graph.add(lineage.outgoing(digest));
        graph.add(lineage.incoming(digest));
        graph.add(new HashSet<>(lineage.ancestry(digest)));
        graph.add(Set.copyOf(lineage.impact(digest)));
      }
      RunQuery best = RunQuery.all().inExperiment("kind").highestFirst("test.auc");
      return new Answers(runs, workspace.tracker().list(best), histories, graph);
    }
  }

  @Test
  void index_deletedOrRebuilt_answersTheSame() throws IOException {
    Answers before;
    try (Workspace workspace = Workspace.open(directory)) {
      Snapshot data = Flowers.commit(workspace, csv);
      for (double l2 : new double[] {0.1, 1, 10}) {
        try (TrainedModel<?> model = Flowers.train(workspace, data, l2)) {
          workspace.promote(Flowers.NAME, model, "");
        }
      }
      before = Answers.of(workspace);
      assertThat(before.runs()).hasSize(3);
      assertThat(before.histories()).isNotEmpty();
      assertThat(workspace.rebuildIndex()).isEmpty();
      assertThat(Answers.of(workspace)).isEqualTo(before);
    }
    try (Stream<Path> files = Files.list(directory.resolve("index"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory.resolve("index"));
    try (Workspace workspace = Workspace.open(directory)) {
      assertThat(Answers.of(workspace)).isEqualTo(before);
    }
  }
}
