package dev.mlstack.core.store;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.internal.DigestSet;
import dev.mlstack.core.internal.Marking;
import dev.mlstack.core.store.PackTable.Place;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore.Collected;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies what is needed out of condemned packs into new ones, and deletes the old. An old pack goes
 * when all that is needed of it is durable elsewhere. Used once.
 */
final class Sweep {

  private static final String TASK = "sweep packs";

  /** A new pack is ended when it has so many bytes, 64 MiB. */
  private static final long ENOUGH = 64 << 20;

  private final StoreDirectory directory;
  private final Marking needed;
  private final PackTable staying;
  private final Execution execution;

  private final DigestSet safe = new DigestSet();
  private final DigestSet freed = new DigestSet();
  private final List<Pack> emptied = new ArrayList<>();
  private final List<Pack> deleted = new ArrayList<>();
  private @Nullable PackWriter writer;
  private long youngest;
  private long freedBytes;

  /**
   * Prepares a sweep.
   *
   * @param needed knows what is needed
   * @param staying the packs that will not be swept
   */
  Sweep(StoreDirectory directory, Marking needed, PackTable staying, Execution execution) {
    this.directory = directory;
    this.needed = needed;
    this.staying = staying;
    this.execution = execution;
  }

  /** Sweeps condemned packs; those of which nothing is needed first, because that makes room. */
  Collected run(Collection<Pack> condemned) throws IOException {
    try {
      copyBaseless(condemned);
      List<Pack> mixed = new ArrayList<>();
      for (Pack pack : condemned) {
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
      return new Collected(freed.size(), freedBytes);
    } finally {
      if (writer != null) {
        writer.close();
      }
      directory.catalog().remove(deleted);
    }
  }

  /** Tells whether anything was deleted. */
  boolean hasDeleted() {
    return !deleted.isEmpty();
  }

  /** Copies in full what is needed and is a patch of what is not, before anything is deleted. */
  private void copyBaseless(Collection<Pack> condemned) throws IOException {
    for (Pack pack : condemned) {
      for (int position = 0; position < pack.size(); position++) {
        Place place = new Place(pack, position);
        if (needed.contains(pack.digest(position)) && isBaseless(place)) {
          execution.checkCancelled(TASK);
          if (safe.add(pack.digest(position))) {
            copy(place);
          }
        }
      }
    }
    publish();
  }

  private boolean isBaseless(Place place) throws IOException {
    return place.pack().isPatch(place.position())
        && !needed.contains(directory.reader().patch(place).base());
  }

  private void count(Pack pack) {
    for (int i = 0; i < pack.size(); i++) {
      Pack.Entry entry = pack.entry(i);
      if (!needed.contains(entry.digest()) && freed.add(entry.digest())) {
        freedBytes += entry.length() - PackFormat.PREFIX_BYTES;
      }
    }
  }

  private void copyNeeded(Pack pack) throws IOException {
    for (int position : pack.inFileOrder()) {
      Digest digest = pack.digest(position);
      if (needed.contains(digest) && safe.add(digest) && !isReadable(staying.find(digest))) {
        copy(new Place(pack, position));
      }
    }
  }

  /** Tells whether a copy of an object can be relied on, which takes reading it. */
  private boolean isReadable(@Nullable Place place) throws IOException {
    if (place == null) {
      return false;
    }
    try {
      directory.reader().read(place);
      return true;
    } catch (StoreException | NoSuchFileException e) {
      return false;
    }
  }

  private void copy(Place place) throws IOException {
    if (writer == null) {
      writer = directory.newPack();
      youngest = Long.MIN_VALUE;
    }
    youngest = Math.max(youngest, place.pack().created());
    StoredObject object = directory.reader().read(place);
    if (place.pack().isPatch(place.position()) && !isBaseless(place)) {
      writer.append(object, directory.reader().patch(place));
    } else {
      writer.append(object);
    }
    if (writer.bytes() >= ENOUGH) {
      publish();
    }
  }

  private void publish() throws IOException {
    if (writer != null) {
      directory.publish(writer, youngest);
      writer = null;
    }
    deleteEmptied();
  }

  private void deleteEmptied() throws IOException {
    for (Pack pack : emptied) {
      directory.channels().drop(pack.file());
      deleted.add(pack);
      Files.deleteIfExists(pack.file());
      directory.condemned().remove(pack);
    }
    emptied.clear();
  }
}
