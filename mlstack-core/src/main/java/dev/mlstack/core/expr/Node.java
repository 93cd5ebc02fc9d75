package dev.mlstack.core.expr;

import dev.mlstack.store.Value;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;

/** What an expression consists of. Two are equal if their documents are. */
sealed interface Node {

  /** How deep expressions may stand in each other, so that no recursion over them ends a thread. */
  int MAX_DEPTH = 200;

  /** How many columns, constants and functions an expression may have. */
  int MAX_SIZE = 10_000;

  /** Returns what this gives. */
  Kind kind();

  /** Returns how deep this is: 1 for a column or a constant. */
  int depth();

  /** Returns how many nodes this has. */
  int size();

  /** Adds the names of the columns. */
  void addColumnsTo(SortedSet<String> names);

  /** The value of a column. */
  record Column(Kind kind, String name) implements Node {
    public Column {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name of a column must not be blank");
      }
      Objects.requireNonNull(Value.of(name), "half a surrogate pair cannot be written");
    }

    @Override
    public int depth() {
      return 1;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void addColumnsTo(SortedSet<String> names) {
      names.add(name);
    }
  }

  /**
   * A constant.
   *
   * @param value of a time, its microseconds; of a number, whole where it is a whole number
   */
  record Literal(Kind kind, Value value) implements Node {

    private static final double MAX_EXACT = 0x1p53;

    static Literal of(double number) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("a constant must be finite but was " + number);
      }
      boolean whole = number == Math.rint(number) && Math.abs(number) <= MAX_EXACT;
      return new Literal(Kind.NUMBER, whole ? Value.of((long) number) : Value.of(number));
    }

    static Literal of(long number) {
      return new Literal(Kind.NUMBER, Value.of(number));
    }

    static Literal of(String text) {
      return new Literal(Kind.TEXT, Value.of(text));
    }

    static Literal of(boolean truth) {
      return new Literal(Kind.TRUTH, Value.of(truth));
    }

    static Literal ofMicros(long micros) {
      return new Literal(Kind.TIME, Value.of(micros));
    }

    @Override
    public int depth() {
      return 1;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void addColumnsTo(SortedSet<String> names) {}
  }

  /** A function of other nodes. */
  record Call(Function function, List<Node> args, Kind kind, int depth, int size) implements Node {

    /**
     * Returns a call.
     *
     * @throws IllegalArgumentException if the function takes other arguments, or the limits are
     *     exceeded
     */
    static Call of(Function function, List<Node> args) {
      Kind kind = function.check(args);
      int depth = 1;
      int size = 1;
      for (Node arg : args) {
        depth = Math.max(depth, arg.depth() + 1);
        size = Math.addExact(size, arg.size());
      }
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException(
            "an expression must not be deeper than " + MAX_DEPTH + " functions in each other");
      }
      if (size > MAX_SIZE) {
        throw new IllegalArgumentException(
            "an expression must not have more than " + MAX_SIZE + " parts but has " + size);
      }
      return new Call(function, List.copyOf(args), kind, depth, size);
    }

    Node arg(int index) {
      return args.get(index);
    }

    @Override
    public void addColumnsTo(SortedSet<String> names) {
      args.forEach(arg -> arg.addColumnsTo(names));
    }
  }
}
