package dev.mlstack.core.store;

import dev.mlstack.core.store.PackTable.Place;
import dev.mlstack.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The packs of a directory as this process knows them. Other processes add and delete packs; what
 * is not found is looked for again on the disk. Of several copies of an object the one that came
 * last is found. Safe for use by several threads.
 */
final class PackCatalog {

  /** No file system keeps times coarser than this. */
  private static final Duration GRAIN = Duration.ofSeconds(3);

  /** Somebody may be adding packs all the time. */
  private static final int MOST_LISTS = 4;

  private final Path directory;
  private final Condemned condemned;
  private final PackChannels channels;

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private PackTable table = new PackTable();

  // Guarded by this, which is taken before the lock.
  private final Map<Path, Pack> known = new LinkedHashMap<>();
  private @Nullable FileTime settled;
  private boolean undurable;

  /**
   * Creates a catalog that knows nothing yet.
   *
   * @param directory where the packs are
   * @param channels where files are dropped that are gone
   */
  PackCatalog(Path directory, Condemned condemned, PackChannels channels) {
    this.directory = directory;
    this.condemned = condemned;
    this.channels = channels;
  }

  /** Returns where an object is as far as is known, or null. */
  @Nullable Place find(Digest digest) {
    lock.readLock().lock();
    try {
      return table.find(digest);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Returns where an object is, or null if it is in no pack on the disk. */
  @Nullable Place search(Digest digest) throws IOException {
    Place place = find(digest);
    if (place == null) {
      refresh();
      place = find(digest);
    }
    return place;
  }

  /** Returns the packs that are known. */
  List<Pack> packs() {
    lock.readLock().lock();
    try {
      return table.packs();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Tells whether an object is there and will not be collected as long as a lease protects it. The
   * lease must have been published before.
   */
  boolean canRelyOn(Digest digest) throws IOException {
    for (Place place = find(digest); place != null; place = find(digest)) {
      if (condemned.spares(place.pack())) {
        return place.pack().damage() == null;
      }
      if (Files.exists(place.pack().file())) {
        return false;
      }
      vanished(place.pack());
    }
    return false;
  }

  /** Takes note of a pack of our own. */
  synchronized void add(Pack pack) {
    update(List.of(pack), List.of());
  }

  /** Takes note that we have deleted packs. */
  synchronized void remove(Collection<Pack> packs) {
    update(List.of(), packs);
  }

  /** Takes note of a pack whose file was missed. */
  synchronized void vanished(Pack pack) throws IOException {
    settled = null;
    refresh();
    update(List.of(), List.of(pack));
  }

  /** Makes sure that no pack that others have added is lost when the machine dies. */
  synchronized void makeDurable() throws IOException {
    if (undurable) {
      Disk.force(directory);
      undurable = false;
    }
  }

  /** Takes note of all packs that others have added or deleted. */
  synchronized void refresh() throws IOException {
    FileTime modified = Files.getLastModifiedTime(directory);
    if (modified.equals(settled)) {
      return;
    }
    Instant start = Instant.now();
    // A list that was made while an object moved to another pack may have neither of the two.
    boolean changed = true;
    for (int i = 0; i < MOST_LISTS && changed; i++) {
      changed = list();
    }
    // A change right after the last one may not have changed the time.
    settled = modified.toInstant().isBefore(start.minus(GRAIN)) ? modified : null;
  }

  /** Compares with the disk once; returns whether there were new packs. */
  private boolean list() throws IOException {
    Set<Path> present = new HashSet<>(Disk.files(directory, PackFormat.SUFFIX));
    List<Pack> gone =
        known.values().stream().filter(pack -> !present.contains(pack.file())).toList();
    present.removeAll(known.keySet());
    List<Pack> fresh = new ArrayList<>();
    for (Path file : present) {
      load(file).ifPresent(fresh::add);
    }
    fresh.sort(Comparator.comparingLong(Pack::created).thenComparing(Pack::file));
    undurable |= !fresh.isEmpty();
    update(fresh, gone);
    return !fresh.isEmpty();
  }

  private static Optional<Pack> load(Path file) throws IOException {
    try {
      return Optional.of(PackLoader.load(file));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // Collected since it was listed.
    }
  }

  private void update(Collection<Pack> fresh, Collection<Pack> gone) {
    List<Pack> added =
        fresh.stream().filter(pack -> known.putIfAbsent(pack.file(), pack) == null).toList();
    boolean removed = !gone.isEmpty() && known.values().removeAll(new HashSet<>(gone));
    PackTable rebuilt = removed ? PackTable.of(List.copyOf(known.values())) : null;
    lock.writeLock().lock();
    try {
      if (rebuilt == null) {
        added.forEach(table::add);
      } else {
        table = rebuilt;
      }
    } finally {
      lock.writeLock().unlock();
    }
    for (Pack pack : gone) {
      channels.drop(pack.file());
    }
  }
}
