package dev.mlstack.core.feature;

import dev.mlstack.core.expr.Expr;
import dev.mlstack.core.expr.NumberExpr;
import dev.mlstack.core.expr.TextExpr;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import java.util.HashSet;
import java.util.List;

/** What the values of a chain are of: a column, or several put together. */
public sealed interface ChainInput {

  /** Returns the name, after which the slots of the chain are called. */
  String name();

  /** Returns the columns that are read. */
  List<String> columns();

  /** Adds the members that describe this input to the document of a chain. */
  void describe(Value.Doc.Builder chain);

  /**
   * Checks that what is read can be read in some way.
   *
   * @return the way
   */
  default Reading requireReadable(Reading reading) {
    return reading;
  }

  /**
   * Checks that the columns can be read.
   *
   * @param columns the schema that has them
   * @throws IllegalArgumentException if one is not there or of an unsuitable type
   */
  default void requireColumns(Reading reading, Schema columns) {
    for (String column : columns()) {
      FieldType type = columns.field(column).type();
      if (!reading.reads(type)) {
        throw new IllegalArgumentException(
            "column '" + column + "' is " + type + " and cannot be read as " + reading.words());
      }
    }
  }

  /** Tells whether documents of type pipeline/1 can have this input. */
  default boolean isOfFirstForm() {
    return false;
  }

  /**
   * The values of one column.
   *
   * @param name the name of the column
   */
  record Column(String name) implements ChainInput {
    @Override
    public List<String> columns() {
      return List.of(name);
    }

    @Override
    public void describe(Value.Doc.Builder chain) {
      chain.put(Pipelines.COLUMN, name);
    }

    @Override
    public boolean isOfFirstForm() {
      return true;
    }
  }

  /**
   * The texts of several columns as one: {@code DE|mobile}. A vertical bar or a backslash within a
   * text has a backslash before it, so that different texts never become the same. Where one text
   * is missing, the cross is.
   *
   * @param columns the names of the columns, two or more
   */
  record Cross(List<String> columns) implements ChainInput {
    /** Checks the columns. */
    public Cross {
      columns = List.copyOf(columns);
      if (columns.size() < 2 || new HashSet<>(columns).size() < columns.size()) {
        throw new IllegalArgumentException(
            "columns of a cross must be two or more different ones but were " + columns);
      }
    }

    @Override
    public String name() {
      return String.join("*", columns);
    }

    @Override
    public Reading requireReadable(Reading reading) {
      if (reading != Reading.TEXT) {
        throw new IllegalArgumentException(
            "the cross '" + name() + "' must be read as a text but is read as " + reading.words());
      }
      return reading;
    }

    @Override
    public void describe(Value.Doc.Builder chain) {
      chain.put(Pipelines.CROSS, Value.ofTexts(columns));
    }
  }

  /**
   * What an expression computes of the columns of a row.
   *
   * @param name what it is called
   * @param expression gives numbers or texts
   */
  record Formula(String name, Expr expression) implements ChainInput {
    /** Checks the name and the kind. */
    public Formula {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name of an expression must not be blank");
      }
      if (expression.columns().isEmpty()) {
        throw new IllegalArgumentException(
            "the expression '" + name + "' must read a column but is " + expression);
      }
    }

    @Override
    public List<String> columns() {
      return List.copyOf(expression.columns());
    }

    @Override
    public Reading requireReadable(Reading reading) {
      boolean fits =
          reading == Reading.NUMBER
              ? expression instanceof NumberExpr
              : reading == Reading.TEXT && expression instanceof TextExpr;
      if (!fits) {
        throw new IllegalArgumentException(
            "the expression '"
                + name
                + "' gives "
                + expression.kind()
                + " and cannot be read as "
                + reading.words());
      }
      return reading;
    }

    @Override
    public void requireColumns(Reading reading, Schema columns) {
      bind(columns);
    }

    private void bind(Schema columns) {
      if (expression instanceof NumberExpr numbers) {
        numbers.bind(columns);
      } else {
        ((TextExpr) expression).bind(columns);
      }
    }

    @Override
    public void describe(Value.Doc.Builder chain) {
      chain.put(Pipelines.NAME, name).put(Pipelines.EXPRESSION, expression.toValue());
    }
  }
}
