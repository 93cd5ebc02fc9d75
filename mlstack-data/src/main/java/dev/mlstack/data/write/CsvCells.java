package dev.mlstack.data.write;

import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/** Writes the fields of one column. */
final class CsvCells {

  private static final long DAY_MICROS = 86_400_000_000L;
  private static final int MICROS = 1_000_000;
  private static final int MAX_YEAR = 9999;

  private final Field field;
  private final FieldType type;
  private final char delimiter;
  private final boolean only;
  private final List<byte[]> texts;
  private final ColumnBytes column = new ColumnBytes();

  /**
   * Creates a writer.
   *
   * @param only whether there is no other column
   */
  CsvCells(Field field, char delimiter, boolean only) {
    this.field = field;
    this.type = field.type();
    this.delimiter = delimiter;
    this.only = only;
    this.texts =
        type instanceof FieldType.Category category
            ? category.values().stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList()
            : List.of();
  }

  /** Takes the values of a table. */
  void take(ColumnData data) {
    column.take(data);
  }

  void write(int row, CsvBytes out) throws IOException {
    if (type instanceof FieldType.Tensor tensor) {
      writeTensor(row, tensor.size(), out);
    } else if (column.isPresent(row)) {
      writeValue(row, out);
    } else {
      writeMissing(out);
    }
  }

  private void writeMissing(CsvBytes out) throws IOException {
    if (only) {
      out.put('"');
      out.put('"');
    }
  }

  private void writeValue(int row, CsvBytes out) throws IOException {
    byte[] values = column.values();
    if (type instanceof FieldType.Text) {
      out.putText(values, column.offsets()[row], column.offsets()[row + 1], delimiter);
    } else if (type instanceof FieldType.Category) {
      byte[] text = texts.get(LittleEndian.int32(values, row * Integer.BYTES));
      out.putText(text, 0, text.length, delimiter);
    } else if (type instanceof FieldType.Bool) {
      out.putAscii(values[row] != 0 ? "true" : "false");
    } else if (type instanceof FieldType.Real real) {
      int width = real.bits() / Byte.SIZE;
      double number = LittleEndian.real(values, row * width, width);
      out.putReal(number, width == Float.BYTES);
    } else if (type instanceof FieldType.Date) {
      writeDate(LittleEndian.int32(values, row * Integer.BYTES), out);
    } else if (type instanceof FieldType.Timestamp timestamp) {
      writeTime(LittleEndian.int64(values, row * Long.BYTES), timestamp.utc(), out);
    } else {
      int width = ColumnBytes.width(type);
      out.putWhole(LittleEndian.whole(values, row * width, width));
    }
  }

  private void writeDate(long day, CsvBytes out) throws IOException {
    LocalDate date = LocalDate.ofEpochDay(day);
    if (date.getYear() < 0 || date.getYear() > MAX_YEAR) {
      throw new DataException(
          String.format(
              "column %s, value '%s': a file of text has years from 0 to 9999 only; change the"
                  + " value, or write another format",
              field.name(), date));
    }
    out.putDigits(date.getYear(), 4);
    out.put('-');
    out.putDigits(date.getMonthValue(), 2);
    out.put('-');
    out.putDigits(date.getDayOfMonth(), 2);
  }

  private void writeTime(long micros, boolean utc, CsvBytes out) throws IOException {
    writeDate(Math.floorDiv(micros, DAY_MICROS), out);
    long time = Math.floorMod(micros, DAY_MICROS);
    long seconds = time / MICROS;
    out.put('T');
    out.putDigits(seconds / 3600, 2);
    out.put(':');
    out.putDigits(seconds / 60 % 60, 2);
    out.put(':');
    out.putDigits(seconds % 60, 2);
    if (time % MICROS != 0) {
      out.put('.');
      out.putDigits(time % MICROS, 6);
    }
    if (utc) {
      out.put('Z');
    }
  }

  private void writeTensor(int row, int size, CsvBytes out) throws IOException {
    boolean present = column.isPresent(row);
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        out.put(delimiter);
      }
      if (present) {
        int at = (row * size + i) * Float.BYTES;
        out.putReal(LittleEndian.real(column.values(), at, Float.BYTES), /* single= */ true);
      } else if (size == 1) {
        writeMissing(out);
      }
    }
  }
}
