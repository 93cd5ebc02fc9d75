package dev.mlstack.core.feature;

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
    public void describe(Value.Doc.Builder chain) {
      chain.put(Pipelines.CROSS, Value.ofTexts(columns));
    }
  }
}
