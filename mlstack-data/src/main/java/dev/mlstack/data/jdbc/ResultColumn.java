package dev.mlstack.data.jdbc;

import dev.mlstack.schema.FieldType;
import dev.mlstack.table.DataException;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of the result of a query.
 *
 * @param index its place, from 1
 * @param name its name
 * @param kind what its values are
 * @param typeName what the database calls its type
 * @param type the type that the kind stands for, if no value has to be looked at for that; text
 *     where one has to
 * @param required whether the database says that a value is never missing
 */
record ResultColumn(
    int index, String name, Kind kind, String typeName, FieldType type, boolean required) {

  /** Kinds of values, by how they are read. */
  enum Kind {
    FLAG,
    WHOLE,
    DECIMAL,
    FLOAT,
    DOUBLE,
    TEXT,
    DATE,
    DATE_TIME,
    INSTANT,
    ARRAY,
    /** Each value has a type of its own. */
    DYNAMIC,
    REFUSED;

    /** Tells whether only the values tell the type. */
    boolean mustBeLookedAt() {
      return this == ARRAY || this == DYNAMIC;
    }
  }

  /** The longest whole numbers that always fit into 64 bits. */
  private static final int MAX_LONG_DIGITS = 18;

  /** Types that are text in all but name. */
  private static final Set<String> TEXTUAL =
      Set.of(
          "uuid",
          "json",
          "jsonb",
          "citext",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "interval",
          "varbit",
          "bit",
          "ltree",
          "enum");

  private static final Set<String> INSTANTS =
      Set.of("timestamptz", "timestamp with time zone", "datetimeoffset");

  /**
   * Returns the columns of a result.
   *
   * @param source what people call the query
   * @throws DataException if a column has no name, or two have the same
   */
  static List<ResultColumn> of(String source, ResultSetMetaData result, Database database)
      throws SQLException {
    List<ResultColumn> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 1; i <= result.getColumnCount(); i++) {
      ResultColumn column = of(result, i, database);
      if (column.name.isBlank()) {
        throw new DataException(source + ": column " + i + " has no name; give it one: … as name");
      } else if (!names.add(column.name)) {
        throw new DataException(
            source + " has two columns named '" + column.name + "'; give one another: … as name");
      }
      columns.add(column);
    }
    return columns;
  }

  private static ResultColumn of(ResultSetMetaData result, int i, Database database)
      throws SQLException {
    String label = result.getColumnLabel(i);
    String typeName = nameOf(result.getColumnTypeName(i));
    Kind kind = database.isDynamic() ? Kind.DYNAMIC : kind(result, i, typeName);
    FieldType type = kind.mustBeLookedAt() ? FieldType.TEXT : type(kind, result, i);
    boolean required = result.isNullable(i) == ResultSetMetaData.columnNoNulls;
    return new ResultColumn(i, label == null ? "" : label, kind, typeName, type, required);
  }

  /** Returns the name of a type without its parameters. */
  private static String nameOf(@Nullable String typeName) {
    String name = String.valueOf(typeName).toLowerCase(Locale.ROOT);
    int parameters = name.indexOf('(');
    return parameters < 0 || name.endsWith("zone") ? name : name.substring(0, parameters).strip();
  }

  private static Kind kind(ResultSetMetaData result, int i, String typeName) throws SQLException {
    int type = result.getColumnType(i);
    return switch (type) {
      case Types.BOOLEAN -> Kind.FLAG;
      case Types.BIT -> result.getPrecision(i) > 1 ? Kind.TEXT : Kind.FLAG;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.WHOLE;
      case Types.DECIMAL, Types.NUMERIC -> Kind.DECIMAL;
      case Types.REAL -> Kind.FLOAT;
      case Types.FLOAT, Types.DOUBLE -> Kind.DOUBLE;
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB,
          Types.SQLXML,
          Types.TIME,
          Types.TIME_WITH_TIMEZONE,
          Types.NULL ->
          Kind.TEXT;
      case Types.DATE -> Kind.DATE;
      case Types.TIMESTAMP -> INSTANTS.contains(typeName) ? Kind.INSTANT : Kind.DATE_TIME;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Kind.INSTANT;
      case Types.ARRAY -> Kind.ARRAY;
      default ->
          INSTANTS.contains(typeName)
              ? Kind.INSTANT
              : isTextual(type, typeName) ? Kind.TEXT : Kind.REFUSED;
    };
  }

  private static boolean isTextual(int type, String typeName) {
    boolean binary =
        type == Types.BINARY
            || type == Types.VARBINARY
            || type == Types.LONGVARBINARY
            || type == Types.BLOB;
    // The driver of H2 calls a uuid binary, and gives its text all the same.
    return TEXTUAL.contains(typeName) && (!binary || typeName.equals("uuid"));
  }

  private static FieldType type(Kind kind, ResultSetMetaData result, int i) throws SQLException {
    return switch (kind) {
      case FLAG -> FieldType.BOOL;
      case WHOLE -> whole(result.getColumnType(i), result.isSigned(i));
      case DECIMAL -> decimal(result.getPrecision(i), result.getScale(i));
      case FLOAT -> FieldType.FLOAT32;
      case DOUBLE -> FieldType.FLOAT64;
      case DATE -> FieldType.DATE;
      case DATE_TIME -> FieldType.LOCAL_DATE_TIME;
      case INSTANT -> FieldType.INSTANT;
      default -> FieldType.TEXT;
    };
  }

  /** Returns the narrowest type for a whole number, which takes one size more without a sign. */
  private static FieldType whole(int type, boolean signed) {
    return switch (type) {
      case Types.TINYINT -> new FieldType.Int(signed ? Byte.SIZE : Short.SIZE);
      case Types.SMALLINT -> new FieldType.Int(signed ? Short.SIZE : Integer.SIZE);
      case Types.INTEGER -> signed ? FieldType.INT32 : FieldType.INT64;
      default -> FieldType.INT64;
    };
  }

  private static FieldType decimal(int precision, int scale) {
    return scale == 0 && precision > 0 && precision <= MAX_LONG_DIGITS
        ? FieldType.INT64
        : FieldType.FLOAT64;
  }

  /**
   * Checks that values of this column can be read as a type.
   *
   * @param hasZone whether a date and time can become an instant
   * @throws DataException if not
   */
  void requireReadable(String source, FieldType as, boolean hasZone) {
    if (kind == Kind.REFUSED) {
      throw new DataException(
          String.format(
              "%s: column '%s' has the type %s, which no column of a dataset can hold; cast it in"
                  + " the query, or leave it out",
              source, name, typeName));
    } else if (!isReadable(as, hasZone)) {
      throw new DataException(
          String.format(
              "%s: column '%s' has the type %s, which cannot be read as %s; cast it in the query",
              source, name, typeName, as));
    }
  }

  private boolean isReadable(FieldType as, boolean hasZone) {
    boolean textual = as instanceof FieldType.Text || as instanceof FieldType.Category;
    boolean moment = as instanceof FieldType.Date || as instanceof FieldType.Timestamp;
    boolean utc = as instanceof FieldType.Timestamp timestamp && timestamp.utc();
    return switch (kind) {
      case FLAG, WHOLE, DECIMAL -> as.isNumeric() || textual;
      // How a driver would write it as text is its own affair.
      case FLOAT, DOUBLE -> as.isNumeric();
      case TEXT -> textual || moment;
      case DATE -> textual || (moment && !utc);
      case DATE_TIME -> textual || (as instanceof FieldType.Timestamp && (!utc || hasZone));
      case INSTANT -> textual || utc;
      case ARRAY -> as instanceof FieldType.Tensor;
      default -> !(as instanceof FieldType.Tensor);
    };
  }
}
