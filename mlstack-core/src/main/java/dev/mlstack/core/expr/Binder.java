package dev.mlstack.core.expr;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.table.DataException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes of expressions what computes them for the rows of a schema. */
final class Binder {

  /** Up to so many values, a function of one category is computed for all of them beforehand. */
  private static final int MAX_CODES = 4096;

  private final Schema schema;

  Binder(Schema schema) {
    this.schema = schema;
  }

  private int field(Node.Column column) {
    OptionalInt index = schema.find(column.name());
    if (index.isEmpty()) {
      throw new IllegalArgumentException(
          "the expression needs "
              + column.kind()
              + " in column '"
              + column.name()
              + "', but there is no such column in "
              + schema.names());
    }
    FieldType type = schema.field(index.getAsInt()).type();
    if (!column.kind().accepts(type)) {
      throw new IllegalArgumentException(
          "the expression needs "
              + column.kind()
              + " in column '"
              + column.name()
              + "', but that is of type "
              + type);
    }
    return index.getAsInt();
  }

  BoundNumber number(Node node) {
    if (node instanceof Node.Column column) {
      int field = field(column);
      return NumberNodes.column(schema.field(field).type(), field);
    } else if (node instanceof Node.Literal literal) {
      return new NumberNodes.Constant(literal.value().asReal());
    }
    Node.Call call = (Node.Call) node;
    BoundNumber plain = numberCall(call);
    int category = onlyCategory(call);
    if (category < 0) {
      return plain;
    }
    List<String> values = ((FieldType.Category) schema.field(category).type()).values();
    double[] numbers = new double[values.size() + 1];
    CategoryRow row = new CategoryRow(schema, category);
    try {
      for (int code = -1; code < values.size(); code++) {
        numbers[code + 1] = plain.of(row.with(code < 0 ? null : values.get(code)));
      }
    } catch (DataException e) {
      // No row need have the value that cannot be computed.
      return plain;
    }
    return new NumberNodes.PerCode(plain, category, numbers);
  }

  /** Returns the field of the category that is all that a call depends on; or -1. */
  private int onlyCategory(Node.Call call) {
    SortedSet<String> names = new TreeSet<>();
    call.addColumnsTo(names);
    if (names.size() != 1) {
      return -1;
    }
    Field field = schema.field(names.first());
    boolean few =
        field.type() instanceof FieldType.Category category
            && category.values().size() <= MAX_CODES;
    return few ? schema.indexOf(field.name()) : -1;
  }

  private BoundNumber numberCall(Node.Call call) {
    return switch (call.function()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, POW, MIN, MAX ->
          new NumberNodes.Binary(call.function(), number(call.arg(0)), number(call.arg(1)));
      case CLIP -> {
        BoundNumber raised =
            new NumberNodes.Binary(Function.MAX, number(call.arg(0)), number(call.arg(1)));
        yield new NumberNodes.Binary(Function.MIN, raised, number(call.arg(2)));
      }
      case LENGTH -> new NumberNodes.TextLength(text(call.arg(0)));
      case YEAR, MONTH, DAY, DAY_OF_WEEK, DAY_OF_YEAR, HOUR, MINUTE, SECOND ->
          new NumberNodes.TimePart(call.function(), times(call.arg(0)));
      case SECONDS_BETWEEN ->
          new NumberNodes.SecondsBetween(times(call.arg(0)), times(call.arg(1)));
      case IF_MISSING -> new NumberNodes.IfMissing(number(call.arg(0)), number(call.arg(1)));
      case IF -> new NumberNodes.If(truth(call.arg(0)), number(call.arg(1)), number(call.arg(2)));
      default -> new NumberNodes.Unary(call.function(), number(call.arg(0)));
    };
  }

  BoundText text(Node node) {
    if (node instanceof Node.Column column) {
      return new TextNodes.Column(field(column));
    } else if (node instanceof Node.Literal literal) {
      return new TextNodes.Constant(literal.value().asText());
    }
    Node.Call call = (Node.Call) node;
    return switch (call.function()) {
      case CONCAT -> new TextNodes.Concat(text(call.arg(0)), text(call.arg(1)));
      case IF_MISSING -> new TextNodes.IfMissing(text(call.arg(0)), text(call.arg(1)));
      case IF -> new TextNodes.If(truth(call.arg(0)), text(call.arg(1)), text(call.arg(2)));
      default -> new TextNodes.Unary(TextNodes.unary(call), text(call.arg(0)));
    };
  }

  BoundTime time(Node node) {
    return new BoundTime(times(node));
  }

  private BoundLong times(Node node) {
    if (node instanceof Node.Column column) {
      int field = field(column);
      return BoundLong.ofTimes(schema.field(field).type(), field);
    } else if (node instanceof Node.Literal literal) {
      return new BoundLong.Constant(literal.value().asWhole());
    }
    Node.Call call = (Node.Call) node;
    return call.function() == Function.IF_MISSING
        ? new BoundLong.IfMissing(times(call.arg(0)), times(call.arg(1)))
        : new BoundLong.If(truth(call.arg(0)), times(call.arg(1)), times(call.arg(2)));
  }

  BoundTruth truth(Node node) {
    if (node instanceof Node.Column column) {
      return new TruthNodes.Column(field(column));
    } else if (node instanceof Node.Literal literal) {
      return new TruthNodes.Constant(literal.value().asFlag());
    }
    Node.Call call = (Node.Call) node;
    BoundTruth plain = truthCall(call);
    int category = onlyCategory(call);
    if (category < 0) {
      return plain;
    }
    List<String> values = ((FieldType.Category) schema.field(category).type()).values();
    byte[] truths = new byte[values.size() + 1];
    CategoryRow row = new CategoryRow(schema, category);
    try {
      for (int code = -1; code < values.size(); code++) {
        truths[code + 1] = plain.of(row.with(code < 0 ? null : values.get(code)));
      }
    } catch (DataException e) {
      // No row need have the value that cannot be computed.
      return plain;
    }
    return new TruthNodes.PerCode(plain, category, truths);
  }

  private BoundTruth truthCall(Node.Call call) {
    return switch (call.function()) {
      case AND -> new TruthNodes.And(truth(call.arg(0)), truth(call.arg(1)));
      case OR -> new TruthNodes.Or(truth(call.arg(0)), truth(call.arg(1)));
      case NOT -> new TruthNodes.Not(truth(call.arg(0)));
      case IF_MISSING -> new TruthNodes.IfMissing(truth(call.arg(0)), truth(call.arg(1)));
      case IF -> new TruthNodes.If(truth(call.arg(0)), truth(call.arg(1)), truth(call.arg(2)));
      case IS_MISSING -> isMissing(call.arg(0));
      case IN -> in(call);
      case MATCHES -> {
        TextPattern pattern = new TextPattern(Function.text(call.arg(1)));
        yield new TruthNodes.OneText(pattern::matches, text(call.arg(0)));
      }
      case CONTAINS, STARTS_WITH, ENDS_WITH ->
          new TruthNodes.TwoTexts(call.function(), text(call.arg(0)), text(call.arg(1)));
      default -> compare(call.function(), call.arg(0), call.arg(1));
    };
  }

  private BoundTruth isMissing(Node arg) {
    return switch (arg.kind()) {
      case NUMBER ->
          isWhole(arg)
              ? new TruthNodes.LongIsMissing(wholes(arg))
              : new TruthNodes.NumberIsMissing(number(arg));
      case TEXT -> new TruthNodes.TextIsMissing(text(arg));
      case TRUTH -> new TruthNodes.TruthIsMissing(truth(arg));
      case TIME -> new TruthNodes.LongIsMissing(times(arg));
    };
  }

  private BoundTruth compare(Function function, Node left, Node right) {
    return switch (left.kind()) {
      case NUMBER ->
          isWhole(left) && isWhole(right)
              ? new TruthNodes.CompareLongs(function, wholes(left), wholes(right))
              : new TruthNodes.CompareNumbers(function, number(left), number(right));
      case TEXT -> new TruthNodes.TwoTexts(function, text(left), text(right));
      case TRUTH -> new TruthNodes.CompareTruths(function, truth(left), truth(right));
      case TIME -> new TruthNodes.CompareLongs(function, times(left), times(right));
    };
  }

  /** Tells whether all 64 bits of a number count. */
  private boolean isWhole(Node node) {
    if (node instanceof Node.Column column) {
      return !(schema.field(field(column)).type() instanceof FieldType.Real);
    }
    return node instanceof Node.Literal literal && literal.value() instanceof Value.Whole;
  }

  private BoundLong wholes(Node node) {
    return node instanceof Node.Column column
        ? new BoundLong.Column(field(column))
        : new BoundLong.Constant(((Node.Literal) node).value().asWhole());
  }

  private BoundTruth in(Node.Call call) {
    Node arg = call.arg(0);
    List<Node> constants = call.args().subList(1, call.args().size());
    if (arg.kind() == Kind.TEXT) {
      Set<String> texts = new HashSet<>();
      constants.forEach(constant -> texts.add(Function.text(constant)));
      return new TruthNodes.OneText(texts::contains, text(arg));
    }
    // Balanced, so that a long list does not make a deep tree.
    return anyEqual(arg, constants);
  }

  private BoundTruth anyEqual(Node arg, List<Node> constants) {
    if (constants.size() == 1) {
      return compare(Function.EQ, arg, constants.get(0));
    }
    int half = constants.size() / 2;
    return new TruthNodes.Or(
        anyEqual(arg, constants.subList(0, half)),
        anyEqual(arg, constants.subList(half, constants.size())));
  }
}
