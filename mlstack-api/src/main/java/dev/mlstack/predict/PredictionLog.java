package dev.mlstack.predict;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps what was asked and answered.
 *
 * <p>Appending does not wait for the disk. What {@link #flush()} has acknowledged survives the
 * death of the process; of the rest, at most about the last second is lost. Safe for use by several
 * threads. Whoever opens a log closes it; that flushes it.
 *
 * <p>Numbers come back with the bits that they had, but a log need not keep the sign of zero or the
 * payload of NaN.
 */
public interface PredictionLog extends AutoCloseable {

  /**
   * Adds an entry. If entries come faster than they can be written, this waits.
   *
   * @throws IllegalStateException if the log is closed
   */
  void append(LoggedPrediction prediction);

  /** Waits until all entries added before are durable. */
  void flush();

  /** Returns an entry that has been flushed, or nothing if there is none of this identity. */
  Optional<LoggedPrediction> find(PredictionId id);

  /** Reads all flushed entries of an endpoint in the order of their identities. */
  void forEach(String endpoint, Consumer<? super LoggedPrediction> action);

  @Override
  void close();
}
