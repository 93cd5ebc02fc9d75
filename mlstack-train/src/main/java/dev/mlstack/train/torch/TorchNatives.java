package dev.mlstack.train.torch;

import ai.djl.util.ClassLoaderUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * Finds out whether the native libraries of PyTorch that stand on the class path fit the engine and
 * the platform, before anything is loaded: DJL itself would load libraries of other versions, and
 * read memory wrongly.
 *
 * <p>The engine says which version it needs in {@code pytorch-engine.properties}, libtorch which it
 * is in {@code native/lib/pytorch.properties}, and the bridge between them in {@code
 * jnilib/pytorch.properties}.
 */
final class TorchNatives {

  private static final String ENGINE = "pytorch-engine.properties";
  private static final String LIBTORCH = "native/lib/pytorch.properties";
  private static final String BRIDGE = "jnilib/pytorch.properties";
  private static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-aarch64", "osx-aarch64", "win-x86_64");

  private final ClassLoader loader;
  private final String platform;

  /**
   * Looks at a class path.
   *
   * @param loader has the class path
   * @param os the name of the operating system, as {@code os.name} says it
   * @param architecture that of the processor, as {@code os.arch} says it
   */
  TorchNatives(ClassLoader loader, String os, String architecture) {
    this.loader = loader;
    this.platform = platform(os.toLowerCase(Locale.ROOT)) + "-" + processor(architecture);
  }

  /** Looks at the class path of this process, for the platform it runs on. */
  static TorchNatives ofThisProcess() {
    return new TorchNatives(
        ClassLoaderUtils.getContextClassLoader(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  /**
   * Returns version and build of every libtorch on the class path, such as {@code 2.7.1
   * linux-x86_64}.
   */
  List<String> libtorch() {
    return read(LIBTORCH).stream()
        .map(p -> p.getProperty("version", "") + " " + p.getProperty("classifier", ""))
        .map(String::strip)
        .sorted()
        .toList();
  }

  private static String platform(String os) {
    return os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx" : os;
  }

  private static String processor(String architecture) {
    return architecture.equals("amd64") ? "x86_64" : architecture;
  }

  /** Returns what is wrong, in one sentence that says what to do; nothing if all is well. */
  Optional<String> problem() {
    if (!PLATFORMS.contains(platform)) {
      return Optional.of(
          "PyTorch is not available for "
              + platform
              + ", only for "
              + String.join(", ", PLATFORMS));
    }
    Properties engine = read(ENGINE).stream().findFirst().orElseGet(Properties::new);
    String torch = engine.getProperty("pytorch_version", "");
    return libtorchProblem(torch)
        .or(() -> bridgeProblem(torch + "-" + engine.getProperty("djl_version", "")));
  }

  private Optional<String> libtorchProblem(String version) {
    String remedy =
        "add ai.djl.pytorch:pytorch-native-cpu:" + version + " with classifier " + platform;
    List<Properties> found = read(LIBTORCH);
    if (found.isEmpty()) {
      return Optional.of("the native library of PyTorch is not on the class path; " + remedy);
    }
    for (Properties libtorch : found) {
      // Builds append their day: 2.7.1-20250812.
      String actual = libtorch.getProperty("version", "");
      if (!actual.equals(version) && !actual.startsWith(version + "-")) {
        return Optional.of(
            "libtorch "
                + actual
                + " is on the class path but the engine needs "
                + version
                + "; instead of it, "
                + remedy);
      }
    }
    boolean fits = found.stream().anyMatch(p -> p.getProperty("classifier", "").endsWith(platform));
    return fits
        ? Optional.empty()
        : Optional.of(
            "libtorch on the class path is built for "
                + found.get(0).getProperty("classifier")
                + " but this is "
                + platform
                + "; "
                + remedy);
  }

  private Optional<String> bridgeProblem(String version) {
    String remedy = "add ai.djl.pytorch:pytorch-jni:" + version;
    List<Properties> found = read(BRIDGE);
    if (found.isEmpty()) {
      return Optional.of(
          "the native library that connects Java to PyTorch is not on the class path; " + remedy);
    }
    String actual = found.get(0).getProperty("jni_version", "");
    return actual.equals(version)
        ? Optional.empty()
        : Optional.of(
            "pytorch-jni "
                + actual
                + " is on the class path but the engine needs "
                + version
                + "; instead of it, "
                + remedy);
  }

  private List<Properties> read(String resource) {
    List<Properties> found = new ArrayList<>();
    try {
      for (URL url : Collections.list(loader.getResources(resource))) {
        Properties properties = new Properties();
        try (InputStream in = url.openStream()) {
          properties.load(in);
        }
        found.add(properties);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + resource + " on the class path", e);
    }
    return found;
  }
}
