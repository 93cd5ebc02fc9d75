package dev.mlstack.core.store;

import dev.mlstack.store.Refs;
import dev.mlstack.testkit.RefsKit;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The kit on two instances of one directory. */
class DirectoryRefsTest extends RefsKit {

  private final Path directory;

  DirectoryRefsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  protected Refs open() throws IOException {
    return DirectoryRefs.open(directory);
  }
}
