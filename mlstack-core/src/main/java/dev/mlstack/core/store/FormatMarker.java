package dev.mlstack.core.store;

import dev.mlstack.core.json.Json;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file that says in which format a directory is written, such as {@code {"format":"store/1"}},
 * so that no version touches what it does not understand.
 */
final class FormatMarker {

  private static final String FORMAT = "format";

  private FormatMarker() {}

  /**
   * Checks that a directory is in a format, and marks one that has no mark yet.
   *
   * @param name the name of the file that marks the directory
   * @throws IOException if the mark is of another format or damaged, or cannot be written
   */
  static void require(Path directory, String name, VersionedName format) throws IOException {
    Path file = directory.resolve(name);
    if (Files.notExists(file)) {
      write(file, Value.doc().put(FORMAT, format.toString()).build().canonicalJson() + "\n");
      Disk.force(directory);
    }
    String text = Files.readString(file);
    String found;
    try {
      found = Json.parse(text).asDoc().text(FORMAT);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file + " is damaged: it should be like {\"format\":\"" + format + "\"}; mend it", e);
    }
    if (!found.equals(format.toString())) {
      throw new IOException(
          "cannot open "
              + directory
              + ": its format is "
              + found
              + " but this version of mlstack knows "
              + format
              + " only; use a version that knows it");
    }
  }

  /** Writes a file that is either there completely or not at all. */
  private static void write(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(Disk.nameOf(file) + "." + Disk.newName());
    try {
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.getFD().sync();
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
