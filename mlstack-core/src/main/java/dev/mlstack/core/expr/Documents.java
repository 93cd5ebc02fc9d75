package dev.mlstack.core.expr;

import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes expressions as documents and reads them back. */
final class Documents {

  private Documents() {}

  static Value write(Node node) {
    if (node instanceof Node.Column column) {
      return Value.doc()
          .put("column", column.name())
          .put("kind", column.kind().lowerName())
          .build();
    } else if (node instanceof Node.Literal literal) {
      Value value =
          literal.kind() == Kind.TIME ? Value.of(time(literal.value().asWhole())) : literal.value();
      return Value.doc().put(literal.kind().lowerName(), value).build();
    }
    Node.Call call = (Node.Call) node;
    return Value.doc()
        .put("call", call.function().lowerName())
        .put("args", call.args().stream().map(Documents::write).toList())
        .build();
  }

  static Node read(Value value) {
    return read(value, 1);
  }

  private static Node read(Value value, int depth) {
    if (depth > Node.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "an expression must not be deeper than " + Node.MAX_DEPTH + " functions in each other");
    }
    Value.Doc doc = value.asDoc();
    Node node;
    if (doc.has("call")) {
      Function function = Function.of(doc.text("call"));
      List<Value> items = doc.items("args");
      if (items.size() > Node.MAX_SIZE) {
        throw new IllegalArgumentException(
            "an expression must not have more than " + Node.MAX_SIZE + " parts");
      }
      List<Node> args = new ArrayList<>();
      for (Value item : items) {
        args.add(read(item, depth + 1));
      }
      node = Node.Call.of(function, args);
    } else if (doc.has("column")) {
      node = new Node.Column(Kind.of(doc.text("kind")), doc.text("column"));
    } else {
      node = literal(doc);
    }
    requireNothingElse(doc, node);
    return node;
  }

  /** Refuses members that say nothing: they may be what somebody meant to say. */
  private static void requireNothingElse(Value.Doc doc, Node node) {
    int known = node instanceof Node.Literal ? 1 : 2;
    if (doc.members().size() != known) {
      throw new IllegalArgumentException(
          "an expression has members that say nothing in " + doc.members().keySet());
    }
  }

  private static Node.Literal literal(Value.Doc doc) {
    if (doc.has("number")) {
      Value number = doc.get("number");
      return number instanceof Value.Whole whole
          ? Node.Literal.of(whole.number())
          : Node.Literal.of(number.asReal());
    } else if (doc.has("text")) {
      return Node.Literal.of(doc.text("text"));
    } else if (doc.has("truth")) {
      return Node.Literal.of(doc.flag("truth"));
    } else if (doc.has("time")) {
      return Node.Literal.ofMicros(micros(doc.text("time")));
    }
    throw new IllegalArgumentException(
        "an expression must have call, column, number, text, truth or time but has "
            + doc.members().keySet());
  }

  /** Returns a time as people write it. */
  static String time(long micros) {
    return FieldType.Timestamp.instant(micros).toString();
  }

  /** Returns the microseconds of a time as people write it. */
  static long micros(String text) {
    try {
      return FieldType.Timestamp.micros(Instant.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a time must be like 2024-01-31T00:00:00Z but was '" + text + "'", e);
    }
  }
}
