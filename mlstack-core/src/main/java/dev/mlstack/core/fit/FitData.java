package dev.mlstack.core.fit;

import dev.mlstack.run.Run;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Split;
import java.util.Optional;

/**
 * What a model is fitted to, and tested on.
 *
 * @param train the rows to learn from
 * @param split the split that they are a part of, whose other part is tested on, if there is one
 */
record FitData(Dataset train, Optional<Split> split) {

  Optional<Dataset> test() {
    return split.map(Split::test);
  }

  /** Logs what goes into a run; the parts of a split become objects that the run keeps. */
  void log(Run run, ObjectSink sink) {
    run.input("train", train.digest());
    test().ifPresent(test -> run.input("test", test.digest()));
    train.record().ifPresent(record -> run.input("data", record));
    split.ifPresent(
        whole -> {
          whole.writeTo(sink);
          run.output("train-part", whole.train().digest());
          run.output("test-part", whole.test().digest());
        });
  }
}
