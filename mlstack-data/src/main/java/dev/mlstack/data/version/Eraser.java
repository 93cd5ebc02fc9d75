package dev.mlstack.data.version;

import dev.mlstack.core.store.Erasure;
import dev.mlstack.data.check.CheckReport;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.Ref;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Erases rows from every version of some datasets, in this order:
 *
 * <ol>
 *   <li>write what stands in the place of each content that has such rows, and a tombstone;
 *   <li>commit to each branch whose newest version had such rows, so that whoever is about to add
 *       to that version has to begin anew;
 *   <li>look again whether others have committed meanwhile, until nothing is found;
 *   <li>collect garbage without any grace.
 * </ol>
 *
 * <p>From the moment a tombstone is set, nobody reads the old content, and no collection keeps it.
 * So being killed at any moment does no harm, and running it again finishes it. Used once.
 */
final class Eraser {

  private static final VersionedName OPERATION = new VersionedName("erase", 1);

  private final Home home;
  private final RowSelection rows;
  private final String reason;
  private final Set<Digest> unaffected = new HashSet<>();
  private final Set<Digest> unaffectedRejected = new HashSet<>();
  private final Set<Digest> clean = new HashSet<>();
  private final List<Erasure> erasures = new ArrayList<>();

  Eraser(Home home, RowSelection rows, String reason) {
    this.home = home;
    this.rows = rows;
    this.reason = reason;
  }

  List<Erasure> run(List<String> names) {
    boolean again = true;
    while (again) {
      int before = erasures.size();
      boolean overtaken = false;
      for (String name : names) {
        overtaken |= erase(name);
      }
      again = overtaken || erasures.size() > before;
    }
    home.store().collect(home.refs(), Duration.ZERO, home.execution());
    return List.copyOf(erasures);
  }

  /** Erases from all versions of a dataset that there are now; returns whether some came since. */
  private boolean erase(String name) {
    Ancestry ancestry = new Ancestry(home.store());
    Set<Digest> done = new HashSet<>();
    for (Ref tag : home.tags(name)) {
      if (Commit.is(home.store().get(home.standing(tag.target())))) {
        eraseAll(name, ancestry.of(tag.target()), done);
      } else {
        eraseRows(whole(name, tag.target()), rows, unaffected);
      }
    }
    boolean overtaken = false;
    for (Ref branch : home.branches(name)) {
      Digest newest = Commit.read(home.store(), branch.target()).snapshot();
      eraseAll(name, ancestry.of(branch.target()), done);
      boolean isOld = !home.standing(newest).equals(newest);
      overtaken |= isOld && !commit(name, branch, newest);
    }
    return overtaken;
  }

  /** Makes sure that all of a content may be seen by whoever says which rows go; returns it. */
  private Digest whole(String name, Digest content) {
    Snapshot version = Snapshot.open(home, name, content).requireWhole("erase rows of");
    if (!clean.contains(version.digest())) {
      version.tell();
    }
    return content;
  }

  private void eraseAll(String name, Set<Digest> commits, Set<Digest> done) {
    for (Digest digest : commits) {
      if (done.add(digest)) {
        home.execution().checkCancelled("erase rows");
        Commit commit = Commit.read(home.store(), digest);
        boolean erased = eraseRows(whole(name, commit.snapshot()), rows, unaffected);
        if (commit.rejectedRows().isPresent()) {
          Digest rejected = commit.rejectedRows().get();
          erased |= eraseRows(rejected, rows.amongRejected(), unaffectedRejected);
        }
        if (erased && commit.checks().isPresent()) {
          eraseQuotes(commit.checks().get());
        }
      }
    }
  }

  /** Replaces a snapshot that has such rows; returns whether it, or what stood for it, had some. */
  private boolean eraseRows(Digest content, RowSelection meant, Set<Digest> known) {
    Digest standing = home.standing(content);
    if (clean.contains(standing)) {
      return !standing.equals(content);
    }
    Snapshot old = Snapshot.open(home.unguarded(), "", standing);
    try (Batch batch = home.store().batch()) {
      SnapshotWriter writer =
          new SnapshotWriter(old.schema(), batch, home.execution(), Similar.none());
      new Rewrite(old, writer, home.execution(), known).run(meant.removal());
      long gone = old.rows() - writer.rows();
      if (gone > 0) {
        Digest replacement = writer.finish();
        set(batch, standing, replacement, gone);
        clean.add(replacement);
        return true;
      }
    }
    clean.add(standing);
    return !standing.equals(content);
  }

  private void eraseQuotes(Digest content) {
    Digest standing = home.standing(content);
    CheckReport report = CheckReport.from(home.store().get(standing));
    long quoted = report.results().stream().mapToLong(result -> result.first().size()).sum();
    if (quoted > 0) {
      try (Batch batch = home.store().batch()) {
        List<CheckReport.Result> results =
            report.results().stream()
                .map(result -> new CheckReport.Result(result.rule(), result.failures(), List.of()))
                .toList();
        set(batch, standing, new CheckReport(report.rows(), results).writeTo(batch), quoted);
      }
    }
  }

  private void set(Batch batch, Digest old, Digest replacement, long gone) {
    Erasure erasure = new Erasure(old, replacement, home.by(), Instant.now(), reason, gone);
    StoredObject tombstone = erasure.toObject();
    batch.put(tombstone);
    batch.commit();
    if (erasure.set(home.refs())) {
      erasures.add(erasure);
    }
  }

  /** Commits to a branch what stands for its newest version; false if others were faster. */
  private boolean commit(String name, Ref branch, Digest newest) {
    try (Batch batch = home.store().batch()) {
      Digest standing = home.standing(newest);
      batch.put(home.store().get(standing));
      SortedMap<String, Digest> inputs = new TreeMap<>();
      inputs.put("base", newest);
      Value.Doc parameters = Value.doc().put("replacement", standing.hex()).build();
      Recipe recipe = Recipe.of(OPERATION, parameters, inputs);
      long left = SnapshotContent.of(home.store().get(standing)).rows();
      Written written = Written.derived(recipe.writeTo(batch), standing, left);
      String message = reason.isEmpty() ? "rows erased" : "rows erased: " + reason;
      List<Digest> parents = List.of(branch.target());
      Digest commit =
          batch.put(Commit.derived(name, message, home.by(), parents, written).toObject());
      batch.commit();
      Cause cause = new Cause(home.by(), message);
      return home.refs().move(branch.name(), branch.target(), commit, cause);
    }
  }
}
