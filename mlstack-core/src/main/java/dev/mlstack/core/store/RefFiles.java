package dev.mlstack.core.store;

import dev.mlstack.store.RefName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the files of refs are. Segments before the last are directories whose names end with {@code
 * +}, the last is a file whose name ends with {@code .log}: {@code models+/credit+/champion.log}.
 * So {@code a} and {@code a/b} can both be refs. A segment that begins like the name of a device on
 * Windows has its first letter written in hexadecimal: {@code %6eul.log}.
 */
final class RefFiles {

  private static final String DIRECTORY_END = "+";
  private static final String FILE_END = ".log";
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?");
  private static final Pattern ESCAPED = Pattern.compile("%[0-9a-f]{2}.*");

  private final Path root;

  RefFiles(Path root) {
    this.root = root;
  }

  /** Returns the file of a ref. */
  Path file(RefName name) {
    String[] segments = name.path().split("/", /* limit= */ -1);
    Path directory = root;
    for (int i = 0; i < segments.length - 1; i++) {
      directory = directory.resolve(encode(segments[i]) + DIRECTORY_END);
    }
    return directory.resolve(encode(segments[segments.length - 1]) + FILE_END);
  }

  /**
   * Creates a file if it is not there, and makes its entry and those of the directories above
   * durable in any case: who created them may have died before.
   */
  void create(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.notExists(file)) {
      Files.createFile(file);
    }
    for (Path d = file.getParent(); d != null && d.startsWith(root); d = d.getParent()) {
      Disk.force(d);
    }
  }

  /** Returns the names of all refs that ever were, sorted. */
  List<RefName> names() throws IOException {
    List<RefName> names = new ArrayList<>();
    collect(root, Optional.empty(), names);
    return names.stream().sorted().toList();
  }

  /** Returns the names of all refs below a prefix that ever were, sorted. */
  List<RefName> names(RefName prefix) throws IOException {
    List<RefName> names = new ArrayList<>();
    Path file = file(prefix);
    String name = Disk.nameOf(file);
    String stem = name.substring(0, name.length() - FILE_END.length());
    Path directory = file.resolveSibling(stem + DIRECTORY_END);
    if (Files.isDirectory(directory)) {
      collect(directory, Optional.of(prefix), names);
    }
    return names.stream().sorted().toList();
  }

  private static void collect(Path directory, Optional<RefName> prefix, List<RefName> names)
      throws IOException {
    for (Path entry : Disk.files(directory, "")) {
      String name = Disk.nameOf(entry);
      if (name.endsWith(DIRECTORY_END)) {
        Optional<RefName> below = below(prefix, name, DIRECTORY_END);
        if (below.isPresent()) {
          collect(entry, below, names);
        }
      } else if (name.endsWith(FILE_END)) {
        below(prefix, name, FILE_END).ifPresent(names::add);
      }
    }
  }

  /** Returns nothing for a file that is not ours. */
  private static Optional<RefName> below(Optional<RefName> prefix, String name, String end) {
    String stem = name.substring(0, name.length() - end.length());
    try {
      String segment = decode(stem);
      return Optional.of(prefix.map(p -> p.child(segment)).orElseGet(() -> RefName.of(segment)))
          .filter(found -> encode(segment).equals(stem));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encode(String segment) {
    return DEVICE.matcher(segment).matches()
        ? "%" + HexFormat.of().toHexDigits((byte) segment.charAt(0)) + segment.substring(1)
        : segment;
  }

  private static String decode(String encoded) {
    return ESCAPED.matcher(encoded).matches()
        ? (char) HexFormat.fromHexDigits(encoded, 1, 3) + encoded.substring(3)
        : encoded;
  }
}
