package dev.mlstack.s3;

import dev.mlstack.s3.Bucket.Found;
import dev.mlstack.s3.Bucket.Listing;
import dev.mlstack.s3.PackIndex.Footer;
import dev.mlstack.store.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The packs of a bucket as this process knows them. Others add and delete packs; what is not found
 * is looked for again in the bucket. Of several copies of an object the one that came last is
 * found, by a binary search in the index of one pack after another. Safe for use by several
 * threads.
 */
final class PackCatalog {

  /** Somebody may be adding packs all the time. */
  private static final int MOST_LISTS = 4;

  /** How much of the end of a pack is read to find its index, 64 KiB: 1,300 objects. */
  private static final int TAIL = 1 << 16;

  private final Bucket bucket;
  private final BlockCache cache;
  private final Map<String, PackIndex> known = new LinkedHashMap<>(); // Guarded by this.
  private volatile List<PackIndex> newestFirst = List.of();
  private volatile Instant now = Instant.EPOCH;
  private volatile long refreshed;

  /** Creates a catalog that knows nothing yet. */
  PackCatalog(Bucket bucket, BlockCache cache) {
    this.bucket = bucket;
    this.cache = cache;
  }

  /** Returns where an object is as far as is known, or null. */
  @Nullable Place find(Digest digest) {
    return find(digest, newestFirst);
  }

  /** Returns where an object is in some packs, or null. */
  static @Nullable Place find(Digest digest, List<PackIndex> packs) {
    byte[] bytes = digest.toBytes();
    for (PackIndex pack : packs) {
      int position = pack.find(bytes);
      if (position >= 0) {
        return new Place(pack, pack.entry(position));
      }
    }
    return null;
  }

  /** Returns where an object is, or null if it is in no pack of the bucket. */
  @Nullable Place search(Digest digest) {
    Place place = find(digest);
    if (place == null) {
      refresh();
      place = find(digest);
    }
    return place;
  }

  /** Returns what an object holds as far as is known, or nothing if it is not known. */
  Optional<List<Digest>> held(Digest digest) {
    byte[] bytes = digest.toBytes();
    for (PackIndex pack : newestFirst) {
      int position = pack.find(bytes);
      if (position >= 0) {
        return Optional.of(pack.held(position));
      }
    }
    return Optional.empty();
  }

  /** Returns the packs that are known, the newest first. */
  List<PackIndex> packs() {
    return newestFirst;
  }

  /** Returns when the packs were listed last, by the clock of the server. */
  Instant now() {
    return now;
  }

  /** Takes note of a pack of our own. */
  synchronized void add(PackIndex pack) {
    known.put(pack.name(), pack);
    update();
  }

  /** Takes note of packs that are gone, and drops their copies. */
  synchronized void remove(Collection<PackIndex> packs) {
    packs.forEach(pack -> known.remove(pack.name()));
    packs.forEach(pack -> cache.drop(pack.name(), pack.size()));
    update();
  }

  /** Takes note of what others did, unless that was done a moment ago. */
  void refreshUnlessWithin(Duration moment) {
    if (refreshed == 0 || System.nanoTime() - refreshed > moment.toNanos()) {
      refresh();
    }
  }

  /** Takes note of all packs that others have added or deleted. */
  synchronized void refresh() {
    // A list that was made while an object moved to another pack may have neither of the two.
    boolean changed = true;
    for (int i = 0; i < MOST_LISTS && changed; i++) {
      changed = list();
    }
    refreshed = System.nanoTime();
  }

  /** Compares with the bucket once; returns whether there were new packs. */
  private boolean list() {
    Listing listing = bucket.list(PackBuilder.PACKS);
    Set<String> present = new HashSet<>();
    List<PackIndex> fresh = new ArrayList<>();
    for (Found found : listing.objects()) {
      present.add(found.last());
      PackIndex pack = known.get(found.last());
      if (pack == null) {
        load(found).ifPresent(fresh::add);
      } else {
        known.put(pack.name(), pack.listed(found.modified().toEpochMilli()));
      }
    }
    List<PackIndex> gone = new ArrayList<>(known.values());
    gone.removeIf(pack -> present.contains(pack.name()));
    gone.forEach(pack -> known.remove(pack.name()));
    gone.forEach(pack -> cache.drop(pack.name(), pack.size()));
    fresh.sort(Comparator.comparingLong(PackIndex::stored).thenComparing(PackIndex::name));
    fresh.forEach(pack -> known.put(pack.name(), pack));
    now = listing.now();
    update();
    return !fresh.isEmpty();
  }

  private void update() {
    List<PackIndex> packs = new ArrayList<>(known.values());
    Collections.reverse(packs);
    newestFirst = List.copyOf(packs);
  }

  /** Returns the index of a pack, or nothing if the pack is gone. A damaged one says so. */
  private Optional<PackIndex> load(Found found) {
    String name = found.last();
    long size = found.size();
    long modified = found.modified().toEpochMilli();
    try {
      Optional<byte[]> tail = copy(name, size);
      if (tail.isEmpty()) {
        tail = fetchTail(found);
        tail.ifPresent(bytes -> cache.write(BlockCache.index(name), bytes));
      }
      return tail.map(bytes -> PackIndex.parse(name, size, modified, bytes));
    } catch (IllegalArgumentException e) {
      return Optional.of(PackIndex.damaged(name, size, modified, String.valueOf(e.getMessage())));
    }
  }

  /** Returns the copy of an index, if there is one and it is whole. */
  private Optional<byte[]> copy(String name, long size) {
    Optional<byte[]> copy = cache.readAll(BlockCache.index(name));
    try {
      copy.ifPresent(bytes -> PackIndex.parse(name, size, 0, bytes));
      return copy;
    } catch (IllegalArgumentException e) {
      cache.drop(BlockCache.index(name));
      return Optional.empty();
    }
  }

  private Optional<byte[]> fetchTail(Found found) {
    int guess = (int) Math.min(TAIL, found.size());
    if (guess < PackIndex.FOOTER_BYTES) {
      throw new IllegalArgumentException("it is cut short");
    }
    Optional<byte[]> end = bucket.range(found.key(), found.size() - guess, guess);
    if (end.isEmpty()) {
      return end; // Collected since it was listed.
    }
    if (guess == found.size()) {
      cache.write(found.last(), end.get(), guess);
    }
    long offset = Footer.read(end.get(), found.size()).entriesOffset();
    int length = (int) (found.size() - offset);
    if (length <= guess) {
      return Optional.of(Arrays.copyOfRange(end.get(), guess - length, guess));
    }
    return bucket.range(found.key(), offset, length);
  }
}
