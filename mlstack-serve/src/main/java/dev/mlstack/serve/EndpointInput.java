package dev.mlstack.serve;

import dev.mlstack.schema.Schema;
import dev.mlstack.serve.log.RowCopier;
import dev.mlstack.table.RecordMapper;
import dev.mlstack.table.Row;
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

  /**
   * Returns an input as a row. It is a copy that nobody can change, with every value just as the
   * log will keep it.
   *
   * @throws IllegalArgumentException if a column cannot have the value that it has, or the input is
   *     a row of another schema; the message names the column and the value
   */
  Row row(I input);

  /** Inputs that are records. */
  final class Records<R extends Record> implements EndpointInput<R> {
    private final RecordMapper<R> mapper;
    private final RowCopier copier;

    private Records(RecordMapper<R> mapper) {
      this.mapper = mapper;
      this.copier = RowCopier.of(mapper.schema());
    }

    @Override
    public Schema schema() {
      return mapper.schema();
    }

    @Override
    public Row row(R input) {
      return copier.copy(mapper.row(input));
    }
  }

  /** Inputs that are rows. */
  final class Rows implements EndpointInput<Row> {
    private final RowCopier copier;

    private Rows(Schema schema) {
      this.copier = RowCopier.of(schema);
    }

    @Override
    public Schema schema() {
      return copier.schema();
    }

    @Override
    public Row row(Row input) {
      return copier.copy(input);
    }
  }
}
