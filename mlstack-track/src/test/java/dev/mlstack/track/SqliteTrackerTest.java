package dev.mlstack.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.TrackerKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTrackerTest extends TrackerKit {

  private final ObjectStore store = new MemoryStore();
  private final Refs refs = new MemoryRefs();
  private final Path file;

  SqliteTrackerTest(@TempDir Path directory) {
    this.file = directory.resolve("runs.db");
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected Refs refs() {
    return refs;
  }

  @Override
  protected Tracker open() {
    try {
      return SqliteTracker.open(file, store, refs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void finish_pointsLoggedOneByOne_areBroughtTogether() {
    RawFile raw = new RawFile(file);
    try (Tracker tracker = open();
        Run run = tracker.start(RunRequest.of("credit", "slow", "ada"));
        Run other = tracker.start(RunRequest.of("credit", "other", "ada"))) {
      for (int i = 0; i < 50; i++) {
        run.metric("loss", -i, i);
        other.metric("loss", i, i);
        run.flush().join();
      }
      List<MetricPoint> before = tracker.history(run.id(), "loss");
      assertThat(raw.query("SELECT count(*) FROM chunk")).isEqualTo("100");

      run.finish(RunStatus.FINISHED);

      assertThat(raw.query("SELECT count(*) FROM chunk")).isEqualTo("51");
      assertThat(tracker.history(run.id(), "loss")).isEqualTo(before);
      assertThat(tracker.history(other.id(), "loss")).hasSize(50);
    }
  }
}
