package dev.mlstack.track.environment;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jars and directories that classes are loaded from, in order, with the digests of their bytes.
 * Of each only the last name is told, because the others tell of people.
 *
 * <p>Jars that a jar names in its manifest are listed behind it. A directory has the digest of the
 * names, sizes and digests of its files; one of more than {@link #MAX_FILES} files is only named.
 */
final class CodePath {

  /** How many files of a directory are digested at most: 10,000. */
  static final int MAX_FILES = 10_000;

  /**
   * The class path and the module path of this process. They never change, so they are read once,
   * by whoever asks first.
   */
  private static final class OfProcess {
    static final List<Value> CLASSES = read(System.getProperty("java.class.path", ""));
    static final List<Value> MODULES = read(System.getProperty("jdk.module.path", ""));
  }

  private CodePath() {}

  static List<Value> classes() {
    return OfProcess.CLASSES;
  }

  static List<Value> modules() {
    return OfProcess.MODULES;
  }

  /** Reads a path as the JVM is given it. */
  static List<Value> read(String path) {
    Deque<Path> open = new ArrayDeque<>();
    for (String entry : path.split(File.pathSeparator, /* limit= */ -1)) {
      addIfPath(entry, open);
    }
    Set<Path> seen = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      Path next = open.removeFirst().toAbsolutePath().normalize();
      if (Files.exists(next) && seen.add(next)) {
        List<Path> named = namedByManifest(next);
        for (int i = named.size() - 1; i >= 0; i--) {
          open.addFirst(named.get(i));
        }
      }
    }
    List<Value> entries = new ArrayList<>();
    seen.forEach(entry -> entries.add(describe(entry)));
    return List.copyOf(entries);
  }

  private static void addIfPath(String entry, Deque<Path> open) {
    try {
      if (!entry.isEmpty()) {
        open.add(Path.of(entry));
      }
    } catch (InvalidPathException e) {
      // The JVM ignores such an entry, too.
    }
  }

  private static List<Path> namedByManifest(Path file) {
    List<Path> named = new ArrayList<>();
    if (Files.isRegularFile(file)) {
      try (JarFile jar = new JarFile(file.toFile())) {
        for (String entry : classPath(jar.getManifest()).split("\\s+", /* limit= */ -1)) {
          addIfFile(file, entry, named);
        }
      } catch (IOException e) {
        // No jar; classes cannot be loaded from it.
      }
    }
    return named;
  }

  private static String classPath(@Nullable Manifest manifest) {
    String path =
        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
    return path == null ? "" : path.strip();
  }

  private static void addIfFile(Path jar, String entry, List<Path> named) {
    try {
      URI address = jar.toUri().resolve(new URI(entry));
      if (!entry.isEmpty() && "file".equals(address.getScheme())) {
        named.add(Path.of(address));
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // The JVM ignores such an entry, too.
    }
  }

  private static Value describe(Path entry) {
    Path name = entry.getFileName();
    Value.Doc.Builder doc = Value.doc().put("name", name == null ? "/" : name.toString());
    try {
      if (Files.isDirectory(entry)) {
        describeDirectory(entry, doc);
      } else {
        doc.put("size", Files.size(entry)).put("sha256", digest(entry).hex());
      }
    } catch (IOException | UncheckedIOException e) {
      doc.put("unreadable", true);
    }
    return doc.build();
  }

  private static void describeDirectory(Path directory, Value.Doc.Builder doc) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).limit(MAX_FILES + 1L).toList();
    }
    if (files.size() > MAX_FILES) {
      return;
    }
    List<String> lines = new ArrayList<>();
    long bytes = 0;
    for (Path file : files) {
      String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
      long size = Files.size(file);
      lines.add(name + " " + size + " " + digest(file) + "\n");
      bytes += size;
    }
    lines.sort(null);
    Digest.Hasher hasher = new Digest.Hasher();
    lines.forEach(line -> hasher.update(line.getBytes(StandardCharsets.UTF_8)));
    doc.put("files", files.size()).put("size", bytes).put("sha256", hasher.digest().hex());
  }

  private static Digest digest(Path file) throws IOException {
    Digest.Hasher hasher = new Digest.Hasher();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hasher.update(buffer, 0, n);
      }
    }
    return hasher.digest();
  }
}
