package dev.mlstack.data.jdbc;

import dev.mlstack.schema.FieldType;
import dev.mlstack.table.DataException;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is particular to one database. */
final class Database {

  /** Fetches rows one by one; the only way in which the driver of MySQL does not take them all. */
  private static final int ROW_BY_ROW = Integer.MIN_VALUE;

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Kind kind;
  private final String quote;
  private final String nameEscape;
  private final boolean commitsDefinitions;

  /** The databases that need something of their own. */
  private enum Kind {
    POSTGRESQL,
    SQLITE,
    MYSQL,
    MARIADB,
    H2,
    ORACLE,
    SQL_SERVER,
    OTHER;

    static Kind of(String product) {
      String name = product.toLowerCase(Locale.ROOT);
      return name.contains("postgresql")
          ? POSTGRESQL
          : name.contains("sqlite")
              ? SQLITE
              : name.contains("mariadb")
                  ? MARIADB
                  : name.contains("mysql")
                      ? MYSQL
                      : name.equals("h2")
                          ? H2
                          : name.contains("oracle")
                              ? ORACLE
                              : name.contains("sql server") ? SQL_SERVER : OTHER;
    }
  }

  private Database(Kind kind, String quote, String nameEscape, boolean commitsDefinitions) {
    this.kind = kind;
    this.quote = quote;
    this.nameEscape = nameEscape;
    this.commitsDefinitions = commitsDefinitions;
  }

  static Database of(DatabaseMetaData metaData) throws SQLException {
    return new Database(
        Kind.of(metaData.getDatabaseProductName()),
        metaData.getIdentifierQuoteString().strip(),
        metaData.getSearchStringEscape(),
        metaData.dataDefinitionCausesTransactionCommit());
  }

  /** Tells whether a value need not have the type of its column, so that only looking helps. */
  boolean isDynamic() {
    return kind == Kind.SQLITE;
  }

  /** Returns the fetch size to ask the driver for where {@code wanted} rows are wanted. */
  int fetchSize(int wanted) {
    return kind == Kind.MYSQL ? ROW_BY_ROW : wanted;
  }

  /** Tells whether this database calls catalog what others call schema. */
  boolean callsSchemasCatalogs() {
    return kind == Kind.MYSQL || kind == Kind.MARIADB;
  }

  /** Tells whether creating a table ends the transaction. */
  boolean commitsDefinitions() {
    return commitsDefinitions;
  }

  /** Tells whether dates and timestamps are kept as texts. */
  boolean writesTimesAsText() {
    return kind == Kind.SQLITE;
  }

  /** Tells whether a NaN would become a missing value, or an error without a place. */
  boolean hasNoNaN() {
    return kind == Kind.SQLITE || kind == Kind.MYSQL || kind == Kind.MARIADB;
  }

  /** Tells whether a text cannot have the character U+0000. */
  boolean hasNoZeroCharacter() {
    return kind == Kind.POSTGRESQL;
  }

  /**
   * Returns a name as it stands in a statement, so that it cannot be anything but a name.
   *
   * @throws DataException if that is not possible
   */
  String quoted(String name) {
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new DataException("a database cannot have the name '" + name + "'");
    } else if (!quote.isEmpty()) {
      return quote + name.replace(quote, quote + quote) + quote;
    } else if (!PLAIN_NAME.matcher(name).matches()) {
      throw new DataException(
          "this database cannot quote names, so that '" + name + "' cannot be one; rename it");
    }
    return name;
  }

  /** Returns the pattern that only one name matches. */
  String pattern(String name) {
    return nameEscape.isEmpty()
        ? name
        : name.replace(nameEscape, nameEscape + nameEscape)
            .replace("_", nameEscape + "_")
            .replace("%", nameEscape + "%");
  }

  /** Returns the type of a column of a new table, if this database can have such a column. */
  Optional<String> columnType(FieldType type) {
    if (type instanceof FieldType.Int integer) {
      return Optional.of(
          integer.bits() <= Short.SIZE
              ? "smallint"
              : integer.bits() == Integer.SIZE ? "integer" : "bigint");
    } else if (type instanceof FieldType.Real real) {
      return Optional.of(real.bits() == Float.SIZE ? "real" : "double precision");
    } else if (type instanceof FieldType.Bool) {
      return Optional.of(kind == Kind.SQL_SERVER ? "bit" : "boolean");
    } else if (type instanceof FieldType.Date) {
      return Optional.of("date");
    } else if (type instanceof FieldType.Timestamp timestamp) {
      return Optional.of(timestamp.utc() ? instant() : dateAndTime());
    } else if (type instanceof FieldType.Tensor) {
      return Optional.ofNullable(
          kind == Kind.POSTGRESQL ? "real[]" : kind == Kind.H2 ? "real array" : null);
    }
    return Optional.of(text());
  }

  private String dateAndTime() {
    return switch (kind) {
      case MYSQL, MARIADB -> "datetime(6)";
      case SQL_SERVER -> "datetime2(6)";
      case SQLITE -> "timestamp";
      default -> "timestamp(6)";
    };
  }

  private String instant() {
    return switch (kind) {
      case MYSQL, MARIADB -> "timestamp(6)";
      case SQL_SERVER -> "datetimeoffset(6)";
      case SQLITE -> "timestamp with time zone";
      default -> "timestamp(6) with time zone";
    };
  }

  private String text() {
    return switch (kind) {
      case MYSQL, MARIADB -> "longtext";
      case SQL_SERVER -> "nvarchar(max)";
      case ORACLE -> "clob";
      case H2 -> "varchar";
      default -> "text";
    };
  }

  /** Returns the type of the numbers of an array, as drivers are told it. */
  String arrayElement() {
    return kind == Kind.POSTGRESQL ? "float4" : "REAL";
  }
}
