package dev.mlstack.serve;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.PredictionLog;
import dev.mlstack.testkit.PredictionLogKit;
import java.util.Optional;
import java.util.function.Consumer;

/** The kit on the simplest log, which proves the kit as much as the log. */
class MemoryLogTest extends PredictionLogKit {

  private final MemoryLog kept = new MemoryLog();

  @Override
  protected PredictionLog open() {
    return new View();
  }

  /** What is opened and closed while the entries stay. */
  private final class View implements PredictionLog {
    private boolean closed;

    @Override
    public synchronized void append(LoggedPrediction prediction) {
      flush();
      kept.append(prediction);
    }

    @Override
    public synchronized void flush() {
      if (closed) {
        throw new IllegalStateException("the view is closed");
      }
    }

    @Override
    public Optional<LoggedPrediction> find(PredictionId id) {
      return kept.find(id);
    }

    @Override
    public void forEach(String endpoint, Consumer<? super LoggedPrediction> action) {
      kept.forEach(endpoint, action);
    }

    @Override
    public synchronized void close() {
      closed = true;
    }
  }
}
