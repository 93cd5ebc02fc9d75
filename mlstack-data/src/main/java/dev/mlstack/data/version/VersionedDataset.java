package dev.mlstack.data.version;

import dev.mlstack.data.access.AccessDeniedException;
import dev.mlstack.data.check.Checks;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Source;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One branch of a dataset, with its history.
 *
 * <pre>{@code
 * VersionedDataset loans = datasets.dataset("loans");
 * loans.commit(Csv.file(first).key("id"), checks, "first import");
 * loans.append(Csv.file(today), checks, "today");
 * VersionedDataset fix = loans.branch("fix");
 * fix.delete(RowSelection.where(row -> row.number(2) < 0), "no amount is negative");
 * loans.merge(fix).commit("checked by two");
 * }</pre>
 *
 * <p>Its newest commit is what the ref {@code datasets/<name>/<branch>} points to. Nothing is ever
 * changed: each version stays, and shares with the others what is equal. Two that commit at once
 * both succeed, one after the other. Safe for use by several threads; several processes may share
 * the store.
 */
public final class VersionedDataset {

  private static final VersionedName DELETE = new VersionedName("delete", 1);

  private final Home home;
  private final String name;
  private final String branch;
  private final RefName ref;

  VersionedDataset(Home home, String name, String branch) {
    this.home = home;
    this.name = name;
    this.branch = branch;
    this.ref = Home.branch(name, branch);
  }

  /** Returns the name of the dataset. */
  public String name() {
    return name;
  }

  /** Returns the name of the branch: {@code main}, if no other was asked for. */
  public String branch() {
    return branch;
  }

  /** Commits all rows that can be read, without checks. */
  public Snapshot commit(Source source) throws IOException {
    return commit(source, Checks.none());
  }

  /** Commits all rows that can be read and pass the checks. */
  public Snapshot commit(Source source, Checks checks) throws IOException {
    return commit(source, checks, "");
  }

  /**
   * Reads a source, checks it, and makes its rows the newest version. Rows that cannot be read,
   * fail a check, or have the key of a row before them are set aside and kept beside it.
   *
   * @param message why, in plain words; may be empty
   * @throws IOException if the source cannot be opened
   * @throws DataException if too many rows cannot be read, a check refuses the data, or no row is
   *     left; nothing is stored
   * @throws IllegalArgumentException if a check is about a column that is not there
   * @throws dev.mlstack.store.StoreException if storing fails; the dataset stays as it was
   */
  public Snapshot commit(Source source, Checks checks, String message) throws IOException {
    try (Batch batch = home.store().batch()) {
      Similar similar = Similar.to(unguardedHead(), home.store());
      Replacing rows =
          new Replacing(schema -> new SnapshotWriter(schema, batch, home.execution(), similar));
      Written written = new Committer(source, checks, batch, home.execution()).write(rows);
      while (true) {
        Optional<Ref> before = home.refs().find(ref);
        Provenance record =
            Commit.record(name, message, home.by(), before.map(Ref::target), written);
        Optional<Snapshot> committed = land(batch, before, record, message);
        if (committed.isPresent()) {
          return committed.get();
        }
      }
    }
  }

  /**
   * Adds the rows of a source behind those of the newest version. A row whose key is there already
   * is set aside, as are those that {@link #commit(Source, Checks, String)} sets aside. Rows
   * without keys may equal others.
   *
   * @param rows has the columns of the dataset, of the same types, in the same order
   * @param checks are about the new rows alone
   * @param message why, in plain words; may be empty
   * @throws IOException if the source cannot be opened
   * @throws DataException as for {@code commit}, or if the columns are others, or nothing was ever
   *     committed
   */
  public Snapshot append(Source rows, Checks checks, String message) throws IOException {
    return add(rows, checks, message, Appending::new);
  }

  /**
   * Puts the rows of a source in the place of those that have their keys, and the others behind.
   * Rows of the source are in memory meanwhile.
   *
   * @param rows has the columns of the dataset, of the same types, in the same order
   * @param checks are about the rows of the source alone
   * @param message why, in plain words; may be empty
   * @throws IOException if the source cannot be opened
   * @throws DataException as for {@link #append}, or if the dataset has no keys
   */
  public Snapshot upsert(Source rows, Checks checks, String message) throws IOException {
    return add(rows, checks, message, Upserting::new);
  }

  private interface Adding {
    Committer.Destination to(Snapshot base, SnapshotWriter writer, Rewrite rewrite);
  }

  private Snapshot add(Source rows, Checks checks, String message, Adding adding)
      throws IOException {
    while (true) {
      try (Batch batch = home.store().batch()) {
        Ref before = requireHead();
        Snapshot base = leased(batch, before.target());
        SnapshotWriter writer = writer(base, batch);
        Committer.Destination destination =
            adding.to(base, writer, new Rewrite(base, writer, home.execution()));
        Written written = new Committer(rows, checks, batch, home.execution()).write(destination);
        Provenance record =
            Commit.record(name, message, home.by(), Optional.of(before.target()), written);
        Optional<Snapshot> committed = land(batch, Optional.of(before), record, message);
        if (committed.isPresent()) {
          return committed.get();
        }
      }
    }
  }

  /**
   * Removes rows. If none is meant, nothing is committed.
   *
   * @param message why, in plain words; may be empty
   * @return the newest version then
   * @throws DataException if nothing was ever committed
   */
  public Snapshot delete(RowSelection rows, String message) {
    while (true) {
      try (Batch batch = home.store().batch()) {
        Ref before = requireHead();
        Snapshot base = leased(batch, before.target());
        SnapshotWriter writer = writer(base, batch);
        new Rewrite(base, writer, home.execution()).run(rows.removal());
        if (writer.rows() == base.rows()) {
          return base;
        }
        Recipe recipe =
            derived(DELETE, Value.doc().put("deleted", base.rows() - writer.rows()).build(), base);
        Written written = Written.derived(recipe.writeTo(batch), writer.finish(), writer.rows());
        Provenance record =
            Commit.derived(name, message, home.by(), List.of(before.target()), written);
        Optional<Snapshot> committed = land(batch, Optional.of(before), record, message);
        if (committed.isPresent()) {
          return committed.get();
        }
      }
    }
  }

  private static Recipe derived(VersionedName operation, Value.Doc parameters, Snapshot base) {
    SortedMap<String, Digest> inputs = new TreeMap<>();
    inputs.put("base", base.digest());
    return Recipe.of(operation, parameters, inputs);
  }

  private SnapshotWriter writer(Snapshot base, Batch batch) {
    Similar similar = Similar.to(Optional.of(base), home.store());
    return new SnapshotWriter(base.schema(), batch, home.execution(), similar);
  }

  /** Opens a version, and protects it and its history from collection while the batch is open. */
  private Snapshot leased(Batch batch, Digest commit) {
    batch.put(home.store().get(commit));
    return whole(commit);
  }

  /** Opens a version that is about to be changed, or merged, by one who must see all of it. */
  Snapshot whole(Digest commit) {
    return snapshot(commit).requireWhole("change");
  }

  /** Returns the newest version, to look only at what its columns are stored as. */
  private Optional<Snapshot> unguardedHead() {
    return home.refs().find(ref).map(head -> Snapshot.open(home.unguarded(), name, head.target()));
  }

  private Ref requireHead() {
    return home.refs()
        .find(ref)
        .orElseThrow(() -> new DataException(this + " has no version yet; commit one first"));
  }

  /** Stores a commit and moves the branch to it, if nobody else has moved it since. */
  private Optional<Snapshot> land(
      Batch batch, Optional<Ref> before, Provenance record, String message) {
    Digest commit = batch.put(record.toObject());
    batch.commit();
    if (home.isGuarded()) {
      snapshot(commit); // Who may not read what they commit learns of it before it lands.
    }
    Cause cause = new Cause(home.by(), message);
    boolean moved =
        before.isPresent()
            ? home.refs().move(ref, before.get().target(), commit, cause)
            : home.refs().create(ref, commit, cause);
    return moved ? Optional.of(snapshot(commit)) : Optional.empty();
  }

  /**
   * Makes an earlier version the newest: commits its rows again, behind all versions since, which
   * stay in the history.
   *
   * @param version one that was committed
   * @param message why, in plain words; may be empty
   * @throws IllegalArgumentException if it was opened by the digest of its content
   * @throws DataException if it is one of another dataset, or nothing was ever committed
   */
  public Snapshot reset(Snapshot version, String message) {
    return reset(
        version
            .record()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        version + " was opened by its content; name the commit to go back to")),
        message);
  }

  /**
   * Makes an earlier version the newest, as {@link #reset(Snapshot, String)} does.
   *
   * @param version the digest of a commit
   * @throws dev.mlstack.store.StoreException if there is no such commit
   */
  public Snapshot reset(Digest version, String message) {
    Commit old = Commit.read(home.store(), version);
    if (!old.dataset().equals(name)) {
      throw new DataException(
          "commit " + version + " is one of dataset " + old.dataset() + ", not of " + name);
    }
    try (Batch batch = home.store().batch()) {
      batch.put(home.store().get(version));
      Written written = Written.derived(old.recipe(), old.snapshot(), old.rows());
      while (true) {
        Ref before = requireHead();
        Provenance record =
            Commit.derived(name, message, home.by(), List.of(before.target()), written);
        Optional<Snapshot> committed = land(batch, Optional.of(before), record, message);
        if (committed.isPresent()) {
          return committed.get();
        }
      }
    }
  }

  /**
   * Begins a branch at the newest version of this one.
   *
   * @param newBranch lower-case letters, digits, dots, hyphens and underscores
   * @return the new branch
   * @throws IllegalArgumentException if there is such a branch already
   * @throws DataException if nothing was ever committed
   */
  public VersionedDataset branch(String newBranch) {
    RefName other = Home.branch(name, newBranch);
    Cause cause = new Cause(home.by(), "branch of " + branch);
    if (!home.refs().create(other, requireHead().target(), cause)) {
      throw new IllegalArgumentException(
          "branch '" + newBranch + "' of " + name + " exists already; open it with on(…)");
    }
    return on(newBranch);
  }

  /** Returns a branch of the same dataset, which need not exist yet. */
  public VersionedDataset on(String otherBranch) {
    return new VersionedDataset(home, name, otherBranch);
  }

  /** Returns the names of all branches, sorted. */
  public List<String> branches() {
    return home.branches(name).stream().map(branchRef -> branchRef.name().last()).toList();
  }

  /**
   * Deletes a branch. What only it had is collected with the next garbage.
   *
   * @return whether there was one
   */
  public boolean deleteBranch(String oldBranch) {
    return delete(Home.branch(name, oldBranch), "branch deleted");
  }

  private boolean delete(RefName old, String why) {
    for (Optional<Ref> at = home.refs().find(old); at.isPresent(); at = home.refs().find(old)) {
      if (home.refs().delete(old, at.get().target(), new Cause(home.by(), why))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Gives the newest version a name that does not move.
   *
   * @param tag lower-case letters, digits, dots, hyphens and underscores
   * @throws IllegalArgumentException if there is such a tag already
   * @throws DataException if nothing was ever committed
   */
  public void tag(String tag) {
    tag(tag, requireHead().target());
  }

  /**
   * Gives a version a name that does not move, and that keeps it.
   *
   * @param tag lower-case letters, digits, dots, hyphens and underscores
   * @param commitOrSnapshot the digest of a commit, or of the content of a snapshot
   * @throws IllegalArgumentException if there is such a tag already
   * @throws dev.mlstack.store.StoreException if there is no such version
   */
  public void tag(String tag, Digest commitOrSnapshot) {
    RefName tagRef = Home.tag(name, tag);
    try (Batch batch = home.store().batch()) {
      batch.put(home.store().get(snapshot(commitOrSnapshot).record().orElse(commitOrSnapshot)));
      batch.commit();
      if (!home.refs().create(tagRef, commitOrSnapshot, new Cause(home.by(), "tag"))) {
        throw new IllegalArgumentException(
            "tag '" + tag + "' of " + name + " exists already; delete it first to move it");
      }
    }
  }

  /** Returns all tags, sorted, and what they name. */
  public SortedMap<String, Digest> tags() {
    SortedMap<String, Digest> tags = new TreeMap<>();
    home.tags(name).forEach(tag -> tags.put(tag.name().last(), tag.target()));
    return tags;
  }

  /**
   * Deletes a tag.
   *
   * @return whether there was one
   */
  public boolean deleteTag(String tag) {
    return delete(Home.tag(name, tag), "tag deleted");
  }

  /**
   * Compares another branch with this one, to take over what has changed there since they parted.
   * Nothing is stored until the merge is committed.
   *
   * @param theirs must not be deleted before the merge is committed
   * @throws DataException if one of them has no version, they have none in common, or the columns
   *     of one have changed
   */
  public Merge merge(VersionedDataset theirs) {
    return Merge.of(this, theirs);
  }

  /** Returns the newest version, if there is one. */
  public Optional<Snapshot> head() {
    return home.refs().find(ref).map(head -> snapshot(head.target()));
  }

  /** Returns all commits that led here, those of merged branches too, each before its parents. */
  public List<Commit> log() {
    home.requireAdmitted(name);
    return home.refs()
        .find(ref)
        .map(head -> new Ancestry(home.store()).log(head.target()))
        .orElse(List.of());
  }

  /**
   * Returns any version.
   *
   * @param commitOrSnapshot the digest of a commit, or of the content of a snapshot
   * @throws dev.mlstack.store.StoreException if there is none
   */
  public Snapshot snapshot(Digest commitOrSnapshot) {
    if (home.isGuarded() && !Commit.is(home.store().get(home.standing(commitOrSnapshot)))) {
      requireOwn(commitOrSnapshot);
    }
    return Snapshot.open(home, name, commitOrSnapshot);
  }

  /** A policy is asked about this dataset, so it must not be led to the content of another. */
  private void requireOwn(Digest content) {
    home.requireAdmitted(name);
    if (!home.has(name, content)) {
      String deed = "read " + content + " as a version of";
      throw AccessDeniedException.of(home.by(), deed, name);
    }
  }

  /**
   * Returns the version that a tag names, or the newest of a branch.
   *
   * @throws IllegalArgumentException if there is neither
   */
  public Snapshot snapshot(String tagOrBranch) {
    Optional<Ref> found =
        home.refs()
            .find(Home.tag(name, tagOrBranch))
            .or(() -> home.refs().find(Home.branch(name, tagOrBranch)));
    return snapshot(
        found
            .map(Ref::target)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        name + " has no tag and no branch '" + tagOrBranch + "'")));
  }

  Home home() {
    return home;
  }

  RefName ref() {
    return ref;
  }

  /** Returns the name and, unless it is main, the branch. */
  @Override
  public String toString() {
    return "dataset " + name + (branch.equals(Home.MAIN) ? "" : " on branch " + branch);
  }
}
