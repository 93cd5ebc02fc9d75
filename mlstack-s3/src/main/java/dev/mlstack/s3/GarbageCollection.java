package dev.mlstack.s3;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.internal.Marking;
import dev.mlstack.core.store.Erasure;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore.Collected;
import dev.mlstack.store.Ref;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One collection of garbage in an {@link S3Store}, in the order on which its safety rests:
 *
 * <ol>
 *   <li>list the packs: later ones are left alone;
 *   <li>mark what is needed, which may take long;
 *   <li>condemn the packs that have something not needed: from now on no batch relies on them;
 *   <li>read which packs are condemned, by whomever: nothing in them counts as safe;
 *   <li>read the leases again, then the refs, and mark what is needed since;
 *   <li>copy what is needed out of the condemned packs and delete them.
 * </ol>
 *
 * <p>A batch that relied on a condemned pack did so before it was condemned, so its lease was there
 * to be read, unless it was closed since; then the ref that needs its objects had landed.
 */
final class GarbageCollection {

  private static final String TASK = "collect garbage";

  /** A pack with fewer bytes is small, 4 MiB. */
  private static final long SMALL = 4 << 20;

  /** From so many on, small packs are merged. */
  private static final int MANY = 8;

  private final S3Parts parts;
  private final Refs refs;
  private final Duration grace;
  private final Execution execution;
  private final Marking needed;

  GarbageCollection(S3Parts parts, Refs refs, Duration grace, Execution execution) {
    this.parts = parts;
    this.refs = refs;
    this.grace = grace;
    this.execution = execution;
    this.needed = new Marking(parts.catalog()::held, execution);
  }

  Collected run() {
    Session session = parts.sessions().acquire();
    try {
      Turn turn = Turn.take(parts.bucket(), session, () -> execution.checkCancelled(TASK));
      try (turn) {
        return collect();
      }
    } finally {
      parts.sessions().release();
    }
  }

  private Collected collect() {
    parts.catalog().refresh();
    List<PackIndex> packs = parts.catalog().packs();
    Instant now = parts.catalog().now();
    requireWhole(packs);
    clearUp(packs, now);
    mark();
    packs.stream().filter(p -> isYoung(p, now)).map(PackIndex::digests).forEach(needed::from);
    Set<PackIndex> going = packsToGo(packs);
    going.forEach(parts.condemned()::add);
    Set<String> condemned = going.isEmpty() ? Set.of() : parts.condemned().names();
    mark();
    List<PackIndex> staying = packs.stream().filter(p -> !condemned.contains(p.name())).toList();
    return new Sweep(parts, needed, staying, execution).run(going);
  }

  private void requireWhole(List<PackIndex> packs) {
    for (PackIndex pack : packs) {
      if (pack.damage() != null) {
        throw new StoreException(
            "cannot collect garbage in "
                + parts.bucket().describe("")
                + ", because nobody can tell what is needed: "
                + PackBuilder.PACKS
                + pack
                + " is damaged: "
                + pack.damage()
                + "; restore it from a copy of the bucket, or delete it if there is none");
      }
    }
  }

  /** Clears away what the dead have left: marks of packs that are gone, and unfinished packs. */
  private void clearUp(List<PackIndex> packs, Instant now) {
    Set<String> marks = new HashSet<>(parts.condemned().names());
    packs.forEach(pack -> marks.remove(pack.name()));
    for (String mark : marks) {
      if (!parts.bucket().exists(PackBuilder.PACKS + mark)) {
        parts.condemned().remove(mark);
      }
    }
    parts.bucket().abortPartsOfTheDead(PackBuilder.PACKS, now.minus(Duration.ofDays(1)));
  }

  /** Marks from leases first and from refs then: a lease may end when its ref has landed. */
  private void mark() {
    List<Digest> roots = Leases.readAll(parts.bucket());
    List<Ref> all = refs.list();
    all.stream().map(Ref::target).forEach(roots::add);
    needed.erase(Erasure.tombstones(all).keySet());
    parts.catalog().refresh();
    needed.from(roots);
  }

  /** The date of an answer has no fractions of seconds, so a pack may seem to be of the future. */
  private boolean isYoung(PackIndex pack, Instant now) {
    Duration age = Duration.between(Instant.ofEpochMilli(pack.stored()), now);
    return (age.isNegative() ? Duration.ZERO : age).compareTo(grace) < 0;
  }

  private Set<PackIndex> packsToGo(List<PackIndex> packs) {
    Set<String> condemned = parts.condemned().names();
    Set<PackIndex> going = new LinkedHashSet<>();
    for (PackIndex pack : packs) {
      if (condemned.contains(pack.name()) || hasGarbage(pack)) {
        going.add(pack);
      }
    }
    List<PackIndex> small = packs.stream().filter(pack -> pack.size() < SMALL).toList();
    if (small.size() >= MANY) {
      going.addAll(small);
    }
    return going;
  }

  private boolean hasGarbage(PackIndex pack) {
    return !pack.digests().stream().allMatch(needed::contains);
  }
}
