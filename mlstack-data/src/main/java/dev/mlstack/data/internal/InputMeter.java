package dev.mlstack.data.internal;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.store.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts and hashes the bytes of one input after another, as they are stored; tells of progress,
 * and ends the reading when it is cancelled. For use by one thread at a time.
 */
public final class InputMeter {

  private static final long REPORT_BYTES = 8 << 20;
  private static final int SKIP_BYTES = 1 << 16;

  private final Digest.Hasher hasher = new Digest.Hasher();
  private final String task;
  private final long expected;
  private final boolean hashing;
  private final Execution execution;
  private long count;
  private long reported;

  /**
   * Creates a meter that has seen nothing.
   *
   * @param task what is being done, such as {@code read orders.csv}, for progress and cancellation
   * @param expected how many bytes are expected in all, 0 if nobody knows
   * @param hashing whether the {@link #digest()} is wanted
   */
  public InputMeter(String task, long expected, boolean hashing, Execution execution) {
    this.task = task;
    this.expected = expected;
    this.hashing = hashing;
    this.execution = execution;
  }

  /** Returns a stream that is measured. It takes over {@code in}. */
  public InputStream measure(InputStream in) {
    return new Measured(in);
  }

  /** Returns how many bytes were read. */
  public long count() {
    return count;
  }

  /** Returns the digest of the bytes that were read. To be called once, at the end. */
  public Digest digest() {
    return hasher.digest();
  }

  private void add(byte[] bytes, int from, int read) {
    if (read > 0) {
      count += read;
      if (hashing) {
        hasher.update(bytes, from, read);
      }
    }
    if (count - reported >= REPORT_BYTES || (read < 0 && count > reported)) {
      reported = count;
      execution.report(Progress.of(task, count, Math.max(count, expected)));
    }
  }

  private final class Measured extends FilterInputStream {

    Measured(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      execution.checkCancelled(task);
      int read = super.read(bytes, from, length);
      add(bytes, from, read);
      return read;
    }

    @Override
    public long skip(long length) throws IOException {
      return readNBytes((int) Math.min(length, SKIP_BYTES)).length;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
