package dev.mlstack.s3;

import dev.mlstack.s3.Bucket.Found;
import java.util.HashSet;
import java.util.Set;

/**
 * The packs that a collection is about to delete: an empty object of the same name for each. Nobody
 * may rely on an object being there because such a pack has it.
 *
 * <p>A condemned pack goes, sooner or later, whatever becomes of the collection that condemned it:
 * the mark is never taken off a pack that is there.
 */
final class Condemned {

  /** Where marks are. */
  static final String CONDEMNED = "condemned/";

  private static final byte[] NOTHING = {};

  private final Bucket bucket;

  Condemned(Bucket bucket) {
    this.bucket = bucket;
  }

  /** Condemns a pack. */
  void add(PackIndex pack) {
    bucket.put(CONDEMNED + pack.name(), NOTHING, 0);
  }

  /** Returns the names of all packs that are condemned; some of them may be gone. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    for (Found found : bucket.list(CONDEMNED).objects()) {
      names.add(found.last());
    }
    return names;
  }

  /** Takes the mark off a pack that is gone. */
  void remove(String pack) {
    bucket.delete(CONDEMNED + pack);
  }
}
