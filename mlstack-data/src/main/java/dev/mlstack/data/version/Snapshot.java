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
  private final View view;

  private Snapshot(
      Home home,
      SnapshotContent content,
      Optional<Commit> commit,
      List<Erasure> erasures,
      View view) {
    this.home = home;
    this.content = content;
    this.commit = commit;
    this.erasures = List.copyOf(erasures);
    this.view = view;
  }

  /**
   * Returns the snapshot that a digest names.
   *
   * @param dataset the dataset that a snapshot is taken for; a commit says itself whose it is
   * @param digest that of a commit, or of a snapshot
   * @throws dev.mlstack.data.access.AccessDeniedException if it may not be read
   */
  static Snapshot open(Home home, String dataset, Digest digest) {
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
    SnapshotContent read = SnapshotContent.of(store.get(content));
    String owner = commit.map(Commit::dataset).orElse(dataset);
    View view = home.view(owner, commit.map(Commit::digest), read.schema());
    return new Snapshot(home, read, commit, erased, view);
  }

  @Override
  public Schema schema() {
    return view.schema();
  }

  @Override
  public long rows() {
    return content.rows();
  }

  @Override
  public Digest digest() {
    return view.digest(content.digest());
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
    Runnable telling = tellingOnce();
    return content.groups().isEmpty()
        ? List.of(() -> reader(List.of(), telling))
        : content.groups().stream()
            .map(group -> (Shard) () -> reader(List.of(group), telling))
            .toList();
  }

  @Override
  public TableReader open() {
    return reader(content.groups(), this::tell);
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

  /** Tells whoever listens that rows are about to be read. */
  void tell() {
    view.tell(content.digest());
  }

  /** Returns what tells so once. */
  Runnable tellingOnce() {
    return view.tellingOnce(content.digest());
  }

  /** Makes sure that nothing is hidden. */
  Snapshot requireWhole(String deed) {
    view.requireWhole(deed);
    return this;
  }

  /** Makes sure that the identities of rows can be seen. */
  void requireIdentities(String deed) {
    view.requireIdentities(deed);
  }

  private TableReader reader(List<SnapshotContent.Group> groups, Runnable telling) {
    telling.run();
    return reader(groups);
  }

  /**
   * Opens a reader over one group or all. The caller closes it, and has told that rows are read.
   */
  TableReader reader(List<SnapshotContent.Group> groups) {
    TableReader reader = new GroupReader(content, groups, home.store(), home.allocator());
    return view.isWhole() ? reader : new MaskedReader(reader, view, position(groups));
  }

  /** Returns how many rows stand before some groups. */
  private long position(List<SnapshotContent.Group> groups) {
    int first = groups.isEmpty() ? 0 : content.groups().indexOf(groups.get(0));
    return content.groups().stream().limit(first).mapToLong(SnapshotContent.Group::rows).sum();
  }

  /**
   * Returns the rows that were set aside when this was committed, in the order of their lines: the
   * columns are {@code source}, {@code line}, {@code offset}, {@code column}, {@code value}, {@code
   * reason} and {@code text}, as in {@link dev.mlstack.table.RejectedRow}. If a policy hides any
   * column, the last three are hidden.
   */
  public Dataset rejected() {
    Optional<Digest> rows = commit.flatMap(Commit::rejectedRows);
    return rows.isPresent()
        ? rejected(rows.get())
        : MemoryDataset.of(RejectedRows.table(List.of()));
  }

  private Snapshot rejected(Digest digest) {
    List<Erasure> erased = home.erasures(digest);
    SnapshotContent read = SnapshotContent.of(home.store().get(home.standing(digest)));
    return new Snapshot(home, read, Optional.empty(), erased, view.ofRejected(read.schema()));
  }

  /**
   * Returns what checking the rows came to; without any rules if there were none.
   *
   * @throws dev.mlstack.data.access.AccessDeniedException if a policy hides any column, because the
   *     report quotes values
   */
  public CheckReport checks() {
    view.requireWhole("read the checks of");
    commit.flatMap(Commit::checks).ifPresent(view.ofChecks()::tell);
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
