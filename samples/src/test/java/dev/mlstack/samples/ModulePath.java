package dev.mlstack.samples;

import dev.mlstack.train.linear.Logistic;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The class path of a test as an application with modules has it: most of it as module path. */
final class ModulePath {

  private static final String NO_MODULE = "pytorch-native-cpu";

  /** The one module of the library without a module-info; its jar has the name in the manifest. */
  private static final String TRAIN = "dev.mlstack.train";

  private final List<Path> modules = new ArrayList<>();
  private final List<Path> others = new ArrayList<>();

  /**
   * Divides the class path of this process. Directories of classes are no modules of the library
   * unless they have a module-info; {@value #TRAIN} is packed as Maven packs it.
   *
   * @param directory takes the jar
   */
  ModulePath(Path directory) throws IOException {
    Path train = home(Logistic.class);
    for (String name : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path entry = Path.of(name);
      if (entry.toString().contains(NO_MODULE)) {
        others.add(entry);
      } else if (!Files.isDirectory(entry) || Files.exists(entry.resolve("module-info.class"))) {
        modules.add(entry);
      } else if (Files.isSameFile(entry, train)) {
        modules.add(jar(entry, directory.resolve("mlstack-train.jar")));
      }
    }
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Automatic-Module-Name", TRAIN);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> found = Files.walk(classes)) {
      for (Path path : found.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, out);
      }
    }
    return jar;
  }

  /** Returns the module path. */
  String modules() {
    return join(modules);
  }

  /** Returns the class path: the natives of PyTorch, whose jar has no valid module name. */
  String others() {
    return join(others);
  }

  private static String join(List<Path> paths) {
    return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
  }
}
