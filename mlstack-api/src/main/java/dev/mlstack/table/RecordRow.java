package dev.mlstack.table;

import dev.mlstack.schema.Schema;
import org.jspecify.annotations.Nullable;

/** A record, read as a row. */
final class RecordRow implements Row {

  private final Schema schema;
  private final ComponentReader[] readers;
  private final Object record;

  RecordRow(Schema schema, ComponentReader[] readers, Object record) {
    this.schema = schema;
    this.readers = readers;
    this.record = record;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public boolean isNull(int field) {
    return readers[field].isNull(record);
  }

  @Override
  public double number(int field) {
    return readers[field].number(record);
  }

  @Override
  public long integer(int field) {
    return readers[field].integer(record);
  }

  @Override
  public @Nullable String text(int field) {
    return readers[field].text(record);
  }

  @Override
  public void tensor(int field, float[] to, int at) {
    readers[field].tensor(record, to, at);
  }
}
