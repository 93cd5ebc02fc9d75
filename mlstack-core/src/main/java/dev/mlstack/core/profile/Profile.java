package dev.mlstack.core.profile;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.compute.LocalRounds;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the features and labels of a dataset look like: the reference that later rows are compared
 * with.
 *
 * <pre>{@code
 * Profile profile = Profile.of(split.train(), Execution.here());
 * ProfileCounter live = profile.counter(requests);
 * live.add(row);
 * long[] expected = profile.column("age").counts();
 * long[] actual = live.counts("age");
 * }</pre>
 *
 * <p>Immutable. Its bits do not depend on threads, on the order of rows, or on how the data is cut
 * into tables and shards.
 */
public final class Profile implements Content {

  /** The type of a stored profile. */
  public static final VersionedName TYPE = new VersionedName("profile", 1);

  /** The name of the edge to the data, which need not be stored with it. */
  static final String DATA = "data";

  /** What progress and cancellation call the work. */
  static final String TASK = "profile data";

  private final Digest data;
  private final long rows;
  private final List<ColumnProfile> columns;

  Profile(Digest data, long rows, List<ColumnProfile> columns) {
    this.data = data;
    this.rows = rows;
    this.columns = List.copyOf(columns);
  }

  /**
   * Profiles the columns of a dataset that are features or labels. The data is read once for texts
   * and tensors, and about five times for numbers, whose quantiles are exact: what they take is
   * some 64 MiB at most for each thread, however many rows there are. Texts take what all different
   * ones take.
   *
   * @param execution reads shards in parallel, receives progress and may be cancelled
   * @throws java.util.concurrent.CancellationException if the execution was cancelled
   */
  public static Profile of(Dataset data, Execution execution) {
    Schema schema = data.schema();
    int[] fields =
        IntStream.range(0, schema.size()).filter(i -> isProfiled(schema.field(i).role())).toArray();
    ProfileRounds rounds = new ProfileRounds(schema, fields, execution);
    List<Shard> shards = data.shards();
    int blocks = Math.min(shards.size(), execution.parallelism());
    List<ColumnScan> scans = rounds.start();
    for (int round = 1; !rounds.done(scans); round++) {
      scans = LocalRounds.next(rounds, scans, blocks, i -> block(shards, i, blocks), execution);
      execution.report(Progress.of(TASK, round, Progress.UNKNOWN));
    }
    return new Profile(
        data.digest(),
        data.rows(),
        scans.stream().map(scan -> ((ColumnScan.Done) scan).profile()).toList());
  }

  /** Returns one of several parts of about as many shards. */
  private static List<Shard> block(List<Shard> shards, int index, int blocks) {
    long size = shards.size();
    return shards.subList((int) (size * index / blocks), (int) (size * (index + 1) / blocks));
  }

  private static boolean isProfiled(Role role) {
    return role == Role.FEATURE || role == Role.LABEL;
  }

  /** Returns the digest of the data that was profiled. */
  public Digest data() {
    return data;
  }

  /** Returns how many rows it has. */
  public long rows() {
    return rows;
  }

  /** Returns the profile of each feature and label, in the order of the schema. */
  public List<ColumnProfile> columns() {
    return columns;
  }

  /**
   * Returns the profile of a column.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public ColumnProfile column(String name) {
    return columns.stream()
        .filter(column -> column.field().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no column '" + name + "' in the profile, only " + schema().names()));
  }

  /** Returns the columns that are profiled. */
  public Schema schema() {
    return Schema.of(columns.stream().map(ColumnProfile::field).toList());
  }

  /** Returns a counter of tables, and of rows that have all columns of this profile in order. */
  public ProfileCounter counter() {
    return counter(schema());
  }

  /**
   * Returns a counter of rows of a schema. It counts the columns that the schema and this profile
   * have in common: live rows, for example, have no label.
   *
   * @throws IllegalArgumentException if there is no such column, or one is of another kind (number,
   *     text or tensor)
   */
  public ProfileCounter counter(Schema rowSchema) {
    return ProfileCounter.of(this, rowSchema);
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT,
            TYPE,
            List.of(Edge.names(DATA, data)),
            Value.doc()
                .put("rows", rows)
                .put("columns", columns.stream().map(ColumnProfile::toValue).toList())
                .build()));
  }
}
