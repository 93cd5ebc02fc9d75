package dev.mlstack.core.fit;

import dev.mlstack.run.Run;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Split;
import java.util.Optional;

/**
 * What a model is fitted to, watched on, and tested on.
 *
 * @param train the rows to learn from
 * @param validation the rows to watch the training on, if there are any
 * @param test the rows to test on, if there are any
 */
record FitData(Dataset train, Optional<Dataset> validation, Optional<Dataset> test) {

  /** Returns rows to learn from without a test. */
  static FitData of(Dataset train) {
    return new FitData(train, Optional.empty(), Optional.empty());
  }

  /** Returns the parts of a split. */
  static FitData of(Split split) {
    return new FitData(split.train(), Optional.empty(), Optional.of(split.test()));
  }

  /**
   * Returns this with some of the rows to learn from taken away to watch the training on.
   *
   * @param fraction the probability of each row to be taken
   * @param seed the seed of the draws
   */
  FitData withValidation(double fraction, long seed) {
    Split inner = train.split(1 - fraction, seed);
    return new FitData(inner.train(), Optional.of(inner.test()), test);
  }

  /** Logs what goes into a run; the parts of a split become objects that the run keeps. */
  void log(Run run, ObjectSink sink) {
    log("train", train, run, sink);
    validation.ifPresent(rows -> log("validation", rows, run, sink));
    test.ifPresent(rows -> log("test", rows, run, sink));
    train.record().ifPresent(record -> run.input("data", record));
  }

  private static void log(String role, Dataset rows, Run run, ObjectSink sink) {
    run.input(role, rows.digest());
    rows.partOf()
        .ifPresent(
            split -> {
              split.writeTo(sink);
              run.output(role + "-part", rows.digest());
            });
  }
}
