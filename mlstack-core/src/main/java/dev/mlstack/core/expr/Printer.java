package dev.mlstack.core.expr;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes expressions as {@link Parser} reads them. */
final class Printer {

  // How strongly operators bind.
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int TEST = 4;
  private static final int SUM = 5;
  private static final int PRODUCT = 6;
  private static final int SIGN = 7;
  private static final int PRIMARY = 8;

  /** Words that are no names of columns. */
  static final Set<String> WORDS =
      Set.of("and", "or", "not", "in", "is", "missing", "true", "false");

  private static final Map<Function, String> INFIX =
      Map.ofEntries(
          Map.entry(Function.OR, "or"),
          Map.entry(Function.AND, "and"),
          Map.entry(Function.EQ, "="),
          Map.entry(Function.NE, "!="),
          Map.entry(Function.LT, "<"),
          Map.entry(Function.LE, "<="),
          Map.entry(Function.GT, ">"),
          Map.entry(Function.GE, ">="),
          Map.entry(Function.ADD, "+"),
          Map.entry(Function.SUBTRACT, "-"),
          Map.entry(Function.MULTIPLY, "*"),
          Map.entry(Function.DIVIDE, "/"),
          Map.entry(Function.REMAINDER, "%"));

  private final StringBuilder out = new StringBuilder();

  private Printer() {}

  static String print(Node node) {
    Printer printer = new Printer();
    printer.print(node, 0, /* known= */ false);
    return printer.out.toString();
  }

  /**
   * Writes a node.
   *
   * @param least how strongly it must bind to stand without parentheses
   * @param known whether its kind follows from where it stands
   */
  private void print(Node node, int least, boolean known) {
    if (strength(node) < least) {
      out.append('(');
      print(node, 0, known);
      out.append(')');
    } else if (node instanceof Node.Column column) {
      printColumn(column, known);
    } else if (node instanceof Node.Literal literal) {
      printLiteral(literal);
    } else {
      printCall((Node.Call) node, known);
    }
  }

  private static int strength(Node node) {
    if (!(node instanceof Node.Call call)) {
      return PRIMARY;
    }
    return switch (call.function()) {
      case OR -> OR;
      case AND -> AND;
      case NOT -> NOT;
      case EQ, NE, LT, LE, GT, GE, IN, IS_MISSING -> TEST;
      case ADD, SUBTRACT -> SUM;
      case MULTIPLY, DIVIDE, REMAINDER -> PRODUCT;
      case NEGATE -> SIGN;
      default -> PRIMARY;
    };
  }

  private void printColumn(Node.Column column, boolean known) {
    String name = isWord(column.name()) ? column.name() : quoted(column.name(), '"');
    boolean bare = known || column.kind() == Kind.NUMBER;
    out.append(bare ? name : column.kind().lowerName() + "(" + name + ")");
  }

  private static boolean isWord(String name) {
    return name.chars().allMatch(Tokens::isWordPart)
        && !Character.isDigit(name.charAt(0))
        && !WORDS.contains(name);
  }

  private static String quoted(String text, char quote) {
    String mark = String.valueOf(quote);
    return mark + text.replace(mark, mark + mark) + mark;
  }

  private void printLiteral(Node.Literal literal) {
    switch (literal.kind()) {
      case TEXT -> out.append(quoted(literal.value().asText(), '\''));
      case TIME ->
          out.append("time '").append(Documents.time(literal.value().asWhole())).append('\'');
      default -> literal.value().appendTo(out);
    }
  }

  private void printCall(Node.Call call, boolean known) {
    Function function = call.function();
    String infix = INFIX.get(function);
    boolean argsKnown = (known && function.givesOpen()) || !isOpen(call);
    if (infix != null) {
      printInfix(call, infix, argsKnown);
    } else if (function == Function.NOT) {
      out.append("not ");
      print(call.arg(0), NOT, /* known= */ true);
    } else if (function == Function.NEGATE) {
      // A sign before a number is a part of that.
      out.append('-');
      print(call.arg(0), call.arg(0) instanceof Node.Literal ? PRIMARY + 1 : SIGN, true);
    } else if (function == Function.IS_MISSING) {
      print(call.arg(0), SUM, /* known= */ false);
      out.append(" is missing");
    } else if (function == Function.IN) {
      print(call.arg(0), SUM, /* known= */ true);
      out.append(" in ");
      printList(call, 1, /* known= */ true);
    } else {
      out.append(function.lowerName());
      printList(call, 0, argsKnown);
    }
  }

  /** Tells whether nothing in a call says which kind its open arguments are. */
  private static boolean isOpen(Node.Call call) {
    boolean any = false;
    for (int i = 0; i < call.args().size(); i++) {
      any |= call.function().isOpen(i);
    }
    return any && openKind(call) == null;
  }

  private static @Nullable Kind openKind(Node.Call call) {
    for (int i = 0; i < call.args().size(); i++) {
      Kind kind = call.function().isOpen(i) ? shownKind(call.arg(i)) : null;
      if (kind != null) {
        return kind;
      }
    }
    return null;
  }

  /** Returns the kind that an expression shows without its surroundings. */
  private static @Nullable Kind shownKind(Node node) {
    if (node instanceof Node.Column) {
      return null;
    }
    boolean open = node instanceof Node.Call call && call.function().givesOpen();
    return open ? openKind((Node.Call) node) : node.kind();
  }

  private void printInfix(Node.Call call, String infix, boolean known) {
    int strength = strength(call);
    // Tests do not stand beside each other; all others are read from the left.
    print(call.arg(0), strength == TEST ? SUM : strength, known);
    out.append(' ').append(infix).append(' ');
    print(call.arg(1), strength + 1, known);
  }

  private void printList(Node.Call call, int from, boolean known) {
    out.append('(');
    for (int i = from; i < call.args().size(); i++) {
      out.append(i > from ? ", " : "");
      print(call.arg(i), 0, known || !call.function().isOpen(i));
    }
    out.append(')');
  }
}
