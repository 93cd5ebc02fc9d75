package dev.mlstack.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The packs that a collection is about to delete: an empty file of the same name for each. Nobody
 * may rely on an object being there because such a pack has it, and what such a pack has but nobody
 * needs may hold objects that are gone already.
 *
 * <p>If a collection dies after it began to delete, its marks stay until another one has finished.
 */
final class Condemned {

  private final Path directory;

  Condemned(Path directory) {
    this.directory = directory;
  }

  /** Condemns a pack; returns whether it was not condemned before. */
  boolean add(Pack pack) throws IOException {
    if (Files.exists(markOf(pack))) {
      return false;
    }
    Files.createFile(markOf(pack));
    return true;
  }

  /** Tells whether a pack is there and is not condemned. */
  boolean spares(Pack pack) {
    // In this order: a mark goes after its pack has gone.
    return Files.notExists(markOf(pack)) && Files.exists(pack.file());
  }

  /** Takes the mark off a pack that is gone, or that stays after all. */
  void remove(Pack pack) throws IOException {
    Files.deleteIfExists(markOf(pack));
  }

  /** Takes off all marks, also those of collections that died. What nobody needs must be gone. */
  void clear() throws IOException {
    for (Path mark : Disk.files(directory, PackFormat.SUFFIX)) {
      Files.deleteIfExists(mark);
    }
  }

  private Path markOf(Pack pack) {
    return directory.resolve(Disk.nameOf(pack.file()));
  }
}
