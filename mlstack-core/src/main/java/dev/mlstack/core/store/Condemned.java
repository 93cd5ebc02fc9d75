package dev.mlstack.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The packs that a collection is about to delete: an empty file of the same name for each. Nobody
 * may rely on an object being there because such a pack has it.
 */
final class Condemned {

  private final Path directory;

  Condemned(Path directory) {
    this.directory = directory;
  }

  /** Condemns a pack. */
  void add(Pack pack) throws IOException {
    Files.createFile(markOf(pack));
  }

  /** Tells whether a pack is condemned. */
  boolean contains(Pack pack) {
    return Files.exists(markOf(pack));
  }

  /** Spares all packs. Those that were deleted must be gone by now. */
  void clear() throws IOException {
    for (Path mark : Disk.files(directory, PackFormat.SUFFIX)) {
      Files.deleteIfExists(mark);
    }
  }

  private Path markOf(Pack pack) {
    return directory.resolve(Disk.nameOf(pack.file()));
  }
}
