package dev.mlstack.data.internal;

import dev.mlstack.table.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the bytes of a source come from: a file, several, those whose names match a pattern, or a
 * stream. Several are read one after another, as if they were one.
 *
 * <p>A description: files are looked for when they are {@linkplain #resolve() asked for}.
 * Immutable.
 */
public final class Inputs {

  /** Opens a stream, each time from its beginning. */
  @FunctionalInterface
  public interface Opener {

    /** Opens the stream. Whoever asked closes it. */
    InputStream open() throws IOException;
  }

  /** Finds the inputs that there are now. */
  @FunctionalInterface
  private interface Resolver {
    List<Input> resolve() throws IOException;
  }

  private final String name;
  private final Resolver resolver;

  private Inputs(String name, Resolver resolver) {
    this.name = name;
    this.resolver = resolver;
  }

  /** Returns one file. */
  public static Inputs file(Path path) {
    return new Inputs(nameOf(path), () -> List.of(Input.file(path)));
  }

  /** Returns several files, of which there is at least one, in the given order. */
  public static Inputs files(List<Path> paths) {
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("files must name at least one file but was empty");
    }
    List<Path> copy = List.copyOf(paths);
    String others = copy.size() == 1 ? "" : " and " + (copy.size() - 1) + " more";
    return new Inputs(nameOf(copy.get(0)) + others, () -> inputs(copy));
  }

  /**
   * Returns the files of a directory whose names match a pattern, in the order of their names.
   *
   * @param pattern as {@link Files#newDirectoryStream(Path, String)} takes it: {@code
   *     orders-*.csv.gz}
   */
  public static Inputs glob(Path directory, String pattern) {
    return new Inputs(pattern, () -> inputs(matching(directory, pattern)));
  }

  /** Returns what is opened. */
  public static Inputs stream(String name, Opener opener) {
    return new Inputs(name, () -> List.of(Input.stream(name, opener)));
  }

  private static List<Path> matching(Path directory, String pattern) throws IOException {
    if (!Files.exists(directory)) {
      throw new NoSuchFileException(directory.toString(), null, "there is no such directory");
    } else if (!Files.isDirectory(directory)) {
      throw new FileSystemException(directory.toString(), null, "this is not a directory");
    }
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
      for (Path path : found) {
        if (!Files.isDirectory(path)) {
          paths.add(path);
        }
      }
    }
    if (paths.isEmpty()) {
      throw new DataException("no file in " + directory + " has a name like " + pattern);
    }
    Collections.sort(paths);
    return paths;
  }

  private static List<Input> inputs(List<Path> paths) throws IOException {
    List<Input> inputs = new ArrayList<>();
    for (Path path : paths) {
      inputs.add(Input.file(path));
    }
    return inputs;
  }

  /** Returns what people call a file. */
  public static String nameOf(Path path) {
    Path file = path.getFileName();
    return (file == null ? path : file).toString();
  }

  /** Returns what people call all of it: the name of the file or stream, or the pattern. */
  public String name() {
    return name;
  }

  /**
   * Returns the inputs that there are now, at least one.
   *
   * @throws IOException if a file is not there
   * @throws DataException if no file matches the pattern
   */
  public List<Input> resolve() throws IOException {
    return resolver.resolve();
  }
}
