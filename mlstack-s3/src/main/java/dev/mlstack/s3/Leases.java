package dev.mlstack.s3;

import dev.mlstack.s3.Bucket.Found;
import dev.mlstack.store.Digest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The digests that a batch protects from collection: objects of 32 bytes for each digest, below the
 * session of their owner. Not safe for use by several threads at once.
 */
final class Leases implements AutoCloseable {

  /** Where leases are. */
  static final String LEASES = "leases/";

  private final Bucket bucket;
  private final Session session;
  private final String start;
  private int parts;

  /** Creates leases on nothing. */
  Leases(Bucket bucket, Session session) {
    this.bucket = bucket;
    this.session = session;
    this.start = LEASES + session.id() + "/" + UUID.randomUUID() + "-";
  }

  /**
   * Protects some digests: every collection that reads leases from now on sees them.
   *
   * @throws dev.mlstack.store.StoreException if the session has ended
   */
  void publish(Collection<Digest> digests) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(digests.size() * Digest.BYTES);
    digests.forEach(digest -> bytes.writeBytes(digest.toBytes()));
    bucket.put(start + parts++, bytes.toByteArray(), bytes.size());
    session.confirm();
  }

  /** Ends the leases. */
  @Override
  public void close() {
    while (parts > 0) {
      bucket.delete(start + --parts);
    }
  }

  /** Returns the digests under all leases whose owners live. The others are deleted. */
  static List<Digest> readAll(Bucket bucket) {
    // In this order: a session begins before its leases.
    List<Found> leases = bucket.list(LEASES).objects();
    Set<String> live = Session.live(bucket);
    List<Digest> leased = new ArrayList<>();
    for (Found lease : leases) {
      String owner = lease.key().substring(LEASES.length(), lease.key().lastIndexOf('/'));
      if (live.contains(owner)) {
        bucket.get(lease.key()).ifPresent(content -> read(content.bytes(), leased));
      } else {
        bucket.delete(lease.key());
      }
    }
    return leased;
  }

  private static void read(byte[] bytes, List<Digest> leased) {
    for (int end = Digest.BYTES; end <= bytes.length; end += Digest.BYTES) {
      leased.add(Digest.ofBytes(Arrays.copyOfRange(bytes, end - Digest.BYTES, end)));
    }
  }
}
