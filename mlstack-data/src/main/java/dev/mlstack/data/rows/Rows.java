package dev.mlstack.data.rows;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.CellWriter;
import dev.mlstack.data.internal.Projection;
import dev.mlstack.data.internal.RejectLimit;
import dev.mlstack.data.internal.RowCells;
import dev.mlstack.data.internal.RowsReader;
import dev.mlstack.model.Label;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.RecordMapper;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Row;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Records of an application as a source of rows.
 *
 * <pre>{@code
 * dataset.commit(Rows.of(Patient.class, patients).key("id"));
 * }</pre>
 *
 * <p>The columns are the components of the record, see {@link Schema#of(Class)}. A record that a
 * column cannot hold, such as one with {@code null} where there must be a value, is set aside. The
 * identity of a row is its position, from 1. The {@link Source.Origin origin} is the digest of the
 * canonical form of the rows.
 *
 * <p>Immutable, as far as the records are. Every method returns a changed copy.
 *
 * @param <R> the record
 */
public final class Rows<R extends Record> implements Source {

  /** The operation of reading records, and the version of its arithmetic. */
  public static final VersionedName OPERATION = new VersionedName("rows", 1);

  /** How many rows may be set aside by default, if not more of them than are read: 1,000. */
  public static final long MAX_REJECTED = RejectLimit.MAX_REJECTED;

  private final String name;
  private final RecordMapper<R> mapper;
  private final Supplier<? extends Stream<? extends R>> records;
  private final Projection projection;
  private final OptionalLong maxRejected;
  private final @Nullable BufferAllocator allocator;

  private Rows(
      String name,
      RecordMapper<R> mapper,
      Supplier<? extends Stream<? extends R>> records,
      Projection projection,
      OptionalLong maxRejected,
      @Nullable BufferAllocator allocator) {
    this.name = name;
    this.mapper = mapper;
    this.records = records;
    this.projection = projection;
    this.maxRejected = maxRejected;
    this.allocator = allocator;
  }

  /**
   * Returns records that stand in a list or can be walked over again and again.
   *
   * @param type a record that mlstack may look into, see {@link RecordMapper#of(Class)}
   */
  public static <R extends Record> Rows<R> of(Class<R> type, Iterable<? extends R> records) {
    return of(type, () -> StreamSupport.stream(records.spliterator(), /* parallel= */ false));
  }

  /**
   * Returns the records of a stream.
   *
   * @param type a record that mlstack may look into, see {@link RecordMapper#of(Class)}
   * @param records gives a new stream of the same records each time; each is closed
   */
  public static <R extends Record> Rows<R> of(
      Class<R> type, Supplier<? extends Stream<? extends R>> records) {
    return of(type.getSimpleName() + " records", RecordMapper.of(type), records);
  }

  /**
   * Returns the records of a stream.
   *
   * @param name what people call them
   * @param mapper looks into the records
   * @param records gives a new stream of the same records each time; each is closed
   */
  public static <R extends Record> Rows<R> of(
      String name, RecordMapper<R> mapper, Supplier<? extends Stream<? extends R>> records) {
    return new Rows<>(name, mapper, records, Projection.ALL, OptionalLong.empty(), null);
  }

  private Rows<R> with(Projection newProjection) {
    return new Rows<>(name, mapper, records, newProjection, maxRejected, allocator);
  }

  /** Reads only these columns, in this order. */
  public Rows<R> columns(String... names) {
    return with(projection.withOnly(List.of(names)));
  }

  /** Says that columns are a label, and what they are. */
  public Rows<R> label(Label<?> label) {
    return with(projection.withLabels(label.fields()));
  }

  /** Makes columns the key: together they tell rows apart, and none of them is ever missing. */
  public Rows<R> key(String... names) {
    return role(Role.KEY, names);
  }

  /** Gives columns a role. */
  public Rows<R> role(Role role, String... names) {
    return with(projection.withRole(role, List.of(names)));
  }

  /** Gives a column a type, in place of the one that follows from the record. */
  public Rows<R> type(String column, FieldType type) {
    return with(projection.withType(column, type));
  }

  /**
   * Says how many rows may be set aside before reading ends with an exception. By default {@link
   * #MAX_REJECTED}, and no more than are read.
   *
   * @param rows 0 or more
   */
  public Rows<R> maxRejected(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("maxRejected must be at least 0 but was " + rows);
    }
    return new Rows<>(name, mapper, records, projection, OptionalLong.of(rows), allocator);
  }

  /** Says from which allocator the readers take their memory; by default each has its own. */
  public Rows<R> allocator(BufferAllocator newAllocator) {
    return new Rows<>(name, mapper, records, projection, maxRejected, newAllocator);
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  private Projection.Bound bound() {
    return projection.bind(name, mapper.schema());
  }

  @Override
  public Schema schema() {
    return bound().schema();
  }

  @Override
  public Origin origin() throws IOException {
    try (SourceReader reader = open(row -> {}, Execution.here())) {
      while (reader.next() != null) {
        // The origin is that of all rows.
      }
      return reader.origin();
    }
  }

  @Override
  public SourceReader open(Consumer<? super RejectedRow> rejected, Execution execution) {
    return new Reader<>(this, bound(), rejected, execution);
  }

  /** Returns what is read. */
  @Override
  public String toString() {
    return OPERATION + " " + name;
  }

  /** Reads records. Owns their stream. */
  private static final class Reader<R extends Record> extends RowsReader {
    private final RecordMapper<R> mapper;
    private final int[] sources;
    private final RowCells cells = new RowCells();
    private final Stream<? extends R> stream;
    private final Iterator<? extends R> records;
    private @Nullable R record;
    private @Nullable Row row;

    Reader(
        Rows<R> rows,
        Projection.Bound bound,
        Consumer<? super RejectedRow> rejected,
        Execution execution) {
      super(
          rows.name,
          bound.schema(),
          new RejectLimit(rows.name, rows.maxRejected),
          rejected,
          execution,
          rows.allocator);
      this.mapper = rows.mapper;
      this.sources = bound.sources();
      this.stream = rows.records.get();
      this.records = stream.iterator();
    }

    @Override
    protected boolean advance() {
      boolean more = records.hasNext();
      record = more ? records.next() : null;
      row = record == null ? null : mapper.row(record);
      return more;
    }

    @Override
    protected @Nullable String read(int column, CellWriter cell) {
      return row == null
          ? "there is null in place of a record"
          : cells.take(row, sources[column], cell);
    }

    @Override
    protected String valueText(int column) {
      return row == null || row.isNull(sources[column]) ? "" : text(row, sources[column]);
    }

    private static String text(Row row, int field) {
      FieldType type = row.schema().field(field).type();
      if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
        return String.valueOf(row.text(field));
      }
      return type instanceof FieldType.Real
          ? String.valueOf(row.number(field))
          : type instanceof FieldType.Tensor ? "" : String.valueOf(row.integer(field));
    }

    @Override
    protected String rowText() {
      return String.valueOf(record);
    }

    @Override
    protected void release() {
      stream.close();
    }
  }
}
