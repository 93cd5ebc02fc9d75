package dev.mlstack.core.store;

import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.testkit.ObjectStoreKit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The kit on two instances of one directory. */
class DirectoryStoreTest extends ObjectStoreKit {

  private final Path directory;

  DirectoryStoreTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  protected ObjectStore open() throws IOException {
    return DirectoryStore.open(directory);
  }

  @Override
  protected Refs openRefs() throws IOException {
    return DirectoryRefs.open(directory);
  }
}
