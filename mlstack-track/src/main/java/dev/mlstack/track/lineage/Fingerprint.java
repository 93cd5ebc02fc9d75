package dev.mlstack.track.lineage;

import dev.mlstack.store.Digest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Tells sets of digests apart without keeping them: how many there are, and the exclusive or of
 * their bits. Digests are as good as random, so two sets with one fingerprint are the same set.
 *
 * <p>Changes as digests are added and removed; not safe for use by several threads at once.
 */
final class Fingerprint {

  private long count;
  private final byte[] bits;

  Fingerprint(long count, byte[] bits) {
    this.count = count;
    this.bits = bits.clone();
  }

  /** Returns the fingerprint of no digests. */
  static Fingerprint ofNone() {
    return new Fingerprint(0, new byte[Digest.BYTES]);
  }

  /** Returns the fingerprint of all digests of a stream. */
  static Fingerprint of(Stream<Digest> digests) {
    Fingerprint fingerprint = ofNone();
    try (digests) {
      for (Iterator<Digest> all = digests.iterator(); all.hasNext(); ) {
        fingerprint.add(all.next());
      }
    }
    return fingerprint;
  }

  void add(Digest digest) {
    count++;
    toggle(digest);
  }

  void remove(Digest digest) {
    count--;
    toggle(digest);
  }

  private void toggle(Digest digest) {
    byte[] bytes = digest.toBytes();
    for (int i = 0; i < bits.length; i++) {
      bits[i] ^= bytes[i];
    }
  }

  long count() {
    return count;
  }

  byte[] bits() {
    return bits.clone();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Fingerprint other
        && count == other.count
        && Arrays.equals(bits, other.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }
}
