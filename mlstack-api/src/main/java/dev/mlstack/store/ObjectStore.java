package dev.mlstack.store;

import dev.mlstack.compute.Execution;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps immutable objects under their digests.
 *
 * <p>Implementations are safe for use by several threads and, where they keep their objects outside
 * the process, by several processes. What is read has been verified: bytes that do not have the
 * digest asked for are never returned.
 *
 * <p>Whoever opens a store closes it. Objects that were read, and digests, outlive the store.
 */
public interface ObjectStore extends ObjectSource, AutoCloseable {

  /** Tells whether an object with the given digest can be read. Its bytes are not verified. */
  boolean contains(Digest digest);

  /** Opens a batch, and with it a lease. The caller closes it. */
  Batch batch();

  /**
   * Returns the digests of all objects, each once, in no order. The stream belongs to the caller
   * and reflects the store at some moment between the call and its end.
   */
  Stream<Digest> digests();

  /**
   * Reads every object and checks its bytes.
   *
   * @param execution receives progress and may be cancelled
   * @return what is wrong, one problem for each object that cannot be read; empty if all is well
   */
  List<StoreProblem> verify(Execution execution);

  /**
   * Deletes objects that nobody needs: those that no ref reaches over edges that hold, that no open
   * batch protects, and that were stored longer than {@code grace} ago. Readers and writers, also
   * of other processes, go on meanwhile.
   *
   * @param roots the refs from which objects are needed: all of them
   * @param grace how long an object is spared in any case; not negative
   * @param execution receives progress and may be cancelled
   */
  Collected collect(Refs roots, Duration grace, Execution execution);

  /**
   * What a collection has freed.
   *
   * @param objects how many objects were deleted
   * @param bytes how many bytes they had
   */
  record Collected(long objects, long bytes) {}

  /** Frees what the store owns. Batches that are still open are dropped. */
  @Override
  void close();
}
