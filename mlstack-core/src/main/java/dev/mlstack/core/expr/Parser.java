package dev.mlstack.core.expr;

import dev.mlstack.core.expr.Tokens.Form;
import dev.mlstack.core.expr.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions as people write them; {@link Expr} has the grammar.
 *
 * <p>Works in two steps, because the kind of a column follows from what stands beside it: descends
 * over the words to a tree without kinds, then gives each part its kind.
 */
final class Parser {

  private static final Map<String, Function> TESTS =
      Map.of(
          "=",
          Function.EQ,
          "==",
          Function.EQ,
          "!=",
          Function.NE,
          "<>",
          Function.NE,
          "<",
          Function.LT,
          "<=",
          Function.LE,
          ">",
          Function.GT,
          ">=",
          Function.GE);
  private static final Map<String, Function> SUMS =
      Map.of("+", Function.ADD, "-", Function.SUBTRACT);
  private static final Map<String, Function> PRODUCTS =
      Map.of("*", Function.MULTIPLY, "/", Function.DIVIDE, "%", Function.REMAINDER);

  private final List<Token> tokens;
  private int at;
  private int depth;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Returns what a text says, of a kind if that is given. */
  static Node parse(String text, @Nullable Kind kind) {
    Parser parser = new Parser(Tokens.of(text));
    Part part = parser.or();
    if (parser.peek().form() != Form.END) {
      throw parser.unexpected("the end or an operator");
    }
    return part.typed(kind != null ? kind : part.shownKind());
  }

  /** A part of an expression before it has a kind. */
  private sealed interface Part {
    /** Returns the kind that this shows by itself; null if anything. */
    @Nullable Kind shownKind();

    /** Returns this, of a kind if that is given, or else of what it shows, or else a number. */
    Node typed(@Nullable Kind kind);
  }

  private record Fixed(Node node, int position) implements Part {
    @Override
    public Kind shownKind() {
      return node.kind();
    }

    @Override
    public Node typed(@Nullable Kind kind) {
      return required(node, kind, position);
    }
  }

  private record Name(String name, int position) implements Part {
    @Override
    public @Nullable Kind shownKind() {
      return null;
    }

    @Override
    public Node typed(@Nullable Kind kind) {
      return at(() -> new Node.Column(kind == null ? Kind.NUMBER : kind, name), position);
    }
  }

  private record Operation(Function function, List<Part> args, int position, int depth)
      implements Part {

    static Operation of(Function function, List<Part> args, int position) {
      int depth = 1;
      for (Part arg : args) {
        depth = arg instanceof Operation inner ? Math.max(depth, inner.depth + 1) : depth;
      }
      if (depth > Node.MAX_DEPTH) {
        throw Tokens.problem("more than " + Node.MAX_DEPTH + " operations in each other", position);
      }
      return new Operation(function, args, position, depth);
    }

    @Override
    public @Nullable Kind shownKind() {
      return function.givesOpen() ? openKind() : function.fixedResult();
    }

    private @Nullable Kind openKind() {
      for (int i = 0; i < args.size(); i++) {
        Kind kind = function.isOpen(i) ? args.get(i).shownKind() : null;
        if (kind != null) {
          return kind;
        }
      }
      return null;
    }

    @Override
    public Node typed(@Nullable Kind kind) {
      at(
          () -> {
            function.checkCount(args.size());
            return function;
          },
          position);
      Kind shown = openKind();
      Kind open = shown == null && function.givesOpen() ? kind : shown;
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < args.size(); i++) {
        nodes.add(args.get(i).typed(function.isOpen(i) ? open : function.argument(i)));
      }
      return required(at(() -> Node.Call.of(function, nodes), position), kind, position);
    }
  }

  private static Node required(Node node, @Nullable Kind kind, int position) {
    if (kind != null && node.kind() != kind) {
      throw Tokens.problem(
          "'" + Printer.print(node) + "' is " + node.kind() + " where " + kind + " is needed",
          position);
    }
    return node;
  }

  /** Makes something; says where it stands if it cannot be made. */
  private static <T> T at(Supplier<T> maker, int position) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          Tokens.problem(String.valueOf(e.getMessage()), position).getMessage(), e);
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token take() {
    return tokens.get(at++);
  }

  private boolean accept(String symbolOrWord) {
    if (peek().is(symbolOrWord)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String symbol) {
    if (!accept(symbol)) {
      throw unexpected("'" + symbol + "'");
    }
  }

  private IllegalArgumentException unexpected(String expected) {
    return Tokens.problem(
        expected + " was expected but " + peek().shown() + " stands", peek().position());
  }

  private Part or() {
    if (++depth > Node.MAX_DEPTH) {
      throw Tokens.problem("parentheses stand too deep in each other", peek().position());
    }
    Part left = and();
    while (peek().is("or")) {
      int position = peek().position();
      left = Operation.of(Function.OR, List.of(left, afterSign(this::and)), position);
    }
    depth--;
    return left;
  }

  private Part afterSign(Supplier<Part> next) {
    at++;
    return next.get();
  }

  private Part and() {
    Part left = not();
    while (peek().is("and")) {
      int position = peek().position();
      left = Operation.of(Function.AND, List.of(left, afterSign(this::not)), position);
    }
    return left;
  }

  private Part not() {
    int nots = 0;
    int position = peek().position();
    while (accept("not")) {
      nots++;
    }
    Part part = test();
    for (; nots > 0; nots--) {
      part = Operation.of(Function.NOT, List.of(part), position);
    }
    return part;
  }

  private Part test() {
    Part left = sum();
    Token sign = peek();
    Function function = sign.form() == Form.SYMBOL ? TESTS.get(sign.text()) : null;
    if (function != null) {
      return Operation.of(function, List.of(left, afterSign(this::sum)), sign.position());
    } else if (accept("is")) {
      boolean not = accept("not");
      expect("missing");
      return negated(Operation.of(Function.IS_MISSING, List.of(left), sign.position()), not);
    } else if (sign.is("in") || sign.is("not")) {
      boolean not = accept("not");
      expect("in");
      List<Part> args = new ArrayList<>(List.of(left));
      args.addAll(list());
      return negated(Operation.of(Function.IN, args, sign.position()), not);
    }
    return left;
  }

  private static Part negated(Operation test, boolean not) {
    return not ? Operation.of(Function.NOT, List.of(test), test.position()) : test;
  }

  private Part sum() {
    return leftToRight(SUMS, this::product);
  }

  private Part product() {
    return leftToRight(PRODUCTS, this::sign);
  }

  private Part leftToRight(Map<String, Function> operators, Supplier<Part> operand) {
    Part left = operand.get();
    Token sign = peek();
    while (sign.form() == Form.SYMBOL && operators.containsKey(sign.text())) {
      Function function = operators.get(sign.text());
      left = Operation.of(function, List.of(left, afterSign(operand)), sign.position());
      sign = peek();
    }
    return left;
  }

  private Part sign() {
    List<Integer> signs = new ArrayList<>();
    while (peek().is("-")) {
      signs.add(take().position());
    }
    boolean signed = !signs.isEmpty() && peek().form() == Form.NUMBER;
    Part part = signed ? number("-") : primary();
    for (int i = signs.size() - (signed ? 2 : 1); i >= 0; i--) {
      part = Operation.of(Function.NEGATE, List.of(part), signs.get(i));
    }
    return part;
  }

  private Part number(String sign) {
    Token token = take();
    String digits = sign + token.text();
    try {
      boolean whole = digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
      Node node = whole ? Node.Literal.of(Long.parseLong(digits)) : real(digits);
      return new Fixed(node, token.position());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          Tokens.problem("'" + digits + "' is no number", token.position()).getMessage(), e);
    }
  }

  private static Node real(String digits) {
    // What Double takes beside decimals: a suffix, or a number in base 16.
    if (!digits.matches("-?[0-9.]+([eE][+-]?[0-9]+)?")) {
      throw new IllegalArgumentException("not a decimal");
    }
    return Node.Literal.of(Double.parseDouble(digits));
  }

  private Part primary() {
    Token token = peek();
    switch (token.form()) {
      case NUMBER -> {
        return number("");
      }
      case TEXT -> {
        at++;
        return new Fixed(
            at(() -> Node.Literal.of(token.text()), token.position()), token.position());
      }
      case COLUMN -> {
        at++;
        return new Name(token.text(), token.position());
      }
      case WORD -> {
        return word();
      }
      default -> {
        if (!accept("(")) {
          throw unexpected("a column, a constant, a function or '('");
        }
        Part inner = or();
        expect(")");
        return inner;
      }
    }
  }

  private Part word() {
    Token token = take();
    int position = token.position();
    if (token.is("true") || token.is("false")) {
      return new Fixed(Node.Literal.of(token.is("true")), position);
    } else if (token.is("time") && peek().form() == Form.TEXT) {
      String time = take().text();
      return new Fixed(at(() -> Node.Literal.ofMicros(Documents.micros(time)), position), position);
    } else if (peek().is("(")) {
      return isKind(token.text()) ? column(token) : call(token);
    } else if (Printer.WORDS.contains(token.text())) {
      at--;
      throw unexpected("a column, a constant, a function or '('");
    }
    return new Name(token.text(), position);
  }

  private static boolean isKind(String word) {
    for (Kind kind : Kind.values()) {
      if (kind.lowerName().equals(word)) {
        return true;
      }
    }
    return false;
  }

  /** Reads a column with its kind. */
  private Part column(Token kind) {
    expect("(");
    if (peek().form() != Form.WORD && peek().form() != Form.COLUMN) {
      throw unexpected("the name of a column");
    }
    Part name = primary();
    expect(")");
    return new Fixed(name.typed(Kind.of(kind.text())), kind.position());
  }

  private Part call(Token name) {
    Function function = at(() -> Function.of(name.text()), name.position());
    return Operation.of(function, list(), name.position());
  }

  private List<Part> list() {
    expect("(");
    List<Part> items = new ArrayList<>();
    do {
      items.add(or());
    } while (accept(","));
    expect(")");
    return items;
  }
}
