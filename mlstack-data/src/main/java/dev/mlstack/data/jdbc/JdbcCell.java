package dev.mlstack.data.jdbc;

import dev.mlstack.data.internal.CellWriter;
import dev.mlstack.schema.FieldType;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the values of one column of a result into a column of a table. */
@FunctionalInterface
interface JdbcCell {

  /**
   * Takes the value of the current row.
   *
   * @return what is wrong with it, {@code null} if nothing is
   * @throws SQLException if the driver does not give it
   */
  @Nullable String read(ResultSet rows, CellWriter cell) throws SQLException;

  /**
   * Returns what reads a column as a type.
   *
   * @param zone in which a date and time without a zone is an instant
   */
  static JdbcCell of(ResultColumn column, FieldType as, Optional<ZoneId> zone) {
    int i = column.index();
    boolean textual = as instanceof FieldType.Text || as instanceof FieldType.Category;
    return switch (column.kind()) {
      case FLAG -> textual ? text(i) : flag(i);
      case WHOLE -> textual ? text(i) : whole(i);
      case DECIMAL -> textual ? text(i) : as instanceof FieldType.Real ? real(i) : decimal(i);
      case FLOAT -> narrow(i);
      case DOUBLE -> real(i);
      case DATE -> new JdbcTimes.Dates(i, textual);
      case DATE_TIME -> new JdbcTimes.DateTimes(i, textual, zone(as, zone));
      case INSTANT -> new JdbcTimes.Instants(i, textual);
      case ARRAY -> new JdbcArray(i);
      case DYNAMIC -> textual ? dynamicText(i) : dynamic(i);
      default -> text(i);
    };
  }

  private static @Nullable ZoneId zone(FieldType as, Optional<ZoneId> zone) {
    return as.equals(FieldType.INSTANT) ? zone.orElseThrow() : null;
  }

  private static JdbcCell flag(int i) {
    return (rows, cell) -> {
      boolean value = rows.getBoolean(i);
      return rows.wasNull() ? cell.missing() : cell.whole(value ? 1 : 0);
    };
  }

  private static JdbcCell whole(int i) {
    return (rows, cell) -> {
      long value = rows.getLong(i);
      return rows.wasNull() ? cell.missing() : cell.whole(value);
    };
  }

  private static JdbcCell real(int i) {
    return (rows, cell) -> {
      double value = rows.getDouble(i);
      return rows.wasNull() ? cell.missing() : cell.real(value);
    };
  }

  private static JdbcCell narrow(int i) {
    return (rows, cell) -> {
      float value = rows.getFloat(i);
      return rows.wasNull() ? cell.missing() : cell.real(value);
    };
  }

  private static JdbcCell text(int i) {
    return (rows, cell) -> {
      String value = rows.getString(i);
      return value == null ? cell.missing() : cell.text(value);
    };
  }

  private static JdbcCell decimal(int i) {
    return (rows, cell) -> {
      BigDecimal value = rows.getBigDecimal(i);
      return value == null ? cell.missing() : exact(value, cell);
    };
  }

  private static @Nullable String exact(BigDecimal value, CellWriter cell) {
    try {
      return cell.whole(value.longValueExact());
    } catch (ArithmeticException e) {
      boolean whole = value.stripTrailingZeros().scale() <= 0;
      return whole ? "too large for " + cell.type() : "not a whole number";
    }
  }

  private static JdbcCell dynamic(int i) {
    return (rows, cell) -> {
      Object value = rows.getObject(i);
      return value == null ? cell.missing() : object(value, cell);
    };
  }

  private static @Nullable String object(Object value, CellWriter cell) {
    if (value instanceof Integer || value instanceof Long) {
      return cell.whole(((Number) value).longValue());
    } else if (value instanceof Double number) {
      return cell.real(number);
    } else if (value instanceof String text) {
      return cell.text(text);
    }
    return "a value of the class " + value.getClass().getSimpleName();
  }

  private static JdbcCell dynamicText(int i) {
    return (rows, cell) -> {
      Object value = rows.getObject(i);
      if (value instanceof byte[]) {
        return object(value, cell);
      }
      return value == null ? cell.missing() : cell.text(rows.getString(i));
    };
  }

  /** Returns a moment as a text or as itself; a text does not depend on the zone of the session. */
  static @Nullable String instant(Instant value, boolean textual, CellWriter cell) {
    return textual
        ? cell.text(value.toString())
        : cell.timestamp(FieldType.Timestamp.micros(value), /* utc= */ true);
  }

  /** Returns a moment without a zone as a text or as itself. */
  static @Nullable String dateTime(LocalDateTime value, boolean textual, CellWriter cell) {
    return textual
        ? cell.text(value.toString())
        : cell.timestamp(FieldType.Timestamp.micros(value), /* utc= */ false);
  }

  /** Returns a date as a text or as itself. */
  static @Nullable String date(LocalDate value, boolean textual, CellWriter cell) {
    return textual ? cell.text(value.toString()) : cell.date(value.toEpochDay());
  }
}
