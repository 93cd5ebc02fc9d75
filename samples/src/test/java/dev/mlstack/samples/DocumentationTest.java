package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the README and of the Javadoc compiles, runs, and does what it says. */
class DocumentationTest {

  private static final Path ROOT = Path.of("..");

  private final Path directory;
  private final List<Example> examples;

  DocumentationTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.examples = Example.findAll(ROOT);
  }

  @Test
  void everyExample_hasAContext() {
    assertThat(examples)
        .filteredOn(example -> contexts(example).size() != 1)
        .as("examples without a context, or with several; add one to ExampleContexts")
        .isEmpty();
  }

  @Test
  void everyContext_hasAnExample() {
    assertThat(ExampleContexts.ALL)
        .filteredOn(context -> examples.stream().noneMatch(context::fits))
        .as("contexts without an example; remove them from ExampleContexts or name their file")
        .isEmpty();
  }

  private static List<ExampleContext> contexts(Example example) {
    return ExampleContexts.ALL.stream().filter(context -> context.fits(example)).toList();
  }

  @TestFactory
  Stream<DynamicTest> everyExample_runs() throws IOException {
    List<String> packages = Example.packages(ROOT);
    Map<String, String> sources = new TreeMap<>();
    Map<String, String> classes = new LinkedHashMap<>();
    for (Example example : examples) {
      for (ExampleContext context : contexts(example)) {
        String name = "examples." + context.className();
        sources.put(name.replace('.', '/') + ".java", context.source(example, packages));
        classes.put(example.toString(), name);
      }
    }
    String path = System.getProperty("java.class.path");
    URL compiled = Javac.compile(sources, directory, "-cp", path).toUri().toURL();
    URLClassLoader loader =
        new URLClassLoader(new URL[] {compiled}, DocumentationTest.class.getClassLoader());
    return classes.entrySet().stream()
        .map(entry -> dynamicTest(entry.getKey(), () -> run(loader, entry.getValue())))
        .onClose(() -> close(loader));
  }

  private void run(ClassLoader loader, String name) throws Exception {
    Path home = Files.createDirectory(directory.resolve(name));
    try (ExampleWorld example =
        loader
            .loadClass(name)
            .asSubclass(ExampleWorld.class)
            .getConstructor(Path.class)
            .newInstance(home)) {
      example.run();
    }
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
