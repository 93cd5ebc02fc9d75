package dev.mlstack.s3;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.internal.DigestSet;
import dev.mlstack.core.internal.Marking;
import dev.mlstack.s3.PackIndex.Entry;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore.Collected;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies what is needed out of condemned packs into new ones, and deletes the old. An old pack goes
 * when all that is needed of it is durable elsewhere. Used once.
 */
final class Sweep {

  private static final String TASK = "sweep packs";

  /** A new pack is ended when it has so many bytes, 64 MiB. */
  private static final long ENOUGH = 64 << 20;

  private final S3Parts parts;
  private final Marking needed;
  private final List<PackIndex> staying;
  private final Execution execution;

  private final DigestSet safe = new DigestSet();
  private final DigestSet freed = new DigestSet();
  private final List<PackIndex> emptied = new ArrayList<>();
  private @Nullable PackBuilder builder;
  private long youngest;
  private long freedObjects;
  private long freedBytes;

  /**
   * Prepares a sweep.
   *
   * @param needed knows what is needed
   * @param staying the packs that nobody has condemned
   */
  Sweep(S3Parts parts, Marking needed, List<PackIndex> staying, Execution execution) {
    this.parts = parts;
    this.needed = needed;
    this.staying = staying;
    this.execution = execution;
  }

  /** Sweeps condemned packs; those of which nothing is needed first. */
  Collected run(Collection<PackIndex> condemned) {
    try {
      List<PackIndex> mixed = new ArrayList<>();
      for (PackIndex pack : condemned) {
        count(pack);
        boolean dead = pack.digests().stream().noneMatch(needed::contains);
        (dead ? emptied : mixed).add(pack);
      }
      deleteEmptied();
      for (int i = 0; i < mixed.size(); i++) {
        execution.checkCancelled(TASK);
        execution.report(Progress.of(TASK, i, mixed.size()));
        copyNeeded(mixed.get(i));
        emptied.add(mixed.get(i));
      }
      publish();
      return new Collected(freedObjects, freedBytes);
    } finally {
      if (builder != null) {
        builder.abort();
      }
    }
  }

  private void count(PackIndex pack) {
    for (int i = 0; i < pack.count(); i++) {
      Entry entry = pack.entry(i);
      if (!needed.contains(entry.digest()) && freed.add(entry.digest())) {
        freedObjects++;
        freedBytes += entry.length();
      }
    }
  }

  private void copyNeeded(PackIndex pack) {
    List<Entry> entries =
        pack.inPackOrder().stream()
            .filter(entry -> needed.contains(entry.digest()))
            .filter(entry -> !safe.contains(entry.digest()) && !isReadable(entry.digest()))
            .toList();
    // If another collection has deleted the pack, it has made what is needed safe before.
    parts.reader().scan(pack, entries, (entry, object) -> copy(pack, entry, object));
  }

  /** Tells whether a copy of an object can be relied on, which takes reading it. */
  private boolean isReadable(Digest digest) {
    Place place = PackCatalog.find(digest, staying);
    try {
      return place != null && parts.reader().fetch(place).isPresent();
    } catch (CorruptObjectException e) {
      return false;
    }
  }

  private void copy(PackIndex pack, Entry entry, Optional<StoredObject> object) {
    if (!safe.add(entry.digest())) {
      return;
    }
    if (builder == null) {
      builder = parts.newPack();
      youngest = 0;
    }
    youngest = Math.max(youngest, pack.stored());
    builder.append(object.orElseThrow(() -> damaged(pack, entry)));
    if (builder.bytes() >= ENOUGH) {
      publish();
    }
  }

  private StoreException damaged(PackIndex pack, Entry entry) {
    return new CorruptObjectException(
        entry.digest(), parts.reader().describe(new Place(pack, entry)));
  }

  private void publish() {
    if (builder != null) {
      parts.catalog().add(builder.publish(youngest));
      builder = null;
    }
    deleteEmptied();
  }

  private void deleteEmptied() {
    for (PackIndex pack : emptied) {
      parts.bucket().delete(PackBuilder.PACKS + pack.name());
      parts.condemned().remove(pack.name());
    }
    parts.catalog().remove(emptied);
    emptied.clear();
  }
}
