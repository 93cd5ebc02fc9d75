package dev.mlstack.track.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodePathTest {

  private final Path directory;

  CodePathTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Path jar(String name, String classPath) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!classPath.isEmpty()) {
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    }
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.putNextEntry(new JarEntry("content.txt"));
      jar.write(name.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static List<String> names(List<Value> entries) {
    return entries.stream().map(entry -> entry.asDoc().text("name")).toList();
  }

  private static String path(Object... entries) {
    return String.join(
        File.pathSeparator, java.util.Arrays.stream(entries).map(String::valueOf).toList());
  }

  @Test
  void jars_areToldInOrderWithSizeAndDigest() throws IOException {
    Path b = jar("b.jar", "");
    Path a = jar("a.jar", "");

    List<Value> entries = CodePath.read(path(b, a));

    assertThat(entries)
        .containsExactly(
            Value.doc()
                .put("name", "b.jar")
                .put("size", Files.size(b))
                .put("sha256", Digest.of(Files.readAllBytes(b)).hex())
                .build(),
            Value.doc()
                .put("name", "a.jar")
                .put("size", Files.size(a))
                .put("sha256", Digest.of(Files.readAllBytes(a)).hex())
                .build());
  }

  @Test
  void jarsNamedByAManifest_followTheJarAndEachIsToldOnce() throws IOException {
    jar("one.jar", "two.jar missing.jar");
    jar("two.jar", "one.jar three%20.jar");
    jar("three .jar", "");
    Path first = jar("first.jar", "one.jar");
    Path last = jar("last.jar", "three%20.jar https://example.org/far.jar");

    assertThat(names(CodePath.read(path(first, last))))
        .containsExactly("first.jar", "one.jar", "two.jar", "three .jar", "last.jar");
  }

  @Test
  void entriesThatAreNotThere_areLeftOut() throws IOException {
    Path jar = jar("a.jar", "");
    Path broken = directory.resolve("broken.jar");
    Files.writeString(broken, "no jar");

    assertThat(names(CodePath.read(path("", directory.resolve("missing"), jar, "", broken, jar))))
        .containsExactly("a.jar", "broken.jar");
    assertThat(CodePath.read("")).isEmpty();
  }

  @Test
  void directory_hasTheDigestOfItsFilesWhereverItIs() throws IOException {
    Path one = Files.createDirectories(directory.resolve("one/classes"));
    Path two = Files.createDirectories(directory.resolve("two/classes"));
    for (Path classes : List.of(two, one)) {
      Files.createDirectories(classes.resolve("p"));
      Files.writeString(classes.resolve("p/A.class"), "a");
      Files.writeString(classes.resolve("B.class"), "bb");
    }
    Value first = CodePath.read(path(one)).get(0);

    assertThat(CodePath.read(path(two))).containsExactly(first);
    assertThat(first.asDoc().text("name")).isEqualTo("classes");
    assertThat(first.asDoc().whole("files")).isEqualTo(2);
    assertThat(first.asDoc().whole("size")).isEqualTo(3);

    Files.move(two.resolve("B.class"), two.resolve("C.class"));
    assertThat(CodePath.read(path(two)).get(0)).isNotEqualTo(first);
    Files.move(two.resolve("C.class"), two.resolve("B.class"));
    assertThat(CodePath.read(path(two)).get(0)).isEqualTo(first);
    Files.writeString(two.resolve("B.class"), "bc");
    assertThat(CodePath.read(path(two)).get(0)).isNotEqualTo(first);
  }

  @Test
  void directoryOfTooManyFiles_isOnlyNamed() throws IOException {
    Path many = Files.createDirectory(directory.resolve("many"));
    for (int i = 0; i <= CodePath.MAX_FILES; i++) {
      Files.createFile(many.resolve("f" + i));
    }
    assertThat(CodePath.read(path(many))).containsExactly(Value.doc().put("name", "many").build());
  }

  @Test
  void classPathOfThisProcess_hasTheJarsOfTheTests() {
    assertThat(names(CodePath.classes()))
        .anyMatch(name -> name.startsWith("sqlite-jdbc"))
        .anyMatch(name -> name.startsWith("junit-jupiter"));
  }
}
