package dev.mlstack.track.app;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Digest;
import dev.mlstack.track.SqliteTracker;
import dev.mlstack.track.environment.Environment;
import dev.mlstack.track.lineage.SqliteLineage;
import java.io.IOException;
import java.nio.file.Path;

/** An application that uses everything the module exports. */
final class Application {

  private Application() {}

  /**
   * Logs a run and says whose parts took part.
   *
   * @param arguments a directory
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    MemoryStore store = new MemoryStore();
    try (SqliteTracker tracker =
            SqliteTracker.open(directory.resolve("runs.db"), store, new MemoryRefs());
        SqliteLineage lineage = SqliteLineage.open(directory.resolve("lineage.db"), store);
        Run run = tracker.start(RunRequest.of("credit", "try", "ada"))) {
      run.metric("loss", 1, 0.5);
      Digest record = run.finish(RunStatus.FINISHED);
      lineage.refresh();
      Digest environment = store.get(record).requireTarget("environment");
      System.out.println(SqliteTracker.class.getModule());
      System.out.println(lineage.ancestry(record).size() + " ancestors");
      System.out.println(Environment.read(store, environment).facts().items("modulePath").size());
    }
  }
}
