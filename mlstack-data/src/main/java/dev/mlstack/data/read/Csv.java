package dev.mlstack.data.read;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.InputMeter;
import dev.mlstack.data.internal.RejectLimit;
import dev.mlstack.data.internal.TextCoding;
import dev.mlstack.model.Label;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A file of comma-separated values (RFC 4180) and how to read it.
 *
 * <pre>{@code
 * Source patients = Csv.file(path).as(Patient.class).label(diagnosis).key("id");
 * }</pre>
 *
 * <p><b>Columns.</b> A record or a schema says which columns are read; others of the file are not.
 * They are found by name: the exact one, or else the only one that differs in nothing but case,
 * blanks, hyphens and underscores. Without a record or a schema all columns are read, and their
 * types inferred from every value of the file: bool, int64, float64, date, timestamp, or text.
 * Numbers with a leading zero stay text, as do columns without any value.
 *
 * <p><b>Values.</b> Blanks around anything but text and categories do not matter.
 *
 * <ul>
 *   <li>bool: {@code true}, {@code false}, in any case; where it is declared, {@code 1} and {@code
 *       0}, too.
 *   <li>int: an optional sign and digits, possibly with a fraction of zeros: {@code 7.0}.
 *   <li>real: decimal digits with an optional sign, point and exponent, read as the nearest double;
 *       {@code NaN}, {@code inf} and {@code infinity} in any case.
 *   <li>date: {@code yyyy-MM-dd}. Timestamp: a date, {@code T} or a blank, {@code HH:mm}, optional
 *       seconds with up to nine digits of a fraction (cut to microseconds), and a zone ({@code Z},
 *       {@code +01:00}) exactly if it is an instant. A date alone is a date and time at midnight.
 *   <li>category: one of its values, ignoring case, blanks, hyphens and underscores.
 *   <li>text: as it stands, in well-formed UTF-8.
 *   <li>tensor: the numbers of several columns, see {@link #gather}.
 * </ul>
 *
 * <p>An empty field is missing, quoted or not. So is one of {@link #DEFAULT_MISSING} where it
 * cannot be a value: not in text, and not in a category that has it; {@link #missing} names other
 * tokens, which then count everywhere.
 *
 * <p><b>Bad rows</b> are set aside and never lost: those with too few or too many fields, with
 * broken quotes, with a value that its column cannot hold, or without one that it must have. If
 * there are more than {@link #maxRejected}, reading ends with a {@link DataException} that sums
 * them up. Blank lines are no rows. Lines end with LF, CRLF or CR.
 *
 * <p>Immutable. Every method returns a changed copy.
 */
public final class Csv implements Source {

  /** The operation of reading such files, and the version of its arithmetic. */
  public static final VersionedName OPERATION = new VersionedName("csv", 1);

  /** How many rows may be set aside by default, if not more of them than are read: 1,000. */
  public static final long MAX_REJECTED = RejectLimit.MAX_REJECTED;

  /** The texts that stand for a missing value by default, beside the empty one. */
  public static final List<String> DEFAULT_MISSING = MissingTokens.DEFAULT;

  private final Path path;
  private final Dialect dialect;
  private final Columns columns;
  private final OptionalLong maxRejected;
  private final @Nullable BufferAllocator allocator;

  private Csv(
      Path path,
      Dialect dialect,
      Columns columns,
      OptionalLong maxRejected,
      @Nullable BufferAllocator allocator) {
    this.path = path;
    this.dialect = dialect;
    this.columns = columns;
    this.maxRejected = maxRejected;
    this.allocator = allocator;
  }

  /** Returns the file, read with all defaults: commas, a header, UTF-8, types inferred. */
  public static Csv file(Path path) {
    return new Csv(path, Dialect.STANDARD, Columns.ALL, OptionalLong.empty(), null);
  }

  private Csv with(Dialect newDialect) {
    return new Csv(path, newDialect, columns, maxRejected, allocator);
  }

  private Csv with(Columns newColumns) {
    return new Csv(path, dialect, newColumns, maxRejected, allocator);
  }

  /** Reads the columns that a record describes; see {@link Schema#of(Class)}. */
  public Csv as(Class<? extends Record> type) {
    return as(Schema.of(type));
  }

  /** Reads the columns of a schema. */
  public Csv as(Schema schema) {
    return with(columns.withSchema(schema));
  }

  /**
   * Reads the columns of a label, too; where they are among the others, the label says what they
   * are.
   */
  public Csv label(Label<?> label) {
    return with(columns.withLabels(label.fields()));
  }

  /** Makes columns the key: together they tell rows apart, and none of them is ever missing. */
  public Csv key(String... names) {
    return role(Role.KEY, names);
  }

  /** Gives columns a role. */
  public Csv role(Role role, String... names) {
    return with(columns.withRole(role, List.of(names)));
  }

  /** Gives a column a type, in place of the inferred one. */
  public Csv type(String column, FieldType type) {
    return with(columns.withType(column, type));
  }

  /**
   * Reads many columns of numbers as one tensor column: {@code gather("pixels", "pixel_*", 1, 8,
   * 8)}. The numbers stand in the order of the file, the last dimension fastest. All of them must
   * be there, or none.
   *
   * @param column the name of the tensor column
   * @param pattern the names of the columns, spelled exactly, where {@code *} stands for any
   *     characters
   * @param shape the shape of the tensor; nothing if the record or schema says it, or if it has one
   *     dimension
   */
  public Csv gather(String column, String pattern, int... shape) {
    List<Integer> sizes = Arrays.stream(shape).boxed().toList();
    return with(columns.withGather(new Gather(column, pattern, sizes)));
  }

  /**
   * Says what separates fields; a comma by default.
   *
   * @param delimiter a character of ASCII
   */
  public Csv delimiter(char delimiter) {
    return with(dialect.withDelimiter(delimiter));
  }

  /** Finds out what separates fields: a comma, a semicolon, a tab or a bar. */
  public Csv detectDelimiter() {
    return with(dialect.withDetection());
  }

  /**
   * Says what encloses fields that have delimiters or line ends in them, and is doubled inside of
   * them; a double quote by default.
   *
   * @param quote a character of ASCII
   */
  public Csv quote(char quote) {
    return with(dialect.withQuote(quote));
  }

  /**
   * Says what stands before the fraction of a number; a point by default. With a comma, {@code 1,5}
   * is a number and {@code 1.5} is none. Nothing stands between thousands.
   *
   * @param decimal a point or a comma
   */
  public Csv decimal(char decimal) {
    return with(dialect.withDecimal(decimal));
  }

  /**
   * Says whether the first line has the names of the columns, as by default. If not, the columns of
   * a record or schema are those of the file in their order; without, they are named {@code
   * column_1} and so on.
   */
  public Csv header(boolean header) {
    return with(dialect.withHeader(header));
  }

  /**
   * Says which texts stand for a missing value, in every column, beside the empty one. Blanks
   * around them do not matter.
   */
  public Csv missing(String... tokens) {
    return with(dialect.withMissing(List.of(tokens)));
  }

  /**
   * Says how many rows may be set aside before reading ends with an exception. By default {@link
   * #MAX_REJECTED}, and no more than are read.
   *
   * @param rows 0 or more
   */
  public Csv maxRejected(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("maxRejected must be at least 0 but was " + rows);
    }
    return new Csv(path, dialect, columns, OptionalLong.of(rows), allocator);
  }

  /** Says how characters are encoded; UTF-8 by default, with a byte order mark or without. */
  public Csv charset(Charset charset) {
    return with(dialect.withCharset(charset));
  }

  /** Says from which allocator the readers take their memory; by default each has its own. */
  public Csv allocator(BufferAllocator newAllocator) {
    return new Csv(path, dialect, columns, maxRejected, newAllocator);
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return columns.addTo(dialect.toValue()).build();
  }

  @Override
  public Schema schema() throws IOException {
    return columns.isDeclared()
        ? columns.declaredSchema()
        : layout(CsvInput.of(path, dialect), Execution.here()).schema();
  }

  @Override
  public Origin origin() throws IOException {
    CsvInput input = CsvInput.of(path, dialect);
    InputMeter meter = input.meter("hash", true, Execution.here());
    try (InputStream in = input.openStored(meter)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return new Origin(input.name(), meter.count(), meter.digest());
  }

  @Override
  public SourceReader open(Consumer<? super RejectedRow> rejected, Execution execution)
      throws IOException {
    CsvInput input = CsvInput.of(path, dialect);
    Layout layout = layout(input, execution);
    RejectLimit limit = new RejectLimit(input.name(), maxRejected);
    InputMeter meter = input.meter("read", true, execution);
    TextCoding.Open text = input.open(meter);
    try {
      return new CsvReader(input, meter, text, layout, limit, rejected, allocator);
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e;
    }
  }

  private Layout layout(CsvInput input, Execution execution) throws IOException {
    Header header = input.header();
    if (header == null) {
      throw new DataException(input.name() + " has no line that can be read");
    }
    if (columns.schema().isPresent()) {
      return columns.declaredLayout(header, dialect.header());
    }
    try (RecordReader records =
        input.records(input.open(input.meter("infer the types of", false, execution)))) {
      if (input.dialect().header()) {
        records.next();
      }
      Notation notation = input.dialect().notation();
      return columns.inferredLayout(header, Inference.types(records, header.size(), notation));
    }
  }

  /** Returns what is read and how. */
  @Override
  public String toString() {
    return OPERATION + " " + path + " " + parameters().canonicalJson();
  }
}
