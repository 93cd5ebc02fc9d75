package dev.mlstack.data.ipc;

import com.google.flatbuffers.Table;
import dev.mlstack.data.columnar.ColumnType;
import dev.mlstack.data.columnar.ColumnType.Unit;
import dev.mlstack.data.ipc.Layout.Form;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.flatbuf.UnionMode;

/** What the types of Arrow are here, and how many buffers they have. */
final class Leaf {

  private Leaf() {}

  /** Returns the type of the values of a field, not looking at a dictionary. */
  static ColumnType type(Field field) {
    return switch (field.typeType()) {
      case Type.Null -> new ColumnType.Nothing();
      case Type.Bool -> new ColumnType.Bool();
      case Type.Int -> whole(part(field, new Int()));
      case Type.FloatingPoint -> real(part(field, new FloatingPoint()));
      case Type.Utf8, Type.LargeUtf8, Type.Utf8View -> new ColumnType.Text();
      case Type.Binary, Type.LargeBinary, Type.BinaryView -> new ColumnType.Binary();
      case Type.FixedSizeBinary -> fixed(part(field, new FixedSizeBinary()));
      case Type.Date -> new ColumnType.Date(part(field, new Date()).unit() == DateUnit.MILLISECOND);
      case Type.Timestamp -> timestamp(part(field, new Timestamp()));
      case Type.Time -> {
        Time time = part(field, new Time());
        int bits = time.bitWidth() == Integer.SIZE ? Integer.SIZE : Long.SIZE;
        yield new ColumnType.Span("time", unit(time.unit()), bits);
      }
      case Type.Duration -> {
        Duration duration = part(field, new Duration());
        yield new ColumnType.Span("duration", unit(duration.unit()), Long.SIZE);
      }
      case Type.Decimal -> decimal(part(field, new Decimal()));
      default -> new ColumnType.Unsupported(name(field.typeType()));
    };
  }

  static ColumnType.Int whole(Int type) {
    int bits = type.bitWidth();
    if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
      throw new IllegalArgumentException("there are no numbers of " + bits + " bits");
    }
    return new ColumnType.Int(bits, type.isSigned());
  }

  private static ColumnType real(FloatingPoint type) {
    return new ColumnType.Real(
        switch (type.precision()) {
          case Precision.HALF -> 16;
          case Precision.SINGLE -> Float.SIZE;
          case Precision.DOUBLE -> Double.SIZE;
          default ->
              throw new IllegalArgumentException("there is no precision " + type.precision());
        });
  }

  private static ColumnType fixed(FixedSizeBinary type) {
    if (type.byteWidth() < 0) {
      throw new IllegalArgumentException("a width must be positive but is " + type.byteWidth());
    }
    return new ColumnType.FixedBinary(type.byteWidth(), /* uuid= */ false);
  }

  private static ColumnType timestamp(Timestamp type) {
    String zone = type.timezone();
    return new ColumnType.Timestamp(unit(type.unit()), zone != null && !zone.isEmpty());
  }

  private static ColumnType decimal(Decimal type) {
    int bits = type.bitWidth();
    if (bits != 32 && bits != 64 && bits != 128 && bits != 256) {
      throw new IllegalArgumentException("there are no decimal numbers of " + bits + " bits");
    }
    return new ColumnType.Decimal(bits, type.precision(), type.scale());
  }

  private static Unit unit(short unit) {
    return switch (unit) {
      case TimeUnit.SECOND -> Unit.SECOND;
      case TimeUnit.MILLISECOND -> Unit.MILLISECOND;
      case TimeUnit.MICROSECOND -> Unit.MICROSECOND;
      case TimeUnit.NANOSECOND -> Unit.NANOSECOND;
      default -> throw new IllegalArgumentException("there is no unit of time " + unit);
    };
  }

  private static String name(int type) {
    return switch (type) {
      case Type.Interval -> "interval";
      case Type.List, Type.LargeList, Type.ListView, Type.LargeListView -> "list";
      case Type.FixedSizeList -> "fixed-size list";
      case Type.Struct_ -> "struct";
      case Type.Map -> "map";
      case Type.Union -> "union";
      case Type.RunEndEncoded -> "run-end encoded";
      default -> "number " + type + " of a later Arrow";
    };
  }

  /** Returns what else a field says of its type, which a damaged one does not. */
  static <T extends Table> T part(Field field, T type) {
    Messages.required(field.type(type), "the type of column '" + field.name() + "'");
    return type;
  }

  /** Returns how values of a type stand. */
  static Form form(int type) {
    return switch (type) {
      case Type.Bool -> Form.BITS;
      case Type.Utf8, Type.Binary -> Form.OFFSETS;
      case Type.LargeUtf8, Type.LargeBinary -> Form.LARGE_OFFSETS;
      case Type.Utf8View, Type.BinaryView -> Form.VIEWS;
      case Type.Int,
          Type.FloatingPoint,
          Type.Date,
          Type.Time,
          Type.Timestamp,
          Type.Interval,
          Type.Decimal,
          Type.FixedSizeBinary,
          Type.Duration ->
          Form.FIXED;
      default -> Form.NOTHING;
    };
  }

  /** Returns how many buffers a column has whose values stand in a form, apart from views. */
  static int buffers(Form form) {
    return switch (form) {
      case NOTHING -> 0;
      case BITS, FIXED, VIEWS -> 2;
      case OFFSETS, LARGE_OFFSETS -> 3;
    };
  }

  /** Returns how many buffers a field has itself, without its children and apart from views. */
  static int ownBuffers(Field field) {
    return switch (field.typeType()) {
      case Type.Struct_, Type.FixedSizeList -> 1;
      case Type.List, Type.LargeList, Type.Map -> 2;
      case Type.ListView, Type.LargeListView -> 3;
      case Type.Union -> part(field, new Union()).mode() == UnionMode.Dense ? 2 : 1;
      default -> buffers(form(field.typeType()));
    };
  }
}
