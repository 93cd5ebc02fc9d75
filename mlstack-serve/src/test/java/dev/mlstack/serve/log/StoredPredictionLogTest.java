package dev.mlstack.serve.log;

import dev.mlstack.core.store.DirectoryRefs;
import dev.mlstack.core.store.DirectoryStore;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.testkit.PredictionLogKit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The kit on logs with and without a journal, in memory and in a directory. */
class StoredPredictionLogTest {

  /** A log in memory. */
  @Nested
  class InMemory extends PredictionLogKit {
    private final MemoryStore store = new MemoryStore();
    private final MemoryRefs refs = new MemoryRefs();

    @Override
    protected PredictionLog open() {
      return StoredPredictionLog.open(store, refs, "kit");
    }
  }

  /** A log in memory, with a journal. */
  @Nested
  class InMemoryWithJournal extends PredictionLogKit {
    private final MemoryStore store = new MemoryStore();
    private final MemoryRefs refs = new MemoryRefs();
    private final Path journals;

    InMemoryWithJournal(@TempDir Path journals) {
      this.journals = journals;
    }

    @Override
    protected PredictionLog open() throws IOException {
      return StoredPredictionLog.open(store, refs, "kit", journals);
    }
  }

  /** A log in a directory. */
  @Nested
  class InADirectory extends PredictionLogKit {
    private final DirectoryStore store;
    private final DirectoryRefs refs;

    InADirectory(@TempDir Path directory) throws IOException {
      this.store = DirectoryStore.open(directory);
      this.refs = DirectoryRefs.open(directory);
    }

    @Override
    protected PredictionLog open() {
      return StoredPredictionLog.open(store, refs, "kit");
    }

    @Override
    protected void closeStore() {
      store.close();
      refs.close();
    }
  }

  /** A log in a directory, with a journal. */
  @Nested
  class InADirectoryWithJournal extends PredictionLogKit {
    private final Path directory;
    private final DirectoryStore store;
    private final DirectoryRefs refs;

    InADirectoryWithJournal(@TempDir Path directory) throws IOException {
      this.directory = directory;
      this.store = DirectoryStore.open(directory);
      this.refs = DirectoryRefs.open(directory);
    }

    @Override
    protected PredictionLog open() throws IOException {
      return StoredPredictionLog.open(store, refs, "kit", directory.resolve("journals"));
    }

    @Override
    protected void closeStore() {
      store.close();
      refs.close();
    }
  }
}
