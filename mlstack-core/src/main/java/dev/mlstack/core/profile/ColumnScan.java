package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;

/** What is known of one column between two rounds. Immutable. */
interface ColumnScan {

  /**
   * Returns what is known before the first round.
   *
   * @param columns how many columns are scanned at once, which share the memory
   */
  static ColumnScan start(Field field, int columns) {
    FieldType type = field.type();
    if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return new TextScan(field);
    }
    return new NumberScan(field, columns);
  }

  /** Returns what a round begins with. */
  Tally tally();

  /**
   * Returns what is known after a round.
   *
   * @param total the tally of all rows
   */
  ColumnScan next(Tally total);

  /** Tells whether all is known. */
  default boolean done() {
    return false;
  }

  /** All that there is to know. */
  record Done(ColumnProfile profile) implements ColumnScan {

    @Override
    public Tally tally() {
      return Tally.NOTHING;
    }

    @Override
    public ColumnScan next(Tally total) {
      return this;
    }

    @Override
    public boolean done() {
      return true;
    }
  }
}
