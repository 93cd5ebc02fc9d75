package dev.mlstack.serve;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RecordMapper;
import dev.mlstack.table.Row;
import dev.mlstack.table.TableCursor;
import java.lang.invoke.MethodHandles;

/**
 * What an endpoint is asked: how an input of the application is read as a row.
 *
 * @param <I> the input
 */
public sealed interface EndpointInput<I> {

  /** Returns the inputs that are records; see {@link RecordMapper#of(Class)} for which may be. */
  static <R extends Record> EndpointInput<R> records(Class<R> type) {
    return new Records<>(RecordMapper.of(type));
  }

  /** Returns the inputs that are records which {@code lookup} may look into. */
  static <R extends Record> EndpointInput<R> records(Class<R> type, MethodHandles.Lookup lookup) {
    return new Records<>(RecordMapper.of(type, lookup));
  }

  /** Returns the inputs that are rows of a schema. */
  static EndpointInput<Row> rows(Schema schema) {
    return new Rows(schema);
  }

  /** Returns the columns that an input has. */
  Schema schema();

  /** Returns a row that reads from an input. */
  Row row(I input);

  /** Returns the same row in a form that nobody can change any more. */
  Row keep(Row row);

  private static Row copy(Row row) {
    TableCursor cursor =
        MemoryTable.builder(row.schema()).add(/* rowId= */ 0, row).build().cursor();
    return cursor.moveTo(0);
  }

  /** Inputs that are records, which are immutable unless they have arrays. */
  final class Records<R extends Record> implements EndpointInput<R> {
    private final RecordMapper<R> mapper;
    private final boolean immutable;

    private Records(RecordMapper<R> mapper) {
      this.mapper = mapper;
      this.immutable =
          mapper.schema().fields().stream()
              .noneMatch(field -> field.type() instanceof FieldType.Tensor);
    }

    @Override
    public Schema schema() {
      return mapper.schema();
    }

    @Override
    public Row row(R input) {
      return mapper.row(input);
    }

    @Override
    public Row keep(Row row) {
      return immutable ? row : copy(row);
    }
  }

  /** Inputs that are rows, which belong to whoever asks. */
  final class Rows implements EndpointInput<Row> {
    private final Schema schema;

    private Rows(Schema schema) {
      this.schema = schema;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Row row(Row input) {
      if (!input.schema().equals(schema)) {
        throw new IllegalArgumentException(
            "the row is of the schema " + input.schema() + " but the endpoint takes " + schema);
      }
      return input;
    }

    @Override
    public Row keep(Row row) {
      return copy(row);
    }
  }
}
