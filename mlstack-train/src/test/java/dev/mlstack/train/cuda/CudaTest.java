package dev.mlstack.train.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jcuda.JCudaVersion;
import jcuda.LibUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The probe in processes of their own, as it asks once for each; with a driver made for the test.
 */
class CudaTest {

  private final Path directory;

  CudaTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void status_hereAndNow_isOneSentence() {
    CudaStatus status = Cuda.status();
    assertThat(Cuda.status()).isSameAs(status);
    assertThat(status.isAvailable()).isEqualTo(status.problem().isEmpty());
    assertThat(status.toString()).endsWith(".").doesNotContain("\n");
  }

  @Test
  void status_withoutNatives_namesTheDependency() throws Exception {
    assertThat(run(Map.of(), /* natives= */ false))
        .startsWith(
            "There is no CUDA device: the natives of JCuda are not on the class path; add"
                + " org.jcuda:jcuda-natives:"
                + JCudaVersion.get()
                + " with classifier "
                + platform())
        .contains("restored");
  }

  @Test
  void status_withoutDriver_saysSo() throws Exception {
    assumeTrue(isLinux() && !Cuda.status().isAvailable(), "there is a CUDA driver");
    assertThat(run(Map.of(), /* natives= */ true))
        .startsWith("There is no CUDA device: the CUDA driver (libcuda.so.1) is not installed.\n")
        .contains("restored");
  }

  @Test
  void status_withDevices_namesThem() throws Exception {
    assertThat(run(Map.of("FAKE_CUDA_DEVICES", "2"), /* natives= */ true, driver()))
        .isEqualTo(
            """
            The CUDA driver, of version 12.6, has gpu0: Imaginary 0 (24.0 GiB, compute capability \
            9.0), gpu1: Imaginary 1 (24.0 GiB, compute capability 9.1).
            {"devices":[{"compute-capability":"9.0","index":0,"memory":25769803776,\
            "name":"Imaginary 0"},{"compute-capability":"9.1","index":1,"memory":25769803776,\
            "name":"Imaginary 1"}],"driver":"12.6","problem":""}
            restored
            """);
  }

  @Test
  void status_withADriverButNoDevice_saysWhatItSays() throws Exception {
    assertThat(run(Map.of("FAKE_CUDA_INIT", "100"), /* natives= */ true, driver()))
        .startsWith("There is no CUDA device: the CUDA driver says CUDA_ERROR_NO_DEVICE.\n");
    assertThat(run(Map.of("FAKE_CUDA_DEVICES", "0"), /* natives= */ true, driver()))
        .startsWith("There is no CUDA device: the CUDA driver has no device.\n");
  }

  /** What somebody else left in the directory for temporary files is not loaded. */
  @Test
  void status_doesNotTrustTheDirectoryForTemporaryFiles() throws Exception {
    String name =
        LibUtils.createLibraryFileName(
            LibUtils.createPlatformLibraryName("JCudaDriver-" + JCudaVersion.get()));
    Path planted = Files.writeString(directory.resolve(name), "no library");
    assertThat(run(Map.of(), /* natives= */ true, driver()))
        .startsWith("The CUDA driver, of version 12.6, has gpu0");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.filter(file -> file.getFileName().toString().contains("jcuda"))).isEmpty();
    }
    assertThat(planted).content().isEqualTo("no library");
  }

  @Test
  void status_isEitherDevicesOrAProblem() {
    CudaDevice device = new CudaDevice(0, "Imaginary", 1L << 30, 8, 6);
    assertThat(device.computeCapability()).isEqualTo("8.6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CudaStatus("12.6", List.of(device), "none"));
    assertThatIllegalArgumentException().isThrownBy(() -> new CudaStatus("", List.of(), ""));
  }

  /** Compiles a driver. */
  private String driver() throws IOException, InterruptedException {
    assumeTrue(isLinux(), "the driver of the test is for Linux");
    Path source = directory.resolve("fake_cuda.c");
    try (InputStream in =
        Objects.requireNonNull(CudaTest.class.getResourceAsStream("fake_cuda.c"))) {
      Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
    }
    Path library = directory.resolve("libcuda.so.1");
    List<String> command =
        List.of(
            "cc",
            "-shared",
            "-fPIC",
            "-Wl,-soname,libcuda.so.1",
            "-o",
            library.toString(),
            source.toString());
    int status;
    try {
      status = new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      assumeTrue(false, "there is no C compiler: " + e.getMessage());
      throw e;
    }
    assertThat(status).isEqualTo(0);
    return library.toString();
  }

  private String run(Map<String, String> environment, boolean natives, String... arguments)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> natives || !entry.contains("jcuda-natives"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + directory);
    command.addAll(List.of("-cp", classPath, CudaProgram.class.getName()));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.redirectError(directory.resolve("error").toFile()).start();
    assertThat(process.waitFor()).isEqualTo(0);
    return Files.readString(output);
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").equals("Linux");
  }

  private static String platform() {
    return LibUtils.createPlatformLibraryName("").substring(1);
  }
}
