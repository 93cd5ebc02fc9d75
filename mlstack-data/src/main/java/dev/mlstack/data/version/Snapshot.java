package dev.mlstack.data.version;

import dev.mlstack.core.store.Erasure;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.data.check.CheckReport;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.TableReader;
import java.util.List;
import java.util.Optional;

/**
 * A dataset that never changes, as it is kept in a store.
 *
 * <p>Its digest says what it is: equal rows in equal order under an equal schema have equal
 * digests, whoever committed them when. Its record is the commit, which says how it came to be.
 *
 * <p>Tables are Arrow tables whose columns are read when they are first asked for, so that who
 * needs few columns reads few. A reader owns the memory of its table. Usable as long as the store
 * is open; damaged data is found when it is read, and named.
 */
public final class Snapshot implements Dataset {

  private final Home home;
  private final SnapshotContent content;
  private final Optional<Commit> commit;
  private final List<Erasure> erasures;

  private Snapshot(
      Home home, SnapshotContent content, Optional<Commit> commit, List<Erasure> erasures) {
    this.home = home;
    this.content = content;
    this.commit = commit;
    this.erasures = List.copyOf(erasures);
  }

  /**
   * Returns the snapshot that a digest names.
   *
   * @param digest that of a commit, or of a snapshot
   */
  static Snapshot open(Home home, Digest digest) {
    ObjectStore store = home.store();
    List<Erasure> erased = home.erasures(digest);
    boolean isCommit = erased.isEmpty() && Commit.is(store.get(digest));
    Optional<Commit> commit = isCommit ? Optional.of(Commit.read(store, digest)) : Optional.empty();
    Digest content = digest;
    if (commit.isPresent()) {
      content = commit.get().snapshot();
      erased = home.erasures(content);
    }
    if (!erased.isEmpty()) {
      content = erased.get(erased.size() - 1).replacement();
    }
    return new Snapshot(home, SnapshotContent.of(store.get(content)), commit, erased);
  }

  @Override
  public Schema schema() {
    return content.schema();
  }

  @Override
  public long rows() {
    return content.rows();
  }

  @Override
  public Digest digest() {
    return content.digest();
  }

  @Override
  public Optional<Digest> record() {
    return commit.map(Commit::digest);
  }

  /** Returns the commit that made this; nothing if it was opened by the digest of its content. */
  public Optional<Commit> commit() {
    return commit;
  }

  /** Returns one shard for each group of rows, some thousand each. */
  @Override
  public List<Shard> shards() {
    return content.groups().isEmpty()
        ? List.of(() -> reader(List.of()))
        : content.groups().stream().map(group -> (Shard) () -> reader(List.of(group))).toList();
  }

  @Override
  public TableReader open() {
    return reader(content.groups());
  }

  /**
   * Returns what was erased from this version, the oldest first: rows that it once had are gone,
   * and its digest is that of the rows that are left.
   */
  public List<Erasure> erasures() {
    return erasures;
  }

  Home home() {
    return home;
  }

  /** Returns what the root says. */
  SnapshotContent content() {
    return content;
  }

  /** Opens a reader over some groups. The caller closes it. */
  TableReader reader(List<SnapshotContent.Group> groups) {
    return new GroupReader(content, groups, home.store(), home.allocator());
  }

  /**
   * Returns the rows that were set aside when this was committed, in the order of their lines: the
   * columns are {@code source}, {@code line}, {@code offset}, {@code column}, {@code value}, {@code
   * reason} and {@code text}, as in {@link dev.mlstack.table.RejectedRow}.
   */
  public Dataset rejected() {
    Optional<Digest> rows = commit.flatMap(Commit::rejectedRows);
    return rows.isPresent()
        ? open(home, rows.get())
        : MemoryDataset.of(RejectedRows.table(List.of()));
  }

  /** Returns what checking the rows came to; without any rules if there were none. */
  public CheckReport checks() {
    return commit
        .flatMap(Commit::checks)
        .map(report -> CheckReport.from(home.store().get(home.standing(report))))
        .orElse(new CheckReport(rows(), List.of()));
  }

  /** Returns the abbreviated digest and the size. */
  @Override
  public String toString() {
    return "snapshot " + digest().abbreviated() + " of " + rows() + " rows";
  }
}
