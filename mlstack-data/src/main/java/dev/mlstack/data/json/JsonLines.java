package dev.mlstack.data.json;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.Input;
import dev.mlstack.data.internal.InputMeter;
import dev.mlstack.data.internal.Inputs;
import dev.mlstack.data.internal.OrderedPipeline;
import dev.mlstack.data.internal.Projection;
import dev.mlstack.data.internal.RejectLimit;
import dev.mlstack.data.internal.TextCoding;
import dev.mlstack.data.read.InputSupplier;
import dev.mlstack.model.Label;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Text with one JSON object on each line, and how to read it.
 *
 * <pre>{@code
 * Source patients = JsonLines.file(path).as(Patient.class).key("id");
 * }</pre>
 *
 * <p>The text is UTF-8, perhaps compressed with gzip or zstd, which is seen by how it begins. Lines
 * end with LF or CRLF; blank ones are no rows.
 *
 * <p><b>Columns.</b> A member of the object is a column; members of objects in it are columns of
 * their own, named by all keys that lead there with points between them: {@code user.address.zip}.
 * {@link #field} gives a value another name. A record or a schema says which columns are read; they
 * are found by name, exactly or ignoring case, blanks, points, hyphens and underscores, so that a
 * component {@code userAddressZip} is the column above. Without, all are read, and their types
 * inferred from every line:
 *
 * <ul>
 *   <li>truth values are bool; whole numbers int64, if all fit; other numbers float64;
 *   <li>texts that are all dates, all instants, or all dates and times are such, written as {@link
 *       dev.mlstack.data.read.Csv} reads them;
 *   <li>arrays of numbers, nested or not, are a tensor if all have the same shape;
 *   <li>everything else is text: a mixture of these, arrays of other things or of several shapes,
 *       objects where other values stand on other lines, and whole numbers of which some fit into
 *       no 64 bits. What is no text on its line is the JSON that it was written as.
 * </ul>
 *
 * <p><b>Values.</b> A member that is not there and one that is {@code null} are missing. A column
 * of numbers also takes numbers in quotes, and {@code NaN}, {@code Infinity} and {@code -Infinity}
 * with quotes or without; a number becomes the nearest double. A category takes one of its values,
 * ignoring case, blanks, hyphens and underscores. A tensor is nested as its shape says, or flat.
 *
 * <p><b>Bad rows</b> are set aside and never lost: lines that are no JSON object (RFC 8259), that
 * have two values for one column, a value that its column cannot hold, or none where there must be
 * one. If there are more than {@link #maxRejected}, reading ends with an exception that sums them
 * up. Objects may be {@value JsonCursor#MAX_DEPTH} deep, and have {@value TypeScan#MAX_PLACES}
 * different keys in all if columns are inferred.
 *
 * <p>Lines are worked on by as many threads as the execution allows, in bounded memory; the result
 * does not depend on their number.
 *
 * <p>Immutable. Every method returns a changed copy.
 */
public final class JsonLines implements Source {

  /** The operation of reading JSON lines, and the version of its arithmetic. */
  public static final VersionedName OPERATION = new VersionedName("jsonl", 1);

  /** How many rows may be set aside by default, if not more of them than are read: 1,000. */
  public static final long MAX_REJECTED = RejectLimit.MAX_REJECTED;

  /** How many bytes a line may have by default: 64 MiB. */
  public static final int MAX_LINE_BYTES = 64 << 20;

  private static final int HEAD_BYTES = 8192;

  private final JsonLinesSettings settings;

  private JsonLines(JsonLinesSettings settings) {
    this.settings = settings;
  }

  private static JsonLines of(Inputs inputs) {
    return new JsonLines(
        new JsonLinesSettings(
            inputs,
            Projection.ALL,
            new TreeMap<>(),
            OptionalLong.empty(),
            new JsonLinesSettings.Limits(MAX_LINE_BYTES, 0, LineChunks.CHUNK_BYTES),
            null));
  }

  /** Returns the lines of a file. */
  public static JsonLines file(Path path) {
    return of(Inputs.file(path));
  }

  /** Returns the lines of several files, of which there is at least one, in the given order. */
  public static JsonLines files(List<Path> paths) {
    return of(Inputs.files(paths));
  }

  /**
   * Returns the lines of the files of a directory whose names match a pattern, in the order of
   * their names.
   *
   * @param pattern such as {@code orders-*.jsonl.gz}
   */
  public static JsonLines glob(Path directory, String pattern) {
    return of(Inputs.glob(directory, pattern));
  }

  /**
   * Returns the lines of a stream.
   *
   * @param name what people call it
   * @param supplier opens it, each time from its beginning
   */
  public static JsonLines stream(String name, InputSupplier supplier) {
    return of(Inputs.stream(name, supplier::open));
  }

  /** Returns a file to write to, which is created, or replaced if it exists. */
  public static JsonLinesTarget to(Path path) {
    return new JsonLinesTarget(path);
  }

  private JsonLines with(Projection projection) {
    return new JsonLines(settings.withProjection(projection));
  }

  /** Reads the columns that a record describes; see {@link Schema#of(Class)}. */
  public JsonLines as(Class<? extends Record> type) {
    return as(Schema.of(type));
  }

  /** Reads the columns of a schema. */
  public JsonLines as(Schema schema) {
    return with(settings.projection().withSchema(schema));
  }

  /** Reads only these columns, in this order. */
  public JsonLines columns(String... names) {
    return with(settings.projection().withOnly(List.of(names)));
  }

  /**
   * Gives the column of the values at a place a name.
   *
   * @param pointer where the values stand (RFC 6901): {@code /user/address/zip}
   * @param name the name of the column
   */
  public JsonLines field(String pointer, String name) {
    if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException("pointer must begin with a / but was '" + pointer + "'");
    } else if (settings.fields().containsValue(name)) {
      throw new IllegalArgumentException(
          "name must be that of one field but '" + name + "' is not");
    }
    return new JsonLines(settings.withField(pointer, name));
  }

  /**
   * Reads the columns of a label, too; where they are among the others, the label says what they
   * are.
   */
  public JsonLines label(Label<?> label) {
    return with(settings.projection().withLabels(label.fields()));
  }

  /** Makes columns the key: together they tell rows apart, and none of them is ever missing. */
  public JsonLines key(String... names) {
    return role(Role.KEY, names);
  }

  /** Gives columns a role. */
  public JsonLines role(Role role, String... names) {
    return with(settings.projection().withRole(role, List.of(names)));
  }

  /** Gives a column a type, in place of the inferred one. */
  public JsonLines type(String column, FieldType type) {
    return with(settings.projection().withType(column, type));
  }

  /**
   * Says how many rows may be set aside before reading ends with an exception. By default {@link
   * #MAX_REJECTED}, and no more than are read.
   *
   * @param rows 0 or more
   */
  public JsonLines maxRejected(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("maxRejected must be at least 0 but was " + rows);
    }
    return new JsonLines(settings.withMaxRejected(rows));
  }

  /**
   * Says how many bytes a line may have before reading ends with an exception.
   *
   * @param bytes 1 or more; {@link #MAX_LINE_BYTES} by default
   */
  public JsonLines maxLineBytes(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxLineBytes must be at least 1 but was " + bytes);
    }
    return with(bytes, settings.limits().unpackedBytes(), settings.limits().chunkBytes());
  }

  /**
   * Says how many bytes may come of unpacking a compressed input, however small it is. By default
   * only their ratio is limited, to 500, from 64 MiB on.
   *
   * @param bytes 1 or more
   */
  public JsonLines maxUnpacked(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxUnpacked must be at least 1 but was " + bytes);
    }
    return with(settings.limits().lineBytes(), bytes, settings.limits().chunkBytes());
  }

  /** Says how many bytes are worked on at once, for tests of what must not depend on it. */
  JsonLines chunkBytes(int bytes) {
    return with(settings.limits().lineBytes(), settings.limits().unpackedBytes(), bytes);
  }

  private JsonLines with(int lineBytes, long unpackedBytes, int chunkBytes) {
    return new JsonLines(
        settings.withLimits(new JsonLinesSettings.Limits(lineBytes, unpackedBytes, chunkBytes)));
  }

  /** Says from which allocator the readers take their memory; by default each has its own. */
  public JsonLines allocator(BufferAllocator allocator) {
    return new JsonLines(settings.withAllocator(allocator));
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    if (settings.fields().isEmpty()) {
      return Value.Doc.EMPTY;
    }
    Value.Doc.Builder fields = Value.doc();
    settings.fields().forEach(fields::put);
    return Value.doc().put("fields", fields.build()).build();
  }

  @Override
  public Schema schema() throws IOException {
    return settings.projection().isDeclared()
        ? settings.projection().declaredSchema()
        : columns(settings.inputs().resolve(), Execution.here()).schema();
  }

  @Override
  public Origin origin() throws IOException {
    List<Input> inputs = settings.inputs().resolve();
    InputMeter meter = settings.meter("hash", inputs, /* hashing= */ true, Execution.here());
    for (Input input : inputs) {
      try (InputStream in = meter.measure(input.open())) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return new Origin(settings.inputs().name(), meter.count(), meter.digest());
  }

  @Override
  public SourceReader open(Consumer<? super RejectedRow> rejected, Execution execution)
      throws IOException {
    List<Input> inputs = settings.inputs().resolve();
    for (Input input : inputs) {
      TextCoding.UTF_8.requireText(input, HEAD_BYTES);
    }
    return new JsonLinesReader(settings, columns(inputs, execution), inputs, rejected, execution);
  }

  private JsonColumns columns(List<Input> inputs, Execution execution) throws IOException {
    Projection projection = settings.projection();
    if (projection.isDeclared()) {
      return JsonColumns.declared(projection.declaredSchema(), settings.fields());
    }
    TypeScan all = scan(inputs, execution);
    return JsonColumns.inferred(
        settings.inputs().name(),
        all.places(settings.fields().keySet()),
        projection,
        settings.fields());
  }

  /** Looks at all lines, each thread for itself. */
  private TypeScan scan(List<Input> inputs, Execution execution) throws IOException {
    Queue<TypeScan> scans = new ConcurrentLinkedQueue<>();
    InputMeter meter =
        settings.meter("infer the types of", inputs, /* hashing= */ false, execution);
    try (LineChunks chunks = settings.chunks(inputs, meter);
        OrderedPipeline<LineChunk, Boolean> pipeline =
            new OrderedPipeline<>(
                chunks::next, chunk -> look(chunk, chunks, scans), done -> {}, execution)) {
      while (pipeline.next() != null) {
        // The scans take in what was found.
      }
    }
    TypeScan all = new TypeScan();
    scans.forEach(all::merge);
    return all;
  }

  private static boolean look(LineChunk chunk, LineChunks chunks, Queue<TypeScan> scans) {
    TypeScan spare = scans.poll();
    TypeScan scan = spare == null ? new TypeScan() : spare;
    scan.look(chunk);
    scans.add(scan);
    chunks.recycle(chunk);
    return true;
  }

  /** Returns what is read and how. */
  @Override
  public String toString() {
    return OPERATION + " " + settings.inputs().name() + " " + parameters().canonicalJson();
  }
}
