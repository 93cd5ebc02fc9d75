package dev.mlstack.parquet;

import dev.mlstack.data.columnar.ColumnType;
import dev.mlstack.data.columnar.ColumnType.Unit;
import java.util.Locale;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;

/** What the types of Parquet are here. */
final class Types {

  private static final int UUID_BYTES = 16;

  private Types() {}

  static ColumnType of(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    if (logical != null) {
      return logical(element, logical);
    } else if (element.isSetConverted_type()) {
      return converted(element, element.getConverted_type());
    }
    return physical(element);
  }

  private static ColumnType physical(SchemaElement element) {
    return switch (element.getType()) {
      case BOOLEAN -> new ColumnType.Bool();
      case INT32 -> whole(Integer.SIZE, /* signed= */ true);
      case INT64 -> whole(Long.SIZE, /* signed= */ true);
      // What Impala and old Spark write: nanoseconds of a day, and a Julian day.
      case INT96 -> new ColumnType.Timestamp(Unit.NANOSECOND, /* utc= */ false);
      case FLOAT -> new ColumnType.Real(Float.SIZE);
      case DOUBLE -> new ColumnType.Real(Double.SIZE);
      case BYTE_ARRAY -> new ColumnType.Binary();
      case FIXED_LEN_BYTE_ARRAY ->
          new ColumnType.FixedBinary(element.getType_length(), /* uuid= */ false);
    };
  }

  private static ColumnType logical(SchemaElement element, LogicalType logical) {
    Type physical = element.getType();
    if (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON()) {
      return text(element);
    } else if (logical.isSetDECIMAL()) {
      return decimal(element, logical.getDECIMAL().precision, logical.getDECIMAL().scale);
    } else if (logical.isSetDATE()) {
      return require(physical == Type.INT32, new ColumnType.Date(/* millis= */ false), element);
    } else if (logical.isSetTIME()) {
      return span(element, unit(logical.getTIME().unit));
    } else if (logical.isSetTIMESTAMP()) {
      Unit unit = unit(logical.getTIMESTAMP().unit);
      boolean utc = logical.getTIMESTAMP().isAdjustedToUTC;
      return require(physical == Type.INT64, new ColumnType.Timestamp(unit, utc), element);
    } else if (logical.isSetINTEGER()) {
      return integer(element, logical.getINTEGER().bitWidth, logical.getINTEGER().isSigned);
    } else if (logical.isSetUNKNOWN()) {
      return new ColumnType.Nothing();
    } else if (logical.isSetUUID()) {
      ColumnType uuid = new ColumnType.FixedBinary(UUID_BYTES, /* uuid= */ true);
      return require(element.getType_length() == UUID_BYTES, uuid, element);
    } else if (logical.isSetFLOAT16()) {
      return require(element.getType_length() == 2, new ColumnType.Real(16), element);
    } else if (logical.isSetBSON()) {
      return physical(element);
    }
    // A later version of the format may have types that this one cannot even name.
    return new ColumnType.Unsupported(
        logical.getSetField() == null
            ? "unknown"
            : logical.getSetField().getFieldName().toLowerCase(Locale.ROOT));
  }

  private static ColumnType converted(SchemaElement element, ConvertedType type) {
    return switch (type) {
      case UTF8, ENUM, JSON -> text(element);
      case DECIMAL -> decimal(element, element.getPrecision(), element.getScale());
      case DATE -> new ColumnType.Date(/* millis= */ false);
      case TIME_MILLIS -> span(element, Unit.MILLISECOND);
      case TIME_MICROS -> span(element, Unit.MICROSECOND);
      case TIMESTAMP_MILLIS -> new ColumnType.Timestamp(Unit.MILLISECOND, /* utc= */ true);
      case TIMESTAMP_MICROS -> new ColumnType.Timestamp(Unit.MICROSECOND, /* utc= */ true);
      case UINT_8 -> integer(element, 8, /* signed= */ false);
      case UINT_16 -> integer(element, 16, /* signed= */ false);
      case UINT_32 -> integer(element, 32, /* signed= */ false);
      case UINT_64 -> integer(element, 64, /* signed= */ false);
      case INT_8 -> integer(element, 8, /* signed= */ true);
      case INT_16 -> integer(element, 16, /* signed= */ true);
      case INT_32 -> integer(element, 32, /* signed= */ true);
      case INT_64 -> integer(element, 64, /* signed= */ true);
      case INTERVAL -> new ColumnType.Unsupported("interval");
      case BSON -> physical(element);
      default -> new ColumnType.Unsupported(type.name().toLowerCase(Locale.ROOT));
    };
  }

  private static ColumnType text(SchemaElement element) {
    return switch (element.getType()) {
      case BYTE_ARRAY -> new ColumnType.Text();
      case FIXED_LEN_BYTE_ARRAY -> physical(element);
      default -> require(/* fits= */ false, physical(element), element);
    };
  }

  private static ColumnType whole(int bits, boolean signed) {
    return new ColumnType.Int(bits, signed);
  }

  private static ColumnType integer(SchemaElement element, int bits, boolean signed) {
    boolean fits =
        bits == Long.SIZE
            ? element.getType() == Type.INT64
            : element.getType() == Type.INT32 && (bits == 8 || bits == 16 || bits == 32);
    return require(fits, whole(bits, signed), element);
  }

  private static ColumnType span(SchemaElement element, Unit unit) {
    int bits = unit == Unit.MILLISECOND ? Integer.SIZE : Long.SIZE;
    boolean fits = element.getType() == (bits == Integer.SIZE ? Type.INT32 : Type.INT64);
    return require(fits, new ColumnType.Span("time", unit, bits), element);
  }

  private static ColumnType decimal(SchemaElement element, int precision, int scale) {
    int bits =
        switch (element.getType()) {
          case INT32 -> Integer.SIZE;
          case INT64 -> Long.SIZE;
          case BYTE_ARRAY -> precision <= 38 ? 128 : 256;
          case FIXED_LEN_BYTE_ARRAY -> element.getType_length() <= 16 ? 128 : 256;
          default -> 0;
        };
    boolean fits = bits > 0 && element.getType_length() <= 32 && precision > 0 && precision <= 76;
    return require(fits, new ColumnType.Decimal(bits, precision, scale), element);
  }

  private static ColumnType require(boolean fits, ColumnType type, SchemaElement element) {
    return fits ? type : new ColumnType.Unsupported(type + " as " + element.getType());
  }

  private static Unit unit(TimeUnit unit) {
    return unit.isSetMILLIS()
        ? Unit.MILLISECOND
        : unit.isSetMICROS() ? Unit.MICROSECOND : Unit.NANOSECOND;
  }
}
