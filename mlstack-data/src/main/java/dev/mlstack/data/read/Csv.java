package dev.mlstack.data.read;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.Inputs;
import dev.mlstack.data.internal.RejectLimit;
import dev.mlstack.data.internal.TimePattern;
import dev.mlstack.data.write.CsvTarget;
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
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Files or a stream of comma-separated values (RFC 4180) and how to read them.
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
 *   <li>int: an optional sign and digits, possibly with a fraction of zeros: {@code 7.0}. {@link
 *       #decimal} and {@link #thousands} say how other countries write numbers.
 *   <li>real: decimal digits with an optional sign, point and exponent, read as the nearest double;
 *       {@code NaN}, {@code inf} and {@code infinity} in any case.
 *   <li>date: {@code yyyy-MM-dd}. Timestamp: a date, {@code T} or a blank, {@code HH:mm}, optional
 *       seconds with up to nine digits of a fraction (cut to microseconds), and a zone ({@code Z},
 *       {@code +01:00}) exactly if it is an instant. A date alone is a date and time at midnight.
 *       {@link #dates} and {@link #times} say other ways to write them.
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
 * <p><b>Inputs</b> that are compressed with gzip or zstd are unpacked, whatever they are called;
 * zstd needs the optional dependency {@code com.github.luben:zstd-jni}. The origin is the digest of
 * the bytes as they are stored, those of several files one behind the other. The offset of a row
 * that is set aside counts unpacked bytes, and is not known (-1) in charsets other than UTF-8.
 *
 * <p><b>Threads.</b> Readers parse ahead on the threads of the {@link Execution}; their number
 * changes neither rows nor their order. The memory they take is bounded by that number, not by the
 * size of the input.
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

  private final Inputs inputs;
  private final Dialect dialect;
  private final Columns columns;
  private final OptionalLong maxRejected;
  private final long maxUnpacked;
  private final @Nullable BufferAllocator allocator;
  private final int chunkBytes;

  private Csv(
      Inputs inputs,
      Dialect dialect,
      Columns columns,
      OptionalLong maxRejected,
      long maxUnpacked,
      @Nullable BufferAllocator allocator,
      int chunkBytes) {
    this.inputs = inputs;
    this.dialect = dialect;
    this.columns = columns;
    this.maxRejected = maxRejected;
    this.maxUnpacked = maxUnpacked;
    this.allocator = allocator;
    this.chunkBytes = chunkBytes;
  }

  private static Csv of(Inputs inputs) {
    return new Csv(
        inputs,
        Dialect.STANDARD,
        Columns.ALL,
        OptionalLong.empty(),
        0,
        null,
        ChunkReader.CHUNK_BYTES);
  }

  /** Returns the file, read with all defaults: commas, a header, UTF-8, types inferred. */
  public static Csv file(Path path) {
    return of(Inputs.file(path));
  }

  /**
   * Returns several files, read one after another as one table. All of them have the same columns,
   * and a header each if they have one. Rows that are set aside tell which file they are in; the
   * identity of a row is its line counted through all files.
   *
   * @param paths at least one
   */
  public static Csv files(List<Path> paths) {
    return of(Inputs.files(paths));
  }

  /**
   * Returns the files of a directory whose names match a pattern, in the order of their names; see
   * {@link #files}.
   *
   * @param pattern such as {@code orders-*.csv.gz}, see {@link
   *     java.nio.file.FileSystem#getPathMatcher}
   */
  public static Csv glob(Path directory, String pattern) {
    return of(Inputs.glob(directory, pattern));
  }

  /**
   * Returns what a supplier opens: it is asked once to look at the beginning, once for each
   * reading, and once more for types that are inferred.
   *
   * @param name what people call it
   */
  public static Csv stream(String name, InputSupplier supplier) {
    return of(Inputs.stream(name, supplier::open));
  }

  /**
   * Returns a target that writes a file with commas, which {@link #file} reads as it was, given the
   * schema.
   */
  public static CsvTarget to(Path path) {
    return CsvTarget.to(path);
  }

  private Csv with(Dialect newDialect) {
    return new Csv(inputs, newDialect, columns, maxRejected, maxUnpacked, allocator, chunkBytes);
  }

  private Csv with(Columns newColumns) {
    return new Csv(inputs, dialect, newColumns, maxRejected, maxUnpacked, allocator, chunkBytes);
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

  private Csv with(Notation notation) {
    return with(dialect.withNotation(notation));
  }

  /**
   * Says what stands before the fraction of a number; a point by default. With a comma, {@code 1,5}
   * is a number and {@code 1.5} is none.
   *
   * @param decimal a point or a comma
   */
  public Csv decimal(char decimal) {
    return with(dialect.notation().withDecimal(decimal));
  }

  /**
   * Says what may stand between thousands; nothing by default. With {@code decimal(',')} and {@code
   * thousands('.')}, {@code 1.234.567,8} is a number, and so is {@code 1234567,8}. The groups must
   * be of three digits, but for the first, which may be shorter and does not begin with a zero:
   * {@code 1.234} is one thousand two hundred and thirty-four, while {@code 1.23}, {@code 1234.567}
   * and {@code 0.123} are no numbers.
   *
   * @param thousands a point, a comma, an apostrophe, a blank or an underscore, other than what
   *     stands before the fraction; so say {@link #decimal} first
   */
  public Csv thousands(char thousands) {
    return with(dialect.notation().withThousands(thousands));
  }

  /**
   * Says how dates are written: {@code dates("dd.MM.yyyy")}; as {@code yyyy-MM-dd} by default. It
   * goes for all date columns, and for dates that stand alone in columns of timestamps. Where types
   * are inferred, a column is one of dates if all of its values are written so, even if they could
   * be numbers.
   *
   * @param pattern {@code yyyy} with {@code MM} and {@code dd}, or {@code M} and {@code d} for one
   *     digit or two; letters in single quotes and all other characters stand for themselves, and
   *     what stands in brackets may be left out
   * @throws IllegalArgumentException if it is something else; {@code yy} does not say the century
   */
  public Csv dates(String pattern) {
    return with(dialect.notation().withDates(TimePattern.ofDate(pattern)));
  }

  /**
   * Says how timestamps are written: {@code times("dd.MM.yyyy HH:mm[:ss]")}; see above for the
   * default. It goes for all columns of timestamps, declared and inferred; {@link #dates} says how
   * those are written that are a date alone.
   *
   * @param pattern a date as {@link #dates} describes it with {@code HH}, {@code mm} and {@code
   *     ss}, as many {@code S} as a fraction of a second has digits (up to nine, cut to
   *     microseconds), and at the end {@code X} for a zone, such as {@code Z} or {@code +01:00},
   *     which an instant must have. What is left out is zero.
   * @throws IllegalArgumentException if it is something else
   */
  public Csv times(String pattern) {
    return with(dialect.notation().withTimes(TimePattern.ofTime(pattern)));
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
   * Says how many lines stand before the header, or before the first record if there is none; they
   * are passed over whatever is in them.
   *
   * @param lines 0 or more
   */
  public Csv skipLines(int lines) {
    if (lines < 0) {
      throw new IllegalArgumentException("lines must be at least 0 but was " + lines);
    }
    Dialect.Lines old = dialect.lines();
    return with(
        dialect.withLines(new Dialect.Lines(lines, old.comment(), old.escape(), old.ragged())));
  }

  /**
   * Says what begins a line that is a comment, and no record; nothing by default.
   *
   * @param comment a character of ASCII
   */
  public Csv comment(char comment) {
    Dialect.Lines old = dialect.lines();
    return with(
        dialect.withLines(new Dialect.Lines(old.skipped(), comment, old.escape(), old.ragged())));
  }

  /**
   * Says what makes the character behind it an ordinary one, within quotes and without: a
   * delimiter, a quote, a line end, or itself; nothing by default. It means nothing else, so that
   * {@code \n} is an n. Two quotes still stand for one.
   *
   * @param escape a character of ASCII, most often a backslash
   */
  public Csv escape(char escape) {
    Dialect.Lines old = dialect.lines();
    return with(
        dialect.withLines(new Dialect.Lines(old.skipped(), old.comment(), escape, old.ragged())));
  }

  /**
   * Says whether rows may have fewer or more fields than there are columns: those that are not
   * there are missing, and those too many are ignored. By default such rows are set aside.
   */
  public Csv ragged(boolean ragged) {
    Dialect.Lines old = dialect.lines();
    return with(
        dialect.withLines(new Dialect.Lines(old.skipped(), old.comment(), old.escape(), ragged)));
  }

  /**
   * Says which texts stand for a missing value, in every column, beside the empty one. Blanks
   * around them do not matter.
   */
  public Csv missing(String... tokens) {
    return with(dialect.notation().withMissing(List.of(tokens)));
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
    return new Csv(
        inputs, dialect, columns, OptionalLong.of(rows), maxUnpacked, allocator, chunkBytes);
  }

  /** Says how characters are encoded; UTF-8 by default, with a byte order mark or without. */
  public Csv charset(Charset charset) {
    return with(dialect.withCharset(charset));
  }

  /** Says from which allocator the readers take their memory; by default each has its own. */
  public Csv allocator(BufferAllocator newAllocator) {
    return new Csv(inputs, dialect, columns, maxRejected, maxUnpacked, newAllocator, chunkBytes);
  }

  /**
   * Says how many bytes each input may have when it is unpacked. By default there is no such limit
   * for inputs that are not compressed, and what is may unpack to 500 times its size, or 64 MiB.
   *
   * @param bytes 1 or more
   */
  public Csv maxUnpacked(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxUnpacked must be at least 1 but was " + bytes);
    }
    return new Csv(inputs, dialect, columns, maxRejected, bytes, allocator, chunkBytes);
  }

  /** Says how many bytes one thread parses at a time, which changes no row. For tests. */
  Csv chunkBytes(int bytes) {
    return new Csv(inputs, dialect, columns, maxRejected, maxUnpacked, allocator, bytes);
  }

  private CsvInput input() throws IOException {
    return CsvInput.of(inputs, dialect, maxUnpacked);
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
        : layout(input(), Execution.here()).schema();
  }

  @Override
  public Origin origin() throws IOException {
    return input().origin();
  }

  @Override
  public SourceReader open(Consumer<? super RejectedRow> rejected, Execution execution)
      throws IOException {
    CsvInput input = input();
    Layout layout = layout(input, execution);
    RejectLimit limit = new RejectLimit(input.name(), maxRejected);
    return new CsvReader(input, layout, limit, rejected, allocator, execution, chunkBytes);
  }

  private Layout layout(CsvInput input, Execution execution) throws IOException {
    Header header = input.header();
    return columns.schema().isPresent()
        ? columns.declaredLayout(header, input.dialect().header())
        : columns.inferredLayout(header, Inference.types(input, header, execution, chunkBytes));
  }

  /** Returns what is read and how. */
  @Override
  public String toString() {
    return OPERATION + " " + inputs.name() + " " + parameters().canonicalJson();
  }
}
