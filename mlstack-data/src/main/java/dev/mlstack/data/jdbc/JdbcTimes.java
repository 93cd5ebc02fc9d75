package dev.mlstack.data.jdbc;

import dev.mlstack.data.internal.CellWriter;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and timestamps: as the classes of java.time (JDBC 4.2), or, from a driver that does
 * not know them, as the older ones, which show the same calendar fields.
 */
abstract class JdbcTimes implements JdbcCell {

  final int index;
  final boolean textual;
  private boolean old;

  JdbcTimes(int index, boolean textual) {
    this.index = index;
    this.textual = textual;
  }

  @Override
  public final @Nullable String read(ResultSet rows, CellWriter cell) throws SQLException {
    try {
      if (!old) {
        return take(rows, cell);
      }
    } catch (SQLFeatureNotSupportedException e) {
      old = true;
    } catch (IllegalArgumentException e) {
      return "too far from 1970 for a timestamp";
    }
    return takeOld(rows, cell);
  }

  /**
   * Takes a value of java.time.
   *
   * @throws IllegalArgumentException if it is too far from 1970
   */
  abstract @Nullable String take(ResultSet rows, CellWriter cell) throws SQLException;

  /** Takes a value of java.sql. */
  abstract @Nullable String takeOld(ResultSet rows, CellWriter cell) throws SQLException;

  /** Dates. */
  static final class Dates extends JdbcTimes {
    Dates(int index, boolean textual) {
      super(index, textual);
    }

    @Override
    @Nullable String take(ResultSet rows, CellWriter cell) throws SQLException {
      LocalDate value = rows.getObject(index, LocalDate.class);
      return value == null ? cell.missing() : JdbcCell.date(value, textual, cell);
    }

    @Override
    @Nullable String takeOld(ResultSet rows, CellWriter cell) throws SQLException {
      Date value = rows.getDate(index);
      return value == null ? cell.missing() : JdbcCell.date(value.toLocalDate(), textual, cell);
    }
  }

  /** Dates and times without a zone; as instants, if a zone is given. */
  static final class DateTimes extends JdbcTimes {
    private final @Nullable ZoneId zone;

    DateTimes(int index, boolean textual, @Nullable ZoneId zone) {
      super(index, textual);
      this.zone = zone;
    }

    @Override
    @Nullable String take(ResultSet rows, CellWriter cell) throws SQLException {
      LocalDateTime value = rows.getObject(index, LocalDateTime.class);
      return value == null ? cell.missing() : take(value, cell);
    }

    @Override
    @Nullable String takeOld(ResultSet rows, CellWriter cell) throws SQLException {
      Timestamp value = rows.getTimestamp(index);
      return value == null ? cell.missing() : take(value.toLocalDateTime(), cell);
    }

    private @Nullable String take(LocalDateTime value, CellWriter cell) {
      return zone == null
          ? JdbcCell.dateTime(value, textual, cell)
          : JdbcCell.instant(value.atZone(zone).toInstant(), textual, cell);
    }
  }

  /** Instants. */
  static final class Instants extends JdbcTimes {
    Instants(int index, boolean textual) {
      super(index, textual);
    }

    @Override
    @Nullable String take(ResultSet rows, CellWriter cell) throws SQLException {
      OffsetDateTime value = rows.getObject(index, OffsetDateTime.class);
      return value == null ? cell.missing() : JdbcCell.instant(value.toInstant(), textual, cell);
    }

    @Override
    @Nullable String takeOld(ResultSet rows, CellWriter cell) throws SQLException {
      Timestamp value = rows.getTimestamp(index);
      return value == null ? cell.missing() : JdbcCell.instant(value.toInstant(), textual, cell);
    }
  }
}
