package dev.mlstack.core.profile;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.compute.LocalRounds;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the columns of a dataset look like, found in one pass and in little memory: some 100 KiB for
 * a column and thread, however many rows there are.
 *
 * <pre>{@code
 * Profile profile = Profile.of(split.train(), Execution.here());
 * double share = profile.column("age").missingShare();
 * double median = profile.number("age").quantile(0.5);
 * List<TextProfile.Frequent> colors = profile.text("color").frequent(10);
 * Profile both = profile.merge(Profile.of(split.test(), Execution.here()));
 * }</pre>
 *
 * <p>Its bits are a function of the rows and their identities alone. The order of rows does not
 * matter, nor how they are cut into tables, shards and datasets, nor how the profiles of parts are
 * merged: the profile of a whole is to the bit that of its merged parts. What is exact and what is
 * estimated, and how well, is said by {@link NumberProfile} and {@link TextProfile}.
 *
 * <p>Immutable. As an object, a column of numbers takes up to some 5 KB, one of short texts up to
 * 15.
 */
public final class Profile implements Content {

  /** The type of a stored profile. */
  public static final VersionedName TYPE = new VersionedName("profile", 2);

  /** What progress and cancellation call the work. */
  static final String TASK = "profile data";

  /** So that threads end at about the same time. */
  private static final int BLOCKS_OF_A_THREAD = 3;

  private final long rows;
  private final List<ColumnProfile> columns;

  Profile(long rows, List<ColumnProfile> columns) {
    this.rows = rows;
    this.columns = List.copyOf(columns);
  }

  /**
   * Profiles all columns of a dataset, reading it once.
   *
   * @param execution reads shards in parallel, receives progress and may be cancelled
   * @throws java.util.concurrent.CancellationException if the execution was cancelled
   */
  public static Profile of(Dataset data, Execution execution) {
    List<Shard> shards = data.shards();
    int blocks = Math.min(shards.size(), BLOCKS_OF_A_THREAD * execution.parallelism());
    ProfileRound round = new ProfileRound(data, execution);
    return LocalRounds.run(round, blocks, i -> block(shards, i, blocks), execution).orElseThrow();
  }

  /**
   * Profiles all columns of some tables.
   *
   * @param first decides about the schema
   * @param more further tables, with columns of the same names and types
   */
  public static Profile of(Table first, Table... more) {
    ProfileAccumulator rows = accumulator(first.schema());
    rows.add(first);
    for (Table table : more) {
      rows.add(table);
    }
    return rows.snapshot();
  }

  /** Returns what makes a profile of rows as they come, such as live traffic. */
  public static ProfileAccumulator accumulator(Schema schema) {
    return new ProfileAccumulator(schema);
  }

  /** Returns one of several parts of about as many shards. */
  private static List<Shard> block(List<Shard> shards, int index, int blocks) {
    long size = shards.size();
    return shards.subList((int) (size * index / blocks), (int) (size * (index + 1) / blocks));
  }

  /**
   * Returns the profile of all rows of two profiles. A row that is in both counts twice.
   *
   * @throws IllegalArgumentException if the other has another schema
   */
  public Profile merge(Profile other) {
    if (!schema().equals(other.schema())) {
      throw new IllegalArgumentException(
          "profiles to merge must have one schema but have " + schema() + " and " + other.schema());
    }
    List<ColumnProfile> merged = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      merged.add(columns.get(i).merge(other.columns.get(i)));
    }
    return new Profile(rows + other.rows, merged);
  }

  /** Returns how many rows there are. */
  public long rows() {
    return rows;
  }

  /** Returns the profile of each column, in the order of the schema. */
  public List<ColumnProfile> columns() {
    return columns;
  }

  /**
   * Returns the profile of a column.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public ColumnProfile column(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no column '" + name + "' in the profile, only " + schema().names()));
  }

  /**
   * Returns the profile of a column of numbers, dates, timestamps or tensors.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public NumberProfile number(String name) {
    if (column(name) instanceof NumberProfile numbers) {
      return numbers;
    }
    throw new IllegalArgumentException("column '" + name + "' has texts, ask for text(name)");
  }

  /**
   * Returns the profile of a column of texts or categories.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public TextProfile text(String name) {
    if (column(name) instanceof TextProfile texts) {
      return texts;
    }
    throw new IllegalArgumentException("column '" + name + "' has numbers, ask for number(name)");
  }

  Optional<ColumnProfile> find(String name) {
    return columns.stream().filter(column -> column.field().name().equals(name)).findFirst();
  }

  /** Returns the columns that are profiled. */
  public Schema schema() {
    return Schema.of(columns.stream().map(ColumnProfile::field).toList());
  }

  /** Returns the cells of the features and labels, in which other rows are compared with these. */
  public ProfileCells cells() {
    return new ProfileCells(
        digest(),
        rows,
        columns.stream()
            .filter(column -> isCompared(column.field()))
            .map(ColumnProfile::cells)
            .toList());
  }

  /** Tells whether a column is a feature or a label: identities are new in any other rows. */
  static boolean isCompared(Field field) {
    return field.role() == Role.FEATURE || field.role() == Role.LABEL;
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT,
            TYPE,
            List.of(),
            Value.doc()
                .put("rows", rows)
                .put("columns", columns.stream().map(ColumnProfile::toValue).toList())
                .build()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Profile that && rows == that.rows && columns.equals(that.columns);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(rows) + columns.hashCode();
  }

  /** Returns the number of rows and a line for each column. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(rows + " rows");
    IntStream.range(0, columns.size()).forEach(i -> text.append('\n').append(columns.get(i)));
    return text.toString();
  }
}
