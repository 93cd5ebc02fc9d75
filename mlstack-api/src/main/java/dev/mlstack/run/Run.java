package dev.mlstack.run;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.util.concurrent.CompletableFuture;

/**
 * A run under way, into which a program logs.
 *
 * <p>Logging does not wait for the disk: entries go through a bounded queue and are written
 * together. What {@link #flush()} has acknowledged survives the death of the process; of the rest,
 * at most about the last second is lost. Entries of one thread keep their order. Safe for use by
 * several threads.
 *
 * <pre>{@code
 * try (Run run = tracker.start(request)) {
 *   run.metric("loss", step, loss);
 *   run.finish(RunStatus.FINISHED);
 * }
 * }</pre>
 */
public interface Run extends AutoCloseable {

  /** Returns the identity. */
  RunId id();

  /**
   * Logs a parameter, which is written once.
   *
   * @throws IllegalArgumentException if it was logged before with another value
   */
  void param(String name, Value value);

  /** Logs a value of a metric. */
  void metric(String name, long step, double value);

  /** Sets a mark; a later one of the same name replaces it. */
  void tag(String name, String value);

  /**
   * Logs what went in.
   *
   * @param role what it was to the run: lower-case letters, digits, dots, hyphens, underscores
   * @param digest the content, or the record that names it
   */
  void input(String role, Digest digest);

  /**
   * Logs what came out.
   *
   * @param role what it was to the run: lower-case letters, digits, dots, hyphens, underscores
   * @param digest the content, which is kept as long as the run
   */
  void output(String role, Digest digest);

  /** Returns a future that completes when all that was logged before is durable. */
  CompletableFuture<Void> flush();

  /**
   * Ends the run: all that was logged becomes durable, and the run is sealed into a record that
   * never changes.
   *
   * @param status how it ended; not {@link RunStatus#RUNNING}
   * @return the digest of the record
   * @throws IllegalStateException if the run has ended already
   */
  Digest finish(RunStatus status);

  /**
   * Ends the run as {@link RunStatus#FAILED} if it has not ended, so that a run that leaves its
   * {@code try} block by an exception is seen as such.
   */
  @Override
  void close();
}
