package dev.mlstack.data.check;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What a table must be. */
final class TableRules {

  private TableRules() {}

  /** Returns a test whose outcome the schema decides. */
  private static RuleTest decided(boolean holds, String text) {
    RuleTest.Measured measured = new RuleTest.Measured(holds, text);
    return () ->
        new RuleTest.Part() {
          @Override
          public void test(Table table, Found found) {}

          @Override
          public RuleTest.Measured measured() {
            return measured;
          }
        };
  }

  /**
   * A column must be of a type.
   *
   * @param type the type
   */
  record HasType(FieldType type) implements Expectation {
    @Override
    public String demand() {
      return "must be of type " + type;
    }

    @Override
    public boolean isWhole() {
      return true;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "type").put("type", type.toValue());
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      OptionalInt index = schema.find(column);
      return index.isEmpty()
          ? decided(false, "there is no such column")
          : decided(
              schema.field(index.getAsInt()).type().equals(type),
              "it is of type " + schema.field(index.getAsInt()).type());
    }
  }

  /**
   * There must be so many rows.
   *
   * @param min the least number
   * @param max the greatest
   */
  record RowCount(long min, long max) implements Expectation {
    RowCount {
      if (min < 0 || min > max) {
        throw new IllegalArgumentException(
            "min must be from 0 to max but they are " + min + " and " + max);
      }
    }

    @Override
    public String demand() {
      return "must have "
          + (max == Long.MAX_VALUE ? "at least " + min : "between " + min + " and " + max)
          + " rows";
    }

    @Override
    public boolean isWhole() {
      return true;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "row-count").put("min", min).put("max", max);
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      return () -> new Count(this);
    }
  }

  private static final class Count extends ColumnRules.Measure {
    private final RowCount rule;

    Count(RowCount rule) {
      this.rule = rule;
    }

    @Override
    void add(Table table) {
      values += table.rows();
    }

    @Override
    void merge(ColumnRules.Measure behind) {}

    @Override
    public RuleTest.Measured measured() {
      boolean holds = values >= rule.min() && values <= rule.max();
      return new RuleTest.Measured(holds, "there are " + values + " rows");
    }
  }

  /**
   * The columns must be those of a schema, with their types, and not be missing where they must not;
   * in any order.
   *
   * @param expected the schema
   */
  record HasSchema(Schema expected) implements Expectation {
    @Override
    public String demand() {
      return "must have the columns " + expected.names();
    }

    @Override
    public boolean isWhole() {
      return true;
    }

    @Override
    public Value.Doc.Builder describe(Value.Doc.Builder doc) {
      return doc.put("expect", "schema").put("schema", expected.toValue());
    }

    @Override
    public RuleTest start(Schema schema, String column) {
      List<String> differences = new ArrayList<>();
      for (Field field : expected.fields()) {
        OptionalInt index = schema.find(field.name());
        if (index.isEmpty()) {
          differences.add("column '" + field.name() + "' is gone");
        } else {
          compare(field, schema.field(index.getAsInt()), differences);
        }
      }
      for (String name : schema.names()) {
        if (expected.find(name).isEmpty()) {
          differences.add("column '" + name + "' is new");
        }
      }
      return decided(
          differences.isEmpty(),
          differences.isEmpty() ? "nothing has changed" : String.join(", ", differences));
    }

    private static void compare(Field was, Field is, List<String> differences) {
      if (!was.type().equals(is.type())) {
        differences.add(
            "column '" + was.name() + "' is of type " + is.type() + " and was " + was.type());
      } else if (is.nullable() && !was.nullable()) {
        differences.add("column '" + was.name() + "' may be missing");
      }
    }
  }
}
