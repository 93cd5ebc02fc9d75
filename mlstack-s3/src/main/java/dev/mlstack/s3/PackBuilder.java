package dev.mlstack.s3;

import dev.mlstack.core.internal.Marking;
import dev.mlstack.s3.PackIndex.Entry;
import dev.mlstack.s3.PackIndex.Made;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Writes one pack. Objects are sent as they come, in parts of {@value #PART} bytes, and become a
 * pack all at once; a pack of fewer bytes is sent in one piece. So a pack of any size takes the
 * memory of one part and no disk. Not safe for use by several threads at once.
 *
 * <p>The name of a pack is drawn at random and never used again, although what it has would name it
 * too: whoever deletes a pack late must not meet another one with equal content.
 */
final class PackBuilder {

  /** The bytes of a part, 16 MiB. A pack has at most 10,000 of them. */
  static final int PART = 16 << 20;

  /** Where packs are. */
  static final String PACKS = "packs/";

  private static final int MOST_PARTS = 10_000;
  private static final int FIRST_BUFFER = 1 << 16;

  private final Bucket bucket;
  private final BlockCache cache;
  private final String name = UUID.randomUUID().toString().replace("-", "");
  private final List<Made> objects = new ArrayList<>();
  private final List<CompletedPart> parts = new ArrayList<>();
  private final Buffer buffer = new Buffer();
  private byte[] bytes = new byte[FIRST_BUFFER];
  private int filled;
  private long position;
  private @Nullable String upload;

  /** Begins a pack. Nothing is sent before the first part is full. */
  PackBuilder(Bucket bucket, BlockCache cache) {
    this.bucket = bucket;
    this.cache = cache;
    write(PackIndex.MAGIC, 0, PackIndex.MAGIC.length);
  }

  /** Adds an object, which must not have been added before. */
  void append(StoredObject object) {
    Entry entry = new Entry(object.digest(), position, object.encodedSize());
    objects.add(new Made(entry, Marking.held(object.edges())));
    try {
      object.transferTo(buffer);
    } catch (IOException e) {
      throw new StoreException("cannot add " + object + " to a pack", e);
    }
  }

  /** Returns how many bytes were added. */
  long bytes() {
    return position;
  }

  /**
   * Makes a pack of what was added: durable, and complete as soon as others can see it.
   *
   * @param stored when the youngest object was stored, in milliseconds since 1970, or 0 if now
   */
  PackIndex publish(long stored) {
    long entriesOffset = position;
    byte[] tail = PackIndex.tail(entriesOffset, objects, stored);
    write(tail, 0, tail.length);
    if (upload == null) {
      bucket.put(PACKS + name, bytes, filled);
      cache.write(name, bytes, filled);
    } else {
      if (filled > 0) {
        sendPart(upload);
      }
      bucket.completeParts(PACKS + name, upload, parts);
    }
    return PackIndex.parse(name, position, PackIndex.JUST_NOW, tail);
  }

  /**
   * Drops the parts that were sent. If the pack has landed although the answer was lost, it stays,
   * because others may rely on it by now: only a collection deletes packs.
   */
  void abort() {
    try {
      if (upload != null) {
        bucket.abortParts(PACKS + name, upload);
      }
    } catch (StoreException e) {
      return; // What is left is garbage that a collection clears away.
    }
  }

  private void write(byte[] source, int offset, int length) {
    int done = 0;
    while (done < length) {
      if (filled == PART) {
        if (upload == null) {
          upload = bucket.beginParts(PACKS + name);
        }
        sendPart(upload);
      }
      int some = Math.min(length - done, PART - filled);
      reserve(filled + some);
      System.arraycopy(source, offset + done, bytes, filled, some);
      filled += some;
      done += some;
    }
    position += length;
  }

  private void reserve(int capacity) {
    if (bytes.length < capacity) {
      bytes = Arrays.copyOf(bytes, Math.min(PART, Math.max(capacity, 2 * bytes.length)));
    }
  }

  private void sendPart(String to) {
    if (parts.size() == MOST_PARTS) {
      throw new StoreException(
          "cannot write "
              + bucket.describe(PACKS + name)
              + ": a commit has at most 156 GiB; commit the batch more often");
    }
    parts.add(bucket.putPart(PACKS + name, to, parts.size() + 1, bytes, filled));
    filled = 0;
  }

  /** Takes what objects write. */
  private final class Buffer extends OutputStream {
    @Override
    public void write(int b) {
      PackBuilder.this.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      PackBuilder.this.write(source, offset, length);
    }
  }
}
