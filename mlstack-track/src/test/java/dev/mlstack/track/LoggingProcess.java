package dev.mlstack.track;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Value;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A process that logs, and says on its output what is durable. Of each run the values of its metric
 * are 0, 1, 2 and so on; a parameter is logged now and then.
 */
final class LoggingProcess {

  private final SplittableRandom random;
  private final PrintStream out;
  private final List<Run> runs = new ArrayList<>();
  private final int[] logged;

  private LoggingProcess(int runs, long seed, PrintStream out) {
    this.random = new SplittableRandom(seed);
    this.logged = new int[runs];
    this.out = out;
  }

  /**
   * Logs into the file of a tracker.
   *
   * @param arguments the file; how many runs; how many values in all, or 0 to go on until killed; a
   *     seed
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, /* autoFlush= */ true, StandardCharsets.UTF_8);
    int runs = Integer.parseInt(arguments[1]);
    int limit = Integer.parseInt(arguments[2]);
    LoggingProcess process = new LoggingProcess(runs, Long.parseLong(arguments[3]), out);
    try (SqliteTracker tracker =
        SqliteTracker.open(Path.of(arguments[0]), new MemoryStore(), new MemoryRefs())) {
      process.start(tracker);
      process.log(limit);
      process.finish();
    }
  }

  private void start(SqliteTracker tracker) {
    for (int i = 0; i < logged.length; i++) {
      runs.add(tracker.start(RunRequest.of("processes", "run " + i, "child")));
      out.println("started " + runs.get(i).id());
    }
  }

  private void log(int limit) {
    for (int i = 0; limit == 0 || i < limit; i++) {
      int run = random.nextInt(logged.length);
      if (logged[run] % 100 == 0) {
        runs.get(run).param("p" + logged[run], Value.of(logged[run]));
      }
      runs.get(run).metric("count", logged[run], logged[run]);
      logged[run]++;
      if (random.nextInt(200) == 0) {
        int durable = logged[run];
        runs.get(run).flush().join();
        out.println("durable " + runs.get(run).id() + " " + durable);
      }
    }
  }

  private void finish() {
    for (int i = 0; i < logged.length; i++) {
      runs.get(i).finish(RunStatus.FINISHED);
      out.println("durable " + runs.get(i).id() + " " + logged[i]);
    }
  }
}
