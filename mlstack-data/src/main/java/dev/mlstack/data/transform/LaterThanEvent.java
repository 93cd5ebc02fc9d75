package dev.mlstack.data.transform;

import dev.mlstack.core.feature.ChainInput;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DataException;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import java.util.List;

/**
 * Looks for features that tell of times after the event of their row: what happened then was not
 * known when the prediction would have been made, so a model that learns from it fails in use.
 *
 * <p>Checked is every column of dates or timestamps that a plan reads, if the schema has one column
 * in the role {@link Role#EVENT_TIME} and the column has not the tag {@value #PLANNED}. A date is
 * after an event if its day is. Immutable.
 */
final class LaterThanEvent {

  /** The tag of columns that tell of a time known beforehand, such as when a loan ends. */
  static final String PLANNED = "planned";

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final List<Field> events;
  private final List<Field> features;

  /**
   * Creates a check.
   *
   * @param schema the schema of the rows
   * @param chains what the plan reads
   */
  LaterThanEvent(Schema schema, List<PlannedChain> chains) {
    List<String> read =
        chains.stream()
            .map(PlannedChain::input)
            .map(ChainInput::columns)
            .flatMap(List::stream)
            .distinct()
            .toList();
    this.events =
        schema.inRole(Role.EVENT_TIME).stream()
            .filter(field -> Group.of(field.type()) == Group.TEMPORAL)
            .toList();
    this.features =
        schema.fields().stream()
            .filter(field -> read.contains(field.name()))
            .filter(field -> Group.of(field.type()) == Group.TEMPORAL)
            .filter(field -> field.role() != Role.EVENT_TIME && !field.tags().contains(PLANNED))
            .toList();
  }

  /**
   * Checks the rows of a table.
   *
   * @throws DataException if a feature is later than its event; the message names both
   */
  void check(Table table) {
    if (events.size() == 1) {
      LongColumn event = (LongColumn) table.column(events.get(0).name());
      features.forEach(field -> check(table, event, (LongColumn) table.column(field.name())));
    }
  }

  private static void check(Table table, LongColumn event, LongColumn feature) {
    for (int row = 0; row < table.rows(); row++) {
      if (!event.isNull(row) && !feature.isNull(row) && isLater(feature, event, row)) {
        throw new DataException(
            "row "
                + table.rowId(row)
                + ": the feature '"
                + feature.field().name()
                + "' is later than the event '"
                + event.field().name()
                + "' and was not known then; leave it out, or give it the tag '"
                + PLANNED
                + "' if it tells of a time that is known beforehand");
      }
    }
  }

  private static boolean isLater(LongColumn feature, LongColumn event, int row) {
    boolean inDays = isDate(feature) || isDate(event);
    return inDays ? day(feature, row) > day(event, row) : feature.get(row) > event.get(row);
  }

  private static long day(LongColumn column, int row) {
    return isDate(column) ? column.get(row) : Math.floorDiv(column.get(row), MICROS_PER_DAY);
  }

  private static boolean isDate(ColumnData column) {
    return column.field().type() instanceof FieldType.Date;
  }
}
