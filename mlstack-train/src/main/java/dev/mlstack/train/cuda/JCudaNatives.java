package dev.mlstack.train.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import jcuda.JCudaVersion;
import jcuda.LibUtils;
import jcuda.driver.JCudaDriver;

/**
 * Loads the native library of JCuda from a directory of its own.
 *
 * <p>JCuda unpacks the library into the directory for temporary files, under a name that is known
 * to everyone, and loads what it finds there: on a shared machine somebody else may have put it
 * there. The directory cannot be set but by the system property {@code java.io.tmpdir}, so that is
 * another one while JCuda loads: one that only this user can write.
 */
final class JCudaNatives {

  private static final String TEMPORARY = "java.io.tmpdir";

  private JCudaNatives() {}

  /**
   * Loads the library.
   *
   * @throws LinkageError if it, or the CUDA driver that it needs, is not there
   * @throws IOException if there is no place to unpack it
   */
  static void load() throws IOException {
    // Lets the JDK read the property now: it keeps what it reads first.
    Files.delete(File.createTempFile("mlstack-jcuda-", null).toPath());
    Path directory = Files.createTempDirectory("mlstack-jcuda-");
    String before = System.getProperty(TEMPORARY);
    System.setProperty(TEMPORARY, directory.toString());
    try {
      JCudaDriver.setExceptionsEnabled(false);
    } finally {
      System.setProperty(TEMPORARY, before);
      delete(directory);
    }
  }

  /** Deletes what was unpacked; where a loaded library cannot be deleted, when the JVM ends. */
  private static void delete(Path directory) throws IOException {
    directory.toFile().deleteOnExit();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (!file.toFile().delete()) {
          file.toFile().deleteOnExit();
        }
      }
    }
    directory.toFile().delete();
  }

  /** Returns why {@link #load} failed, in one sentence that says what to do. */
  static String explain(LinkageError error) {
    Throwable reason = error.getCause() == null ? error : error.getCause();
    String message = String.valueOf(reason.getMessage());
    if (message.contains("No resource found")) {
      return "the natives of JCuda are not on the class path; add org.jcuda:jcuda-natives:"
          + JCudaVersion.get()
          + " with classifier "
          + LibUtils.createPlatformLibraryName("").substring(1);
    }
    if (message.contains("libcuda")) {
      return "the CUDA driver (libcuda.so.1) is not installed";
    }
    return "the natives of JCuda cannot be loaded: " + message.lines().findFirst().orElse("");
  }
}
