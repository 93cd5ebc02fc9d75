package dev.mlstack.samples;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What an example of the documentation takes for granted, and what must have come of it. Immutable.
 */
final class ExampleContext {

  private static final String ELLIPSIS = "…";

  private final String file;
  private final int position;
  private final List<String> imports;
  private final String given;
  private final UnaryOperator<String> form;
  private final String then;

  private ExampleContext(
      String file,
      int position,
      List<String> imports,
      String given,
      UnaryOperator<String> form,
      String then) {
    this.file = file;
    this.position = position;
    this.imports = imports;
    this.given = given;
    this.form = form;
    this.then = then;
  }

  /** Returns a context of statements that take nothing for granted. */
  static ExampleContext of(String file) {
    return of(file, 1);
  }

  /**
   * Returns a context of statements that take nothing for granted.
   *
   * @param file the end of the path of the file
   * @param position 1 for its first example
   */
  static ExampleContext of(String file, int position) {
    return new ExampleContext(file, position, List.of(), "", UnaryOperator.identity(), "");
  }

  /** Returns this with imports besides those of all packages of the library. */
  ExampleContext imports(String... names) {
    return new ExampleContext(file, position, List.of(names), given, form, then);
  }

  /** Returns this with statements before the example: its variables. */
  ExampleContext given(String statements) {
    return new ExampleContext(file, position, imports, statements, form, then);
  }

  /** Returns this with statements behind the example that check what came of it. */
  ExampleContext then(String statements) {
    return new ExampleContext(file, position, imports, given, form, statements);
  }

  /**
   * Returns this for an example of expressions, each of which begins a line, while lines that go on
   * are indented.
   *
   * @param method takes each of them
   */
  ExampleContext each(String method) {
    return new ExampleContext(file, position, imports, given, code -> calls(method, code), then);
  }

  /**
   * Returns this for an example that is not Java.
   *
   * @param variable takes it as a text
   */
  ExampleContext text(String variable) {
    return new ExampleContext(
        file,
        position,
        imports,
        given,
        code -> "var " + variable + " = \"\"\"\n" + code + "\"\"\";\n",
        then);
  }

  private static String calls(String method, String code) {
    return code.lines()
        .map(line -> line.startsWith(" ") ? line : ");\n" + method + "(\n" + line)
        .collect(Collectors.joining("\n", "", "\n);\n"))
        .substring(");\n".length());
  }

  boolean fits(Example example) {
    return example.position() == position && ("/" + example.file()).endsWith("/" + file);
  }

  /** Returns the name of the class that runs the example. */
  String className() {
    return file.replaceAll("[^A-Za-z]", "_") + "_" + position;
  }

  /**
   * Returns the source of the class that runs the example.
   *
   * @param packages are imported
   */
  String source(Example example, List<String> packages) {
    // A type that is declared first is one of the class: a record of a method cannot be public.
    String code = example.code().replace(ELLIPSIS, "");
    int members = code.startsWith("public ") ? code.indexOf("\n\n") : 0;
    return String.join(
        "\n",
        "package examples;",
        packages.stream().map(name -> "import " + name + ".*;").collect(Collectors.joining("\n")),
        imports.stream().map(name -> "import " + name + ";").collect(Collectors.joining("\n")),
        "import static org.assertj.core.api.Assertions.*;",
        "import java.nio.file.*;",
        "import java.util.*;",
        "public final class " + className() + " extends ExampleWorld {",
        code.substring(0, members),
        "public " + className() + "(Path directory) {",
        "super(directory);",
        "}",
        "@Override public void run() throws Exception {",
        given,
        form.apply(code.substring(members)),
        then,
        "}",
        "}");
  }

  /** Returns the file and, if it is not the first of it, the position. */
  @Override
  public String toString() {
    return position == 1 ? file : file + " (" + position + ")";
  }
}
