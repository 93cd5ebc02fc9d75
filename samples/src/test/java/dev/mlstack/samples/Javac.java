package dev.mlstack.samples;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources that a test has made, for the oldest Java that the library runs on. */
final class Javac {

  private static final String RELEASE = "17";

  private Javac() {}

  /**
   * Writes sources and compiles all of them at once.
   *
   * @param sources the texts of source files by their paths, such as {@code app/Main.java}
   * @param directory where they are written; the classes go to {@code classes} below it
   * @param options more options of the compiler, such as its path
   * @return the directory of the classes
   * @throws AssertionError if they do not compile; it says all that the compiler says
   */
  static Path compile(Map<String, String> sources, Path directory, String... options)
      throws IOException {
    List<Path> files = new ArrayList<>();
    sources.forEach((name, text) -> files.add(write(directory.resolve("src").resolve(name), text)));
    Path classes = Files.createDirectories(directory.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none"));
    arguments.addAll(List.of("--release", RELEASE));
    arguments.addAll(List.of(options));

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    StringWriter output = new StringWriter();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  output,
                  manager,
                  problems,
                  arguments,
                  /* classes= */ null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!compiled) {
        problems.getDiagnostics().forEach(problem -> output.append(problem + "\n"));
        throw new AssertionError("does not compile:\n" + output);
      }
    }
    return classes;
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
