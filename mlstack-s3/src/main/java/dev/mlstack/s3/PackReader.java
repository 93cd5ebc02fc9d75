package dev.mlstack.s3;

import dev.mlstack.s3.PackIndex.Entry;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Reads objects from packs and verifies them. Safe for use by several threads.
 *
 * <p>What is not in the cache is fetched in whole blocks, those that follow each other in one
 * request. Objects of one commit stand beside each other, so that reading one usually brings those
 * that will be read next; who reads one block after another gets {@value #AHEAD} at once.
 */
final class PackReader {

  /** How many bytes are fetched at once where a whole pack is read, 8 MiB or one object. */
  private static final int SPAN = 8 << 20;

  /** How many blocks are fetched at once where one follows another. */
  private static final int AHEAD = 8;

  private final Bucket bucket;
  private final BlockCache cache;

  PackReader(Bucket bucket, BlockCache cache) {
    this.bucket = bucket;
    this.cache = cache;
  }

  /**
   * Returns an object, or nothing if the pack is gone.
   *
   * @throws CorruptObjectException if the bytes in the bucket have another digest
   */
  Optional<StoredObject> read(Place place) {
    Optional<byte[]> bytes = blocks(place);
    Optional<StoredObject> whole = bytes.flatMap(found -> decode(found, place.entry().digest()));
    if (bytes.isEmpty() || whole.isPresent()) {
      return whole;
    }
    forget(place); // A copy is damaged, or what is in the bucket.
    return fetch(place);
  }

  /**
   * Returns an object as it is in the bucket, whatever the cache has, or nothing if the pack is
   * gone.
   *
   * @throws CorruptObjectException if the bytes in the bucket have another digest
   */
  Optional<StoredObject> fetch(Place place) {
    Entry entry = place.entry();
    return bucket
        .range(place.key(), entry.offset(), entry.length())
        .map(
            bytes ->
                decode(bytes, entry.digest())
                    .orElseThrow(
                        () -> new CorruptObjectException(entry.digest(), describe(place))));
  }

  private static Optional<StoredObject> decode(byte[] bytes, Digest digest) {
    try {
      return Optional.of(StoredObject.decode(bytes)).filter(o -> o.digest().equals(digest));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long firstBlock(Entry entry) {
    return entry.offset() / BlockCache.BLOCK;
  }

  private static long lastBlock(Entry entry) {
    return (entry.offset() + entry.length() - 1) / BlockCache.BLOCK;
  }

  private void forget(Place place) {
    for (long block = firstBlock(place.entry()); block <= lastBlock(place.entry()); block++) {
      cache.drop(BlockCache.block(place.pack().name(), block));
    }
  }

  /** Returns the bytes of an object from cache and bucket, or nothing if the pack is gone. */
  private Optional<byte[]> blocks(Place place) {
    Entry entry = place.entry();
    byte[] bytes = new byte[entry.length()];
    long last = lastBlock(entry);
    for (long block = firstBlock(entry); block <= last; block++) {
      Optional<byte[]> copy = copy(place.pack(), block);
      if (copy.isPresent()) {
        take(copy.get(), block, entry, bytes);
      } else {
        long end = endOfMissing(place.pack(), block, last);
        Optional<byte[]> fetched = fetchBlocks(place, block, end);
        if (fetched.isEmpty()) {
          return Optional.empty();
        }
        take(fetched.get(), block, entry, bytes);
        block = end - 1;
      }
    }
    return Optional.of(bytes);
  }

  /**
   * Returns the end of the blocks to fetch: those needed, and more if the last one was just read.
   */
  private long endOfMissing(PackIndex pack, long block, long last) {
    boolean sequential = block > 0 && cache.has(BlockCache.block(pack.name(), block - 1));
    long lastOfPack = (pack.size() - 1) / BlockCache.BLOCK;
    long most = sequential ? Math.max(last, Math.min(lastOfPack, block + AHEAD - 1)) : last;
    long end = block + 1;
    while (end <= most && !cache.has(BlockCache.block(pack.name(), end))) {
      end++;
    }
    return end;
  }

  private Optional<byte[]> copy(PackIndex pack, long block) {
    return cache.read(BlockCache.block(pack.name(), block), lengthOf(pack, block));
  }

  private static int lengthOf(PackIndex pack, long block) {
    return (int) Math.min(BlockCache.BLOCK, pack.size() - block * BlockCache.BLOCK);
  }

  private Optional<byte[]> fetchBlocks(Place place, long from, long end) {
    long start = from * BlockCache.BLOCK;
    int length = (int) (Math.min(end * BlockCache.BLOCK, place.pack().size()) - start);
    Optional<byte[]> fetched = bucket.range(place.key(), start, length);
    fetched.ifPresent(
        bytes -> {
          for (long block = from; block < end; block++) {
            int at = (int) ((block - from) * BlockCache.BLOCK);
            int to = at + lengthOf(place.pack(), block);
            cache.write(
                BlockCache.block(place.pack().name(), block), Arrays.copyOfRange(bytes, at, to));
          }
        });
    return fetched;
  }

  /** Copies the part of an object that lies in some bytes that begin with a block. */
  private static void take(byte[] source, long block, Entry entry, byte[] target) {
    long start = block * BlockCache.BLOCK;
    long from = Math.max(start, entry.offset());
    long to = Math.min(start + source.length, entry.offset() + entry.length());
    System.arraycopy(
        source, (int) (from - start), target, (int) (from - entry.offset()), (int) (to - from));
  }

  /**
   * Reads some objects of a pack as they are in the bucket, many with each request.
   *
   * @param entries the objects, in the order of the pack
   * @param consumer takes each with its entry; nothing if it is damaged
   * @return whether the pack was there to the end
   */
  boolean scan(
      PackIndex pack, List<Entry> entries, BiConsumer<Entry, Optional<StoredObject>> consumer) {
    int from = 0;
    while (from < entries.size()) {
      long start = entries.get(from).offset();
      int to = from + 1;
      while (to < entries.size() && end(entries.get(to)) - start <= SPAN) {
        to++;
      }
      int length = (int) (end(entries.get(to - 1)) - start);
      Optional<byte[]> span = bucket.range(PackBuilder.PACKS + pack.name(), start, length);
      if (span.isEmpty()) {
        return false;
      }
      for (Entry entry : new ArrayList<>(entries.subList(from, to))) {
        int at = (int) (entry.offset() - start);
        byte[] bytes = Arrays.copyOfRange(span.get(), at, at + entry.length());
        consumer.accept(entry, decode(bytes, entry.digest()));
      }
      from = to;
    }
    return true;
  }

  private static long end(Entry entry) {
    return entry.offset() + entry.length();
  }

  /** Returns the pack and the offset of an object, for people. */
  String describe(Place place) {
    return bucket.describe(place.key()) + ", byte " + place.entry().offset();
  }
}
