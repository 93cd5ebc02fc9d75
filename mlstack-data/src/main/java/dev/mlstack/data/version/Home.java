package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.Erasure;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 */
record Home(
    ObjectStore store,
    Refs refs,
    String by,
    Execution execution,
    @Nullable BufferAllocator allocator) {

  static final RefName DATASETS = RefName.of("datasets");
  static final String MAIN = "main";
  private static final String TAGS = "tags";
  private static final int BRANCH_SEGMENTS = 3;

  Home withAllocator(BufferAllocator newAllocator) {
    return new Home(store, refs, by, execution, newAllocator);
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
