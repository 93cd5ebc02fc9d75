package dev.mlstack.samples;

import dev.mlstack.Workspace;
import dev.mlstack.model.Label;
import dev.mlstack.schema.Schema;
import dev.mlstack.serve.Endpoint;
import dev.mlstack.table.RecordMapper;
import dev.mlstack.table.Row;

/**
 * What an endpoint takes, and how it is made from a row of the data.
 *
 * @param <I> the input
 */
interface Inputs<I> {

  /** Returns the inputs that are records. */
  static <R extends Record> Inputs<R> records(Class<R> type) {
    RecordMapper<R> mapper = RecordMapper.of(type);
    return new Inputs<>() {
      @Override
      public Schema schema() {
        return mapper.schema();
      }

      @Override
      public R from(Row row) {
        return mapper.record(row);
      }

      @Override
      public <A> Endpoint<R, A> open(Workspace workspace, String name, Label<A> label) {
        return workspace.endpoint(name, type, label);
      }
    };
  }

  /** Returns the inputs that are rows of a schema. */
  static Inputs<Row> rows(Schema schema) {
    return new Inputs<>() {
      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public Row from(Row row) {
        return row;
      }

      @Override
      public <A> Endpoint<Row, A> open(Workspace workspace, String name, Label<A> label) {
        return workspace.endpoint(name, schema, label);
      }
    };
  }

  /** Returns the columns of an input. */
  Schema schema();

  /** Returns an input with the values of a row of {@link #schema()}. */
  I from(Row row);

  /** Opens an endpoint. The caller closes it. */
  <A> Endpoint<I, A> open(Workspace workspace, String name, Label<A> label);
}
