package dev.mlstack.data.columnar;

import dev.mlstack.compute.Execution;
import dev.mlstack.model.Label;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Source;
import dev.mlstack.table.SourceReader;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A file whose columns have types, and how to read it.
 *
 * <p><b>Columns.</b> A record or a schema says which columns are read, and as what; others of the
 * file are not touched. They are found by name: the exact one, or else the only one that differs in
 * nothing but case, blanks, hyphens and underscores. A column inside of a struct has the names of
 * all around it, with points between them. Without a record or a schema all columns are read, as
 * the types they have; a column of a type that has no counterpart is refused with a sentence that
 * names it and says what to do.
 *
 * <p><b>Values</b> are read exactly, or their row is bad:
 *
 * <ul>
 *   <li>int: whole numbers that fit, also from numbers without a sign, with a point or decimal.
 *   <li>real: the nearest number; only a declared type makes a decimal number one.
 *   <li>date and timestamp: a timestamp with any zone is an instant, one without is a date and
 *       time. Parts of a microsecond make a row bad, unless {@link #cutNanos} is said.
 *   <li>category: texts as {@code Csv} reads them.
 *   <li>text: well-formed UTF-8.
 *   <li>tensor: lists of as many numbers, none of them missing.
 * </ul>
 *
 * <p><b>Bad rows</b> are set aside and never lost. The line of a rejected row is its position in
 * the file, from 1. If there are more than {@link #maxRejected}, reading ends with a {@link
 * dev.mlstack.table.DataException}.
 *
 * <p>Columns are read by as many threads as the execution allows. Immutable. Every method returns a
 * changed copy.
 *
 * @param <S> the format
 */
public abstract class ColumnarSource<S extends ColumnarSource<S>> implements Source {

  /** How many rows may be set aside by default, if not more of them than are read: 1,000. */
  public static final long MAX_REJECTED = 1000;

  private final Settings settings;

  /** What was said about a file, whatever its format. */
  protected static final class Settings {
    /** Nothing was said. */
    public static final Settings DEFAULTS = new Settings(Selection.ALL, OptionalLong.empty(), null);

    private final Selection selection;
    private final OptionalLong maxRejected;
    private final @Nullable BufferAllocator allocator;

    private Settings(
        Selection selection, OptionalLong maxRejected, @Nullable BufferAllocator allocator) {
      this.selection = selection;
      this.maxRejected = maxRejected;
      this.allocator = allocator;
    }

    private Settings with(Selection newSelection) {
      return new Settings(newSelection, maxRejected, allocator);
    }
  }

  /** Creates a source with settings. */
  protected ColumnarSource(Settings settings) {
    this.settings = settings;
  }

  /** Returns this file with other settings. */
  protected abstract S with(Settings newSettings);

  /** Opens the file. The caller closes it. */
  protected abstract ColumnarFile openFile() throws IOException;

  private S select(Selection selection) {
    return with(settings.with(selection));
  }

  /** Reads the columns that a record describes; see {@link Schema#of(Class)}. */
  public final S as(Class<? extends Record> type) {
    return as(Schema.of(type));
  }

  /** Reads the columns of a schema. */
  public final S as(Schema schema) {
    return select(settings.selection.withSchema(schema));
  }

  /** Reads these columns only, in this order, as the types they have. */
  public final S columns(String... names) {
    return select(settings.selection.withOnly(List.of(names)));
  }

  /** Reads all columns but these. */
  public final S without(String... names) {
    return select(settings.selection.withWithout(List.of(names)));
  }

  /**
   * Reads the columns of a label, too; where they are among the others, the label says what they
   * are.
   */
  public final S label(Label<?> label) {
    return select(settings.selection.withLabels(label.fields()));
  }

  /** Makes columns the key: together they tell rows apart, and none of them is ever missing. */
  public final S key(String... names) {
    return role(Role.KEY, names);
  }

  /** Gives columns a role. */
  public final S role(Role role, String... names) {
    return select(settings.selection.withRole(role, List.of(names)));
  }

  /** Gives a column a type, in place of the one that it has. */
  public final S type(String column, FieldType type) {
    return select(settings.selection.withType(column, type));
  }

  /**
   * Cuts off what a timestamp has of nanoseconds, towards the past. Without this, a row is bad
   * where something would be lost.
   */
  public final S cutNanos() {
    return select(settings.selection.withCutNanos());
  }

  /**
   * Says how many rows may be set aside before reading ends with an exception. By default {@link
   * #MAX_REJECTED}, and no more than are read.
   *
   * @param rows 0 or more
   */
  public final S maxRejected(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("maxRejected must be at least 0 but was " + rows);
    }
    return with(new Settings(settings.selection, OptionalLong.of(rows), settings.allocator));
  }

  /** Says from which allocator the readers take their memory; by default each has its own. */
  public final S allocator(BufferAllocator newAllocator) {
    return with(new Settings(settings.selection, settings.maxRejected, newAllocator));
  }

  @Override
  public final Value.Doc parameters() {
    return Value.doc().put("cut-nanos", settings.selection.cutNanos()).build();
  }

  @Override
  public final Schema schema() throws IOException {
    try (ColumnarFile file = openFile()) {
      return project(file).schema();
    }
  }

  private Projection project(ColumnarFile file) {
    return settings.selection.project(file);
  }

  @Override
  public final SourceReader open(Consumer<? super RejectedRow> rejected, Execution execution)
      throws IOException {
    ColumnarFile file = openFile();
    try {
      return new ColumnarReader(
          file,
          project(file),
          new RejectedLimit(settings.maxRejected),
          rejected,
          execution,
          settings.allocator);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Returns what is read and how. */
  @Override
  public String toString() {
    return operation() + " " + parameters().canonicalJson();
  }
}
