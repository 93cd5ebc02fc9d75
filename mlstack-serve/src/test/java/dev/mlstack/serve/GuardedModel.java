package dev.mlstack.serve;

import dev.mlstack.core.json.Json;
import dev.mlstack.model.Model;
import dev.mlstack.model.ModelFormat;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model that watches over its own life, as one with native memory would have to: it notes when it
 * is closed while it works, used after that, or closed twice. It answers each feature times a
 * factor, summed.
 */
final class GuardedModel implements Model {

  static final VersionedName TYPE = new VersionedName("guarded", 1);
  static final AtomicInteger OPEN = new AtomicInteger();
  static final AtomicInteger OPENED = new AtomicInteger();
  static final AtomicInteger FAULTS = new AtomicInteger();

  private final Signature signature;
  private final double factor;
  private final AtomicInteger working = new AtomicInteger();
  private volatile boolean closed;

  GuardedModel(Signature signature, double factor) {
    this.signature = signature;
    this.factor = factor;
    OPEN.incrementAndGet();
    OPENED.incrementAndGet();
  }

  /** Forgets what happened in other tests. */
  static void reset() {
    OPEN.set(0);
    OPENED.set(0);
    FAULTS.set(0);
  }

  private void require(boolean holds) {
    if (!holds) {
      FAULTS.incrementAndGet();
    }
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(float[] features, int rows, double[] outputs) {
    working.incrementAndGet();
    require(!closed);
    for (int row = 0; row < rows; row++) {
      outputs[row] = 0;
      for (int i = 0; i < signature.width(); i++) {
        outputs[row] += factor * features[row * signature.width() + i];
      }
    }
    for (int i = 0; i < 100; i++) {
      require(!closed); // Takes some time, in which others may close it.
    }
    working.decrementAndGet();
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT,
            TYPE,
            List.of(),
            Value.doc().put("signature", signature.toValue()).put("factor", factor).build()));
  }

  @Override
  public void close() {
    require(working.get() == 0 && !closed);
    closed = true;
    OPEN.decrementAndGet();
  }

  /** Loads guarded models. */
  public static final class Format implements ModelFormat {
    /** Found by name in META-INF/services. */
    public Format() {}

    @Override
    public VersionedName type() {
      return TYPE;
    }

    @Override
    public Model load(ObjectSource source, Digest digest) {
      Value.Doc doc = Json.payload(source.get(digest).require(TYPE));
      return new GuardedModel(Signature.fromValue(doc.get("signature")), doc.real("factor"));
    }
  }
}
