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
 * @param split the split whose parts these are, if they are; of a split of a part, the inner one
 */
record FitData(
    Dataset train, Optional<Dataset> validation, Optional<Dataset> test, Optional<Split> split) {

  /** Returns rows to learn from without a test. */
  static FitData of(Dataset train) {
    return new FitData(train, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns the parts of a split. */
  static FitData of(Split split) {
    return new FitData(
        split.train(), Optional.empty(), Optional.of(split.test()), Optional.of(split));
  }

  /**
   * Returns this with some of the rows to learn from taken away to watch the training on.
   *
   * @param fraction the probability of each row to be taken
   * @param seed the seed of the draws
   */
  FitData withValidation(double fraction, long seed) {
    Split inner = train.split(1 - fraction, seed);
    return new FitData(inner.train(), Optional.of(inner.test()), test, Optional.of(inner));
  }

  /** Logs what goes into a run; the parts of a split become objects that the run keeps. */
  void log(Run run, ObjectSink sink) {
    run.input("train", train.digest());
    validation.ifPresent(part -> run.input("validation", part.digest()));
    test.ifPresent(part -> run.input("test", part.digest()));
    train.record().ifPresent(record -> run.input("data", record));
    split.ifPresent(
        whole -> {
          whole.writeTo(sink);
          run.output("train-part", train.digest());
          validation.ifPresent(part -> run.output("validation-part", part.digest()));
          test.ifPresent(part -> run.output("test-part", part.digest()));
        });
  }
}
