package dev.mlstack.track;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.TrackerKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
}
