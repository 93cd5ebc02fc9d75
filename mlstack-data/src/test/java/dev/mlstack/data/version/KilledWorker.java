package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.DirectoryRefs;
import dev.mlstack.core.store.DirectoryStore;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.check.Checks;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * A process that appends, upserts, merges and collects garbage until it is killed. It says what it
 * has done as soon as that is acknowledged: the name of a branch and a commit.
 */
final class KilledWorker {

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", FieldType.INT64).withRole(Role.KEY),
          Field.of("n", FieldType.INT64),
          Field.of("t", FieldType.TEXT));
  private static final int MOST_ROWS = 300;

  private final VersionedDataset main;
  private final VersionedDataset own;
  private final Random random;
  private final PrintStream out =
      new PrintStream(System.out, /* autoFlush= */ true, StandardCharsets.UTF_8);

  private KilledWorker(Datasets datasets, String name, long seed) {
    this.main = datasets.dataset("data");
    this.own = main.on(name);
    this.random = new Random(seed);
  }

  /** Returns random rows with keys from some number on. */
  static TestSource rows(Random random, int count, long from) {
    MemoryTable.Builder table = MemoryTable.builder(SCHEMA);
    for (int i = 0; i < count; i++) {
      table.add(i, from + i, random.nextLong(), "text " + random.nextInt(1000));
    }
    return TestSource.of(table.build());
  }

  /**
   * Works.
   *
   * @param arguments the directory, the name of the own branch, a seed
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    try (DirectoryStore store = DirectoryStore.open(directory);
        DirectoryRefs refs = DirectoryRefs.open(directory)) {
      Datasets datasets = new Datasets(store, refs, arguments[1], Execution.here());
      KilledWorker worker = new KilledWorker(datasets, arguments[1], Long.parseLong(arguments[2]));
      while (true) {
        worker.step();
        if (worker.random.nextInt(6) == 0) {
          store.collect(refs, Duration.ZERO, Execution.here());
        }
      }
    }
  }

  private void step() throws IOException {
    int count = 1 + random.nextInt(MOST_ROWS);
    switch (random.nextInt(4)) {
      case 0 -> say(own, own.append(rows(random, count, random.nextLong()), Checks.none(), "more"));
      case 1 -> say(own, own.upsert(rows(random, count, 0), Checks.none(), "fixed"));
      case 2 ->
          say(
              main,
              main.merge(own).resolve(Conflict.Resolution.THEIRS).commit("from " + own.branch()));
      default ->
          say(own, own.merge(main).resolve(Conflict.Resolution.OURS).commit("to " + own.branch()));
    }
  }

  private void say(VersionedDataset branch, Snapshot snapshot) {
    out.println(branch.branch() + " " + snapshot.record().orElseThrow());
  }
}
