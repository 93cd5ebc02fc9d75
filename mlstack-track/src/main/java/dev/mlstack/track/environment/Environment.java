package dev.mlstack.track.environment;

import dev.mlstack.core.json.Json;
import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;

/**
 * Where and with what something ran: Java, the operating system, every jar by its digest, the
 * revision of the code, and what modules know of their natives.
 *
 * <p>A content: two runs in one environment share it. Immutable.
 */
public final class Environment implements Content {

  /** The type of a stored environment. */
  public static final VersionedName TYPE = new VersionedName("environment", 1);

  private final StoredObject object;
  private final Value.Doc facts;

  private Environment(Value.Doc facts) {
    this.facts = facts;
    this.object = StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), facts);
  }

  /** Captures the environment of this process, and tells nothing of people. */
  public static Environment capture() {
    return capture(EnvironmentOptions.defaults());
  }

  /**
   * Captures the environment of this process. The first time in a process this reads all jars,
   * which may take seconds; a tracker does it on a thread of its own.
   */
  public static Environment capture(EnvironmentOptions options) {
    return new Environment(Capture.facts(options));
  }

  /** Returns the environment that is described by {@link #facts()} of another one. */
  public static Environment of(Value.Doc facts) {
    return new Environment(facts);
  }

  /**
   * Reads an environment.
   *
   * @throws dev.mlstack.store.StoreException if it is not there, damaged, or something else
   */
  public static Environment read(ObjectSource source, Digest digest) {
    return new Environment(Json.payload(source.get(digest).require(TYPE)));
  }

  /** Returns what is known, such as {@code java.version}: a document of documents. */
  public Value.Doc facts() {
    return facts;
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(object);
  }

  @Override
  public Digest digest() {
    return object.digest();
  }
}
