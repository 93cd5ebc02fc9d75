package dev.mlstack.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An example of the documentation: a block of Java in the README or beside it, or one of
 * preformatted code in the Javadoc of a module. What Javadoc has preformatted but not as code is a
 * listing of bytes or files.
 *
 * @param file the path of the file from the root of the project, with slashes
 * @param position 1 for the first example of the file
 * @param code the example as readers see it
 */
record Example(String file, int position, String code) {

  private static final Pattern MARKDOWN = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern JAVADOC =
      Pattern.compile("(?s)<pre>[\\s*]*\\{@code\\s(.*?)\\}[\\s*]*</pre>");
  private static final Pattern COMMENT = Pattern.compile("(?m)^ *\\* ?");

  /** Returns all examples of a project. */
  static List<Example> findAll(Path root) throws IOException {
    List<Example> examples = new ArrayList<>();
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".md")).sorted().toList()) {
        add(examples, root, file, MARKDOWN);
      }
    }
    for (Path source : sources(root)) {
      add(examples, root, source, JAVADOC);
    }
    return examples;
  }

  /** Returns the packages of all modules that are on the class path of the samples. */
  static List<String> packages(Path root) throws IOException {
    return sources(root).stream()
        .filter(source -> source.endsWith("package-info.java"))
        .map(source -> name(root, source.resolveSibling("")))
        .map(path -> path.substring(path.indexOf("/java/") + "/java/".length()))
        .filter(path -> Example.class.getResource("/" + path + "/package-info.class") != null)
        .map(path -> path.replace('/', '.'))
        .toList();
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.sorted().toList()) {
        Path main = module.resolve("src/main/java");
        if (Files.isDirectory(main)) {
          try (Stream<Path> files = Files.walk(main)) {
            files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }

  private static void add(List<Example> examples, Path root, Path file, Pattern pattern)
      throws IOException {
    int position = 0;
    for (MatchResult match : pattern.matcher(Files.readString(file)).results().toList()) {
      position++;
      String code = match.group(1);
      if (pattern == JAVADOC) {
        code = COMMENT.matcher(code).replaceAll("");
      }
      examples.add(new Example(name(root, file), position, code));
    }
  }

  private static String name(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** Returns the file and, if it is not the first of it, the position. */
  @Override
  public String toString() {
    return position == 1 ? file : file + " (" + position + ")";
  }
}
