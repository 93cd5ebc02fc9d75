package dev.mlstack.data.read;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.store.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that counts and hashes what is read, tells of progress, and ends when cancelled. */
final class MeteredInput extends FilterInputStream {

  private static final long REPORT_BYTES = 8 << 20;

  private final Digest.Hasher hasher = new Digest.Hasher();
  private final String task;
  private final long total;
  private final Execution execution;
  private long count;
  private long reported;

  /**
   * Takes over a stream.
   *
   * @param task what is being done, for progress and cancellation
   * @param total how many bytes are expected
   */
  MeteredInput(InputStream in, String task, long total, Execution execution) {
    super(in);
    this.task = task;
    this.total = total;
    this.execution = execution;
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
    if (read > 0) {
      count += read;
      hasher.update(bytes, from, read);
    }
    if (count - reported >= REPORT_BYTES || (read < 0 && count > reported)) {
      reported = count;
      execution.report(Progress.of(task, count, Math.max(count, total)));
    }
    return read;
  }

  @Override
  public long skip(long length) throws IOException {
    return readNBytes((int) Math.min(length, 1 << 16)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Returns how many bytes were read. */
  long count() {
    return count;
  }

  /** Returns the digest of the bytes that were read. To be called once, at the end. */
  Digest digest() {
    return hasher.digest();
  }
}
