package dev.mlstack.data.check;

import dev.mlstack.core.expr.Expr;
import dev.mlstack.core.expr.TextPattern;
import dev.mlstack.core.expr.TruthExpr;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads what the documents of rules say. What a person would leave out may be left out. */
final class RuleDocuments {

  private RuleDocuments() {}

  static Expectation read(Value.Doc doc, CheckParts parts) {
    String name = doc.text("expect");
    return switch (name) {
      case "not-null" -> new ValueRules.NotNull();
      case "unique" -> new KeyRules.Unique();
      case "between" -> new ValueRules.Between(min(doc), max(doc));
      case "one-of" -> new ValueRules.OneOf(doc.texts("values"));
      case "matches" -> new ValueRules.Matches(new TextPattern(doc.text("pattern")));
      case "length" -> new ValueRules.Length(whole(doc, "min", 0), most(doc));
      case "rows" -> new ValueRules.Holds(condition(doc.get("condition")));
      case "custom" -> custom(doc, parts);
      case "unique-key" -> new KeyRules.UniqueKey(doc.texts("columns"));
      case "references" -> {
        Digest digest = Digest.parse(doc.text("dataset"));
        yield new KeyRules.References(
            digest, doc.text("other"), parts.dataset(digest).orElse(null));
      }
      case "increasing" ->
          new KeyRules.Increasing(doc.has("strictly") && doc.flag("strictly"));
      default -> readWhole(name, doc, parts);
    };
  }

  private static Expectation readWhole(String name, Value.Doc doc, CheckParts parts) {
    return switch (name) {
      case "null-share" -> new ColumnRules.NullShare(doc.real("max"));
      case "distinct-share" ->
          new ColumnRules.DistinctShare(real(doc, "min", 0), real(doc, "max", 1));
      case "mean" -> new ColumnRules.Moment(/* deviation= */ false, min(doc), max(doc));
      case "deviation" -> new ColumnRules.Moment(/* deviation= */ true, min(doc), max(doc));
      case "quantile" -> new ColumnRules.Quantile(doc.real("share"), min(doc), max(doc));
      case "fresh" -> new ColumnRules.Fresh(micros(doc.text("least")));
      case "like" -> {
        Digest digest = Digest.parse(doc.text("profile"));
        yield new ColumnRules.Like(
            digest, doc.real("max"), isKolmogorov(doc), parts.profile(digest).orElse(null));
      }
      case "type" -> new TableRules.HasType(FieldType.fromValue(doc.get("type")));
      case "row-count" -> new TableRules.RowCount(whole(doc, "min", 0), most(doc));
      case "schema" -> new TableRules.HasSchema(Schema.fromValue(doc.get("schema")));
      default -> throw new IllegalArgumentException("there is no rule '" + name + "'");
    };
  }

  private static boolean isKolmogorov(Value.Doc doc) {
    String measure = doc.has("measure") ? doc.text("measure") : "jensen-shannon";
    return switch (measure) {
      case "jensen-shannon" -> false;
      case "kolmogorov-smirnov" -> true;
      default -> throw new IllegalArgumentException("there is no measure '" + measure + "'");
    };
  }

  private static double min(Value.Doc doc) {
    return real(doc, "min", Double.NEGATIVE_INFINITY);
  }

  private static double max(Value.Doc doc) {
    return real(doc, "max", Double.POSITIVE_INFINITY);
  }

  private static double real(Value.Doc doc, String name, double otherwise) {
    return doc.has(name) ? doc.real(name) : otherwise;
  }

  private static long most(Value.Doc doc) {
    return whole(doc, "max", Long.MAX_VALUE);
  }

  private static long whole(Value.Doc doc, String name, long otherwise) {
    return doc.has(name) ? doc.whole(name) : otherwise;
  }

  private static long micros(String text) {
    try {
      return FieldType.Timestamp.micros(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "least must be like 2024-01-31T00:00:00Z but was '" + text + "'", e);
    }
  }

  private static TruthExpr condition(Value value) {
    if (value instanceof Value.Text text) {
      return Expr.parseTruth(text.text());
    } else if (Expr.fromValue(value) instanceof TruthExpr truth) {
      return truth;
    }
    throw new IllegalArgumentException("a condition must be true or false but is another value");
  }

  private static Expectation custom(Value.Doc doc, CheckParts parts) {
    VersionedName name = VersionedName.parse(doc.text("check"));
    Value.Doc parameters = doc.has("parameters") ? doc.get("parameters").asDoc() : Value.Doc.EMPTY;
    RowCheck check =
        parts.check(name, parameters).orElseGet(() -> new AbsentCheck(name, parameters));
    return new ValueRules.Custom(check);
  }

  /** Stands for a test that is not there. */
  private record AbsentCheck(VersionedName name, Value.Doc parameters) implements RowCheck {
    @Override
    public String demand() {
      return "must pass " + name;
    }

    @Override
    public Bound bind(Schema schema) {
      throw new IllegalArgumentException(
          "rule '" + demand() + "' was read without that test; read it with CheckParts that have it");
    }
  }
}
