package dev.mlstack.data.json;

import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DataException;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;

/** Writes tables as JSON lines. For use by one thread at a time. */
final class JsonWriter {

  private static final int FLUSH_BYTES = 1 << 16;
  private static final int MAX_YEAR = 9999;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  private final OutputStream out;
  private final byte[][] keys;
  private float[] numbers = {};
  private byte[] bytes = new byte[2 * FLUSH_BYTES];
  private int length;

  /**
   * Creates a writer.
   *
   * @param out not closed
   */
  JsonWriter(OutputStream out, Schema schema) {
    this.out = out;
    this.keys = new byte[schema.size()][];
    for (int i = 0; i < keys.length; i++) {
      put((byte) (i == 0 ? '{' : ','));
      putText(schema.field(i).name());
      put((byte) ':');
      keys[i] = Arrays.copyOf(bytes, length);
      length = 0;
    }
  }

  /** Writes all rows of a table. */
  void write(Table table) throws IOException {
    ColumnData[] columns = new ColumnData[keys.length];
    Arrays.setAll(columns, table::column);
    for (int row = 0; row < table.rows(); row++) {
      for (int i = 0; i < columns.length; i++) {
        put(keys[i]);
        putValue(columns[i], row);
      }
      put((byte) '}');
      put((byte) '\n');
      if (length >= FLUSH_BYTES) {
        flush();
      }
    }
  }

  /** Passes on all that was written. */
  void flush() throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }

  private void putValue(ColumnData column, int row) {
    if (column.isNull(row)) {
      putAscii("null");
    } else if (column instanceof LongColumn longs) {
      putWhole(longs, row);
    } else if (column instanceof DoubleColumn doubles) {
      putReal(doubles.get(row));
    } else if (column instanceof TextColumn texts) {
      putText(String.valueOf(texts.get(row)));
    } else if (column instanceof CategoryColumn categories) {
      putText(categories.values().get(categories.code(row)));
    } else {
      putTensor((TensorColumn) column, row);
    }
  }

  private void putWhole(LongColumn column, int row) {
    FieldType type = column.field().type();
    long value = column.get(row);
    if (type instanceof FieldType.Bool) {
      putAscii(value == 0 ? "false" : "true");
    } else if (type instanceof FieldType.Date) {
      LocalDate date = LocalDate.ofEpochDay(value);
      requireYear(column, row, date.getYear());
      putQuoted(date.toString());
    } else if (type instanceof FieldType.Timestamp timestamp) {
      LocalDateTime time = FieldType.Timestamp.dateTime(value);
      requireYear(column, row, time.getYear());
      putQuoted(timestamp.utc() ? time + "Z" : time.toString());
    } else {
      putAscii(Long.toString(value));
    }
  }

  private static void requireYear(ColumnData column, int row, int year) {
    if (year < 0 || year > MAX_YEAR) {
      throw new DataException(
          String.format(
              "column '%s', row %d of its table: the year %d has more than four digits, which"
                  + " JSON lines do not have",
              column.field().name(), row, year));
    }
  }

  private void putReal(double value) {
    if (Double.isFinite(value)) {
      putAscii(Value.of(value).canonicalJson());
    } else {
      putQuoted(Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }
  }

  private void putTensor(TensorColumn column, int row) {
    FieldType.Tensor type = (FieldType.Tensor) column.field().type();
    numbers = numbers.length < type.size() ? new float[type.size()] : numbers;
    column.read(row, numbers, 0);
    if (type.shape().isEmpty()) {
      put((byte) '[');
      putReal(numbers[0]);
      put((byte) ']');
    } else {
      putArray(type, 0, 0, type.size());
    }
  }

  private void putArray(FieldType.Tensor type, int dimension, int from, int count) {
    int items = type.shape().get(dimension);
    boolean last = dimension == type.shape().size() - 1;
    for (int i = 0; i < items; i++) {
      put((byte) (i == 0 ? '[' : ','));
      if (last) {
        putReal(numbers[from + i]);
      } else {
        putArray(type, dimension + 1, from + i * (count / items), count / items);
      }
    }
    put((byte) ']');
  }

  private void putQuoted(String ascii) {
    put((byte) '"');
    putAscii(ascii);
    put((byte) '"');
  }

  private void putText(String text) {
    put((byte) '"');
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b == '"' || b == '\\') {
        put((byte) '\\');
        put(b);
      } else if (b >= 0 && b < ' ') {
        putAscii("\\u00");
        put(HEX[b >> 4]);
        put(HEX[b & 15]);
      } else {
        put(b);
      }
    }
    put((byte) '"');
  }

  private void putAscii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void put(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void put(byte b) {
    reserve(1);
    bytes[length++] = b;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
