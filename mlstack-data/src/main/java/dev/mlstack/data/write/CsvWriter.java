package dev.mlstack.data.write;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a header and rows. */
final class CsvWriter implements TargetFile.Format {

  private final CsvBytes out;
  private final char delimiter;
  private final CsvCells[] columns;

  CsvWriter(CsvBytes out, Schema schema, char delimiter) throws IOException {
    this.out = out;
    this.delimiter = delimiter;
    this.columns = new CsvCells[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new CsvCells(schema.field(i), delimiter, columns.length == 1);
    }
    List<String> names = new ArrayList<>();
    schema.fields().forEach(field -> addNames(field, names));
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
      separate(i);
      out.putText(name, 0, name.length, delimiter);
    }
    endLine();
  }

  private static void addNames(Field field, List<String> names) {
    if (field.type() instanceof FieldType.Tensor tensor) {
      for (int i = 1; i <= tensor.size(); i++) {
        names.add(field.name() + "_" + i);
      }
    } else {
      names.add(field.name());
    }
  }

  private void separate(int index) throws IOException {
    if (index > 0) {
      out.put(delimiter);
    }
  }

  /** Ends a line as RFC 4180 says. */
  private void endLine() throws IOException {
    out.put('\r');
    out.put('\n');
  }

  @Override
  public void write(Table table) throws IOException {
    for (int i = 0; i < columns.length; i++) {
      columns[i].take(table.column(i));
    }
    for (int row = 0; row < table.rows(); row++) {
      for (int i = 0; i < columns.length; i++) {
        separate(i);
        columns[i].write(row, out);
      }
      endLine();
    }
  }

  @Override
  public void end() throws IOException {
    out.end();
  }
}
