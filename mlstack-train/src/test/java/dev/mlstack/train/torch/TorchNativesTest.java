package dev.mlstack.train.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class paths without, or with other, native libraries. */
class TorchNativesTest {

  private static final String ENGINE = "djl_version=0.35.1\npytorch_version=2.7.1";
  private static final String LIBTORCH =
      "version=2.7.1-20250812\nflavor=cpu\nclassifier=linux-x86_64";
  private static final String BRIDGE = "jni_version=2.7.1-0.35.1";

  private final Path directory;

  TorchNativesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void completeClassPath_hasNoProblem() throws IOException {
    write(ENGINE, LIBTORCH, BRIDGE);
    assertThat(problem("Linux", "amd64")).isEmpty();
    write(ENGINE, "version=2.7.1\nclassifier=cu128-win-x86_64", BRIDGE);
    assertThat(problem("Windows 11", "amd64")).isEmpty();
    write(ENGINE, "version=2.7.1\nclassifier=osx-aarch64", BRIDGE);
    assertThat(problem("Mac OS X", "aarch64")).isEmpty();
  }

  @Test
  void platformWithoutLibtorch_isNamed() throws IOException {
    write(ENGINE, LIBTORCH, BRIDGE);
    assertThat(problem("Mac OS X", "x86_64").orElseThrow())
        .contains("not available for osx-x86_64")
        .contains("linux-x86_64");
    assertThat(problem("FreeBSD", "amd64").orElseThrow()).contains("freebsd-x86_64");
  }

  @Test
  void missingLibtorch_namesTheDependency() throws IOException {
    write(ENGINE, null, BRIDGE);
    assertThat(problem("Linux", "aarch64").orElseThrow())
        .isEqualTo(
            "the native library of PyTorch is not on the class path; add"
                + " ai.djl.pytorch:pytorch-native-cpu:2.7.1 with classifier linux-aarch64");
  }

  @Test
  void libtorchOfAnotherVersion_namesBoth() throws IOException {
    write(ENGINE, "version=2.5.1-20241111\nclassifier=linux-x86_64", BRIDGE);
    assertThat(problem("Linux", "amd64").orElseThrow())
        .contains("libtorch 2.5.1-20241111 is on the class path but the engine needs 2.7.1")
        .contains("ai.djl.pytorch:pytorch-native-cpu:2.7.1 with classifier linux-x86_64");
    write(ENGINE, "version=2.7.10\nclassifier=linux-x86_64", BRIDGE);
    assertThat(problem("Linux", "amd64").orElseThrow()).contains("libtorch 2.7.10");
  }

  @Test
  void libtorchOfAnotherPlatform_namesBoth() throws IOException {
    write(ENGINE, LIBTORCH, BRIDGE);
    assertThat(problem("Linux", "aarch64").orElseThrow())
        .contains("built for linux-x86_64 but this is linux-aarch64");
  }

  @Test
  void missingBridge_namesTheDependency() throws IOException {
    write(ENGINE, LIBTORCH, null);
    assertThat(problem("Linux", "amd64").orElseThrow())
        .contains("connects Java to PyTorch")
        .contains("add ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1");
  }

  @Test
  void bridgeOfAnotherVersion_namesBoth() throws IOException {
    write(ENGINE, LIBTORCH, "jni_version=2.7.1-0.34.0");
    assertThat(problem("Linux", "amd64").orElseThrow())
        .contains(
            "pytorch-jni 2.7.1-0.34.0 is on the class path but the engine needs 2.7.1-0.35.1");
  }

  /** The engine as it is, without the natives: in a process of its own, as it is loaded once. */
  @Test
  void training_withoutNatives_saysWhatToAdd() throws IOException, InterruptedException {
    assertThat(run(Map.of(), "pytorch-native", "pytorch-jni"))
        .contains("failed: the native library of PyTorch is not on the class path")
        .contains("add ai.djl.pytorch:pytorch-native-cpu:2.7.1 with classifier")
        .doesNotContain("NoClassDefFoundError");
  }

  @Test
  void training_whereLibrariesCannotBeUnpacked_saysWhere()
      throws IOException, InterruptedException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(run(Map.of("DJL_CACHE_DIR", file.resolve("cache").toString())))
        .contains("failed: PyTorch could not be loaded")
        .contains(file.toString())
        .contains("DJL_CACHE_DIR");
  }

  /** Runs a program that wants to train, without some entries of the class path. */
  private String run(Map<String, String> environment, String... without)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Arrays.stream(without).noneMatch(entry::contains))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, WithoutNatives.class.getName()));
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    assertThat(builder.start().waitFor()).isEqualTo(0);
    return Files.readString(output);
  }

  private void write(String engine, @Nullable String libtorch, @Nullable String bridge)
      throws IOException {
    write("pytorch-engine.properties", engine);
    write("native/lib/pytorch.properties", libtorch);
    write("jnilib/pytorch.properties", bridge);
  }

  private void write(String name, @Nullable String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    if (content == null) {
      Files.deleteIfExists(file);
    } else {
      Files.writeString(file, content);
    }
  }

  private Optional<String> problem(String os, String architecture) throws IOException {
    URL[] urls = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      return new TorchNatives(loader, os, architecture).problem();
    }
  }
}
