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
 * <p>Whoever opens a store closes it. Objects that were read, and digests, outlive the store; every
 * other use of a closed store gives an {@link IllegalStateException}.
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
   * Reads every object, checks its bytes, and checks that the target of every edge that holds is
   * there.
   *
   * @param execution receives progress and may be cancelled
   * @return what is wrong, one problem for each object that cannot be read and for each edge that
   *     holds nothing; empty if all is well
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  List<StoreProblem> verify(Execution execution);

  /**
   * Deletes the objects that nobody needs. Needed is what a ref points to, what an open batch has
   * put, what was stored less than {@code grace} ago, and whatever these reach over edges that
   * hold; but never what a ref {@code erased/<digest>} names, which was replaced by what that ref
   * points to. Readers and writers, also of other processes, go on meanwhile; collections take
   * turns.
   *
   * <p>Who wants to point a ref at an object that nothing else needs puts it into a batch first, as
   * if it were new.
   *
   * @param roots the refs from which objects are needed: all of them
   * @param grace how long an object is spared in any case; not negative
   * @param execution receives progress and may be cancelled
   * @return what this collection deleted
   * @throws CorruptObjectException if an object that is needed is damaged, so that nobody can tell
   *     what it holds; what is needed is all still there
   * @throws java.util.concurrent.CancellationException if it was cancelled; what is needed is all
   *     still there
   */
  Collected collect(Refs roots, Duration grace, Execution execution);

  /**
   * What a collection has freed.
   *
   * @param objects how many objects were deleted
   * @param bytes how many bytes they had
   */
  record Collected(long objects, long bytes) {}

  /** Frees what the store owns. Batches still open are dropped. Closing twice does nothing. */
  @Override
  void close();
}
