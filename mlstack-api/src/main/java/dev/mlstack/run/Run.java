package dev.mlstack.run;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.util.concurrent.CompletableFuture;

/**
 * A run under way, into which a program logs.
 *
 * <p>Logging does not wait for the disk: entries go through a bounded queue and are written
 * together. What {@link #flush()} has acknowledged survives the death of the process; of the rest,
 * at most about the last second is lost. Entries of one thread keep their order. If entries come
 * faster than they can be written, logging waits; it throws {@link
 * dev.mlstack.store.StoreException} if they cannot be written at all. Safe for use by several
 * threads.
 *
 * <p>Names and values are within the {@link RunLimits}; others are refused with {@code
 * IllegalArgumentException}. Every method but {@link #id()} and {@link #close()} throws {@code
 * IllegalStateException} once the run has ended.
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
   * Logs a parameter, which is written once. It is kept as canonical JSON and reads back as that:
   * {@code NaN} becomes the text {@code "NaN"}.
   *
   * @throws IllegalArgumentException if it was logged before with another value
   */
  void param(String name, Value value);

  /**
   * Logs a value of a metric.
   *
   * @param step the unit of training after which it was taken; any number, in any order
   * @param value may be NaN or infinite; negative zero is kept as zero
   */
  void metric(String name, long step, double value);

  /** Sets a mark; a later one of the same name replaces it. */
  void tag(String name, String value);

  /**
   * Logs what went in. A role has one input.
   *
   * @param role what it was to the run: lower-case letters, digits, dots, hyphens, underscores
   * @param digest the content, or the record that names it
   * @throws IllegalArgumentException if another input was logged in this role
   */
  void input(String role, Digest digest);

  /**
   * Logs what came out. A role has one output. The role {@code recipe} is that of the {@link
   * dev.mlstack.store.Recipe} that the run followed, {@code profile} that of the profile of the
   * data it trained on.
   *
   * @param role what it was to the run: lower-case letters, digits, dots, hyphens, underscores
   * @param digest the content, which is kept as long as the run; it is stored before the run ends
   * @throws IllegalArgumentException if another output was logged in this role
   */
  void output(String role, Digest digest);

  /**
   * Returns a future that completes when all that was logged before is durable, or fails with a
   * {@link dev.mlstack.store.StoreException}; then it was not lost, and a later flush may succeed.
   */
  CompletableFuture<Void> flush();

  /**
   * Ends the run: all that was logged becomes durable, and the run is sealed into a record that
   * never changes.
   *
   * @param status how it ended; not {@link RunStatus#RUNNING}
   * @return the digest of the record, to which the ref {@code runs/<id>} points
   * @throws IllegalStateException if the run has ended already
   * @throws dev.mlstack.store.StoreException if writing fails; the run has not ended then
   */
  Digest finish(RunStatus status);

  /**
   * Ends the run as {@link RunStatus#FAILED} if it has not ended, so that a run that leaves its
   * {@code try} block by an exception is seen as such.
   */
  @Override
  void close();
}
