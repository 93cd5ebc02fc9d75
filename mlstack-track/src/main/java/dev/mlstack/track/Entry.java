package dev.mlstack.track;

import dev.mlstack.run.RunId;
import dev.mlstack.store.Digest;
import dev.mlstack.track.environment.Environment;
import java.util.concurrent.CompletableFuture;

/** One thing that a run has logged, on its way through the queue to the journal. */
sealed interface Entry {

  /** Returns the run. */
  OpenRun run();

  /** Hands this to a journal. */
  <X extends Exception> void applyTo(Visitor<X> visitor) throws X;

  /** Takes entries of each kind. */
  interface Visitor<X extends Exception> {

    /** Takes a value of a metric, logged so many milliseconds since 1970. */
    void metric(RunId run, String name, long step, long at, double value) throws X;

    /** Takes a parameter as canonical JSON. */
    void param(RunId run, String name, String json) throws X;

    /** Takes a tag. */
    void tag(RunId run, String name, String value) throws X;

    /** Takes an input or an output. */
    void link(RunId run, Direction direction, String role, Digest digest) throws X;

    /** Takes where the run runs. */
    void environment(RunId run, Environment environment) throws X;
  }

  /** What a link is to a run. */
  enum Direction {
    INPUT,
    OUTPUT
  }

  record Metric(OpenRun run, String name, long step, long at, double value) implements Entry {
    @Override
    public <X extends Exception> void applyTo(Visitor<X> visitor) throws X {
      visitor.metric(run.id(), name, step, at, value);
    }
  }

  record Param(OpenRun run, String name, String json) implements Entry {
    @Override
    public <X extends Exception> void applyTo(Visitor<X> visitor) throws X {
      visitor.param(run.id(), name, json);
    }
  }

  record Tag(OpenRun run, String name, String value) implements Entry {
    @Override
    public <X extends Exception> void applyTo(Visitor<X> visitor) throws X {
      visitor.tag(run.id(), name, value);
    }
  }

  record Link(OpenRun run, Direction direction, String role, Digest digest) implements Entry {
    @Override
    public <X extends Exception> void applyTo(Visitor<X> visitor) throws X {
      visitor.link(run.id(), direction, role, digest);
    }
  }

  record Captured(OpenRun run, Environment environment) implements Entry {
    @Override
    public <X extends Exception> void applyTo(Visitor<X> visitor) throws X {
      visitor.environment(run.id(), environment);
    }
  }

  /** Asks to be told when all entries before are durable. Nothing to write by itself. */
  record Flush(OpenRun run, CompletableFuture<Void> done) implements Entry {
    @Override
    public <X extends Exception> void applyTo(Visitor<X> visitor) {}
  }
}
