package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.Erasure;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Where datasets live, and who works there. Owns nothing.
 *
 * <p>Branches are the refs {@code datasets/<name>/<branch>}, tags the refs {@code
 * datasets/<name>/tags/<tag>}.
 *
 * @param store has the objects
 * @param refs has the branches and tags
 * @param by who works there
 * @param execution where work runs
 * @param allocator gives the memory of what is read; if null, each reader has its own
 * @param guard stands before whoever reads; if null, anybody may read everything
 */
record Home(
    ObjectStore store,
    Refs refs,
    String by,
    Execution execution,
    @Nullable BufferAllocator allocator,
    @Nullable Guard guard) {

  static final RefName DATASETS = RefName.of("datasets");
  static final String MAIN = "main";
  private static final String TAGS = "tags";
  private static final int BRANCH_SEGMENTS = 3;

  Home withAllocator(BufferAllocator newAllocator) {
    return new Home(store, refs, by, execution, newAllocator, guard);
  }

  Home as(String who) {
    return new Home(store, refs, new Cause(who, "").by(), execution, allocator, guard);
  }

  Home with(Guard another) {
    Guard both = guard == null ? another : guard.and(another);
    return new Home(store, refs, by, execution, allocator, both);
  }

  /** Returns the same for our own purposes, which show nobody a value. */
  Home unguarded() {
    return guard == null ? this : new Home(store, refs, by, execution, allocator, null);
  }

  boolean isGuarded() {
    return guard != null;
  }

  /** Makes sure that a dataset may be read at all. */
  void requireAdmitted(String dataset) {
    if (guard != null) {
      guard.requireAdmitted(by, dataset);
    }
  }

  /** Returns what may be seen of a version with some columns. */
  View view(String dataset, Optional<Digest> commit, Schema stored) {
    return guard == null ? View.whole(stored) : guard.view(by, dataset, commit, stored);
  }

  /** Tells whether a content is that of any version of a dataset, or stands for one. */
  boolean has(String dataset, Digest content) {
    Digest wanted = standing(content);
    Ancestry ancestry = new Ancestry(store);
    return Stream.concat(branches(dataset).stream(), tags(dataset).stream())
        .map(Ref::target)
        .flatMap(target -> contents(ancestry, target))
        .anyMatch(found -> standing(found).equals(wanted));
  }

  /** Returns what a commit and all before it have, or the content that a tag names. */
  private Stream<Digest> contents(Ancestry ancestry, Digest target) {
    return Commit.is(store.get(standing(target)))
        ? ancestry.of(target).stream().map(commit -> Commit.read(store, commit).snapshot())
        : Stream.of(target);
  }

  /** Returns what stands in the place of a content: the tombstones that lead there, in order. */
  List<Erasure> erasures(Digest content) {
    List<Erasure> erasures = new ArrayList<>();
    Optional<Erasure> next = Erasure.find(store, refs, content);
    while (next.isPresent()) {
      erasures.add(next.get());
      next = Erasure.find(store, refs, next.get().replacement());
    }
    return erasures;
  }

  /** Returns a content, or what stands in its place. */
  Digest standing(Digest content) {
    List<Erasure> erasures = erasures(content);
    return erasures.isEmpty() ? content : erasures.get(erasures.size() - 1).replacement();
  }

  /** Returns the ref of a branch. */
  static RefName branch(String dataset, String branch) {
    if (branch.equals(TAGS)) {
      throw new IllegalArgumentException("a branch cannot be called 'tags'; choose another name");
    }
    return DATASETS.child(dataset).child(branch);
  }

  /** Returns the ref of a tag. */
  static RefName tag(String dataset, String tag) {
    return DATASETS.child(dataset).child(TAGS).child(tag);
  }

  /** Tells whether a ref is a branch of a dataset: all others are tags. */
  static boolean isBranch(RefName name) {
    return name.isBelow(DATASETS) && name.path().split("/", -1).length == BRANCH_SEGMENTS;
  }

  /** Returns the refs of all branches of a dataset, sorted by name. */
  List<Ref> branches(String dataset) {
    return refs.list(DATASETS.child(dataset)).stream().filter(ref -> isBranch(ref.name())).toList();
  }

  /** Returns the refs of all tags of a dataset, sorted by name. */
  List<Ref> tags(String dataset) {
    return refs.list(DATASETS.child(dataset).child(TAGS));
  }
}
