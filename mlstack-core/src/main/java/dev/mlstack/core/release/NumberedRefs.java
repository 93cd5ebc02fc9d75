package dev.mlstack.core.release;

import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Refs below a name that are numbered from 1. A number is taken by creating its ref, so two that
 * want the next one at once get different ones.
 */
final class NumberedRefs {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private final Refs refs;
  private final RefName below;

  NumberedRefs(Refs refs, RefName below) {
    this.refs = refs;
    this.below = below;
  }

  /** Returns the number that a segment is, if it is one. */
  static OptionalInt parse(String segment) {
    return NUMBER.matcher(segment).matches()
        ? OptionalInt.of(Integer.parseInt(segment))
        : OptionalInt.empty();
  }

  /** Returns all targets by number. */
  SortedMap<Integer, Digest> all() {
    SortedMap<Integer, Digest> targets = new TreeMap<>();
    for (Ref ref : refs.list(below)) {
      parse(ref.name().last()).ifPresent(number -> targets.put(number, ref.target()));
    }
    return targets;
  }

  /** Returns the number after the last. */
  int next() {
    SortedMap<Integer, Digest> targets = all();
    return targets.isEmpty() ? 1 : targets.lastKey() + 1;
  }

  /** Returns the ref of a number. */
  RefName name(int number) {
    return below.child(Integer.toString(number));
  }

  /** Takes a number, unless somebody else has taken it. */
  boolean take(int number, Digest target, Cause cause) {
    return refs.create(name(number), target, cause);
  }
}
