package dev.mlstack.core.store;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.internal.Marking;
import dev.mlstack.core.store.PackTable.Place;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore.Collected;
import dev.mlstack.store.Ref;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One collection of garbage in a {@link DirectoryStore}, in the order on which its safety rests:
 *
 * <ol>
 *   <li>take the turn, so that no other collection deletes anything meanwhile;
 *   <li>list the packs: later ones are left alone;
 *   <li>mark what is needed, which may take long;
 *   <li>condemn the packs that have something not needed: from now on no batch relies on them;
 *   <li>read the leases again, then the refs, and mark what is needed since;
 *   <li>copy what is needed out of the condemned packs and delete them.
 * </ol>
 *
 * <p>A patch whose base is not needed is replaced by its object in full. The base of one in a pack
 * that came since the list is needed, whatever the refs say.
 *
 * <p>A batch that relied on a condemned pack did so before it was condemned, so its lease was there
 * to be read, unless it was closed since; then the ref that needs its objects had landed.
 */
final class GarbageCollection {

  private static final String TASK = "collect garbage";
  private static final String TURN = ".collect";

  /** A pack with fewer bytes is small, 4 MiB. */
  private static final long SMALL = 4 << 20;

  /** From so many on, small packs are merged. */
  private static final int MANY = 8;

  private final StoreDirectory directory;
  private final Refs refs;
  private final Duration grace;
  private final Execution execution;
  private final Marking needed;

  GarbageCollection(StoreDirectory directory, Refs refs, Duration grace, Execution execution) {
    this.directory = directory;
    this.refs = refs;
    this.grace = grace;
    this.execution = execution;
    this.needed = new Marking(this::held, execution);
  }

  Collected run() throws IOException {
    Turns turns = new Turns(directory.presence(), directory.live(), TURN);
    Turns.Turn turn = turns.take(() -> execution.checkCancelled(TASK));
    try (turn) {
      directory.clear();
      return collect();
    }
  }

  private Collected collect() throws IOException {
    directory.catalog().refresh();
    List<Pack> packs = directory.catalog().packs();
    requireWhole(packs);
    mark();
    packs.stream().filter(this::isYoung).map(Pack::digests).forEach(needed::from);
    Set<Pack> going = packsToGo(packs);
    List<Pack> staying = packs.stream().filter(pack -> !going.contains(pack)).toList();
    Sweep sweep = new Sweep(directory, needed, PackTable.of(staying), execution);
    List<Pack> condemned = new ArrayList<>();
    try {
      for (Pack pack : going) {
        if (directory.condemned().add(pack)) {
          condemned.add(pack);
        }
      }
      mark();
      markBasesOf(packs);
      Collected collected = sweep.run(going);
      directory.condemned().clear();
      return collected;
    } finally {
      if (!sweep.hasDeleted()) {
        for (Pack pack : condemned) {
          directory.condemned().remove(pack);
        }
      }
    }
  }

  private void requireWhole(List<Pack> packs) {
    for (Pack pack : packs) {
      if (pack.damage() != null) {
        throw new StoreException(
            "cannot collect garbage in the store at "
                + directory.root()
                + ", because nobody can tell what is needed: "
                + pack
                + " is damaged: "
                + pack.damage()
                + "; restore that file from a copy of the store, or delete it if there is none");
      }
    }
  }

  /** Marks from leases first and from refs then: a lease may end when its ref has landed. */
  private void mark() throws IOException {
    List<Digest> roots = Lease.readAll(directory.leases(), directory.presence());
    List<Ref> all = refs.list();
    all.stream().map(Ref::target).forEach(roots::add);
    needed.erase(Erasure.tombstones(all).keySet());
    directory.catalog().refresh();
    needed.from(roots);
  }

  /** Marks what needed patches are made of, in all packs but those that were listed. */
  private void markBasesOf(List<Pack> listed) throws IOException {
    List<Pack> fresh = new ArrayList<>(directory.catalog().packs());
    fresh.removeAll(listed);
    List<Digest> bases;
    do {
      bases = new ArrayList<>();
      for (Pack pack : fresh) {
        for (int i = 0; i < pack.size(); i++) {
          if (pack.isPatch(i) && needed.contains(pack.digest(i))) {
            bases.add(directory.reader().patch(new Place(pack, i)).base());
          }
        }
      }
      bases.removeIf(needed::contains);
      needed.from(bases);
    } while (!bases.isEmpty());
  }

  private Optional<List<Digest>> held(Digest digest) {
    Place place = directory.catalog().find(digest);
    try {
      return place == null
          ? Optional.empty()
          : Optional.of(Marking.held(directory.reader().edges(place)));
    } catch (IOException e) {
      throw directory.failure("collect garbage in", e);
    }
  }

  private boolean isYoung(Pack pack) {
    Instant created = Instant.ofEpochMilli(pack.created());
    return Duration.between(created, directory.clock().instant()).compareTo(grace) < 0;
  }

  private Set<Pack> packsToGo(List<Pack> packs) throws IOException {
    Set<Pack> going = new LinkedHashSet<>();
    for (Pack pack : packs) {
      if (hasGarbage(pack) || hasBaselessPatch(pack)) {
        going.add(pack);
      }
    }
    List<Pack> small = packs.stream().filter(pack -> pack.bytes() < SMALL).toList();
    if (small.size() >= MANY) {
      going.addAll(small);
    }
    return going;
  }

  private boolean hasGarbage(Pack pack) {
    return !pack.digests().stream().allMatch(needed::contains);
  }

  private boolean hasBaselessPatch(Pack pack) throws IOException {
    for (int i = 0; i < pack.size(); i++) {
      if (pack.isPatch(i)
          && !needed.contains(directory.reader().patch(new Place(pack, i)).base())) {
        return true;
      }
    }
    return false;
  }
}
