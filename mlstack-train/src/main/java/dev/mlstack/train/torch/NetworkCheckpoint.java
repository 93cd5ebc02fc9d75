package dev.mlstack.train.torch;

import dev.mlstack.core.json.Json;
import dev.mlstack.model.Examples;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The stored form of a training's state: a JSON document that says what is trained on what and how
 * far, and edges to the numbers of the parameters, of the optimizer and of the best parameters.
 *
 * <p>What is random in an epoch is drawn from the seed and the number of the epoch, so there is no
 * state of a generator to keep.
 */
final class NetworkCheckpoint {

  /** The type of a stored checkpoint. */
  static final VersionedName TYPE = new VersionedName("neural-network-checkpoint", 1);

  private static final String BOUND = "of";
  private static final String TRAINER = "trainer";
  private static final String EPOCH = "epoch";
  private static final String STEPS = "steps";
  private static final String LOSS = "loss";
  private static final String VALIDATION_LOSS = "validation-loss";
  private static final String PARAMETERS = "parameters";
  private static final String MEAN = "mean";
  private static final String SQUARES = "squares";
  private static final String BEST = "best";

  private final ObjectSource source;
  private final StoredObject object;
  private final Value.Doc document;

  private NetworkCheckpoint(ObjectSource source, StoredObject object) {
    this.source = source;
    this.object = object;
    this.document = Json.payload(object);
  }

  /** Stores a state. */
  static Digest write(
      ObjectSink sink, NeuralNetwork trainer, TrainingContext context, NetworkState state) {
    List<Edge> edges = new ArrayList<>();
    FloatObjects.write(sink, PARAMETERS, state.parameters(), edges);
    FloatObjects.write(sink, MEAN, state.mean(), edges);
    FloatObjects.write(sink, SQUARES, state.squares(), edges);
    Value.Doc.Builder document =
        Value.doc()
            .put(BOUND, bound(trainer, context))
            .put(TRAINER, trainer.parameters())
            .put(EPOCH, state.epoch())
            .put(STEPS, state.steps())
            .put(LOSS, state.loss())
            .put(VALIDATION_LOSS, state.validationLoss());
    NetworkState.Best best = state.best();
    if (best != null) {
      FloatObjects.write(sink, BEST, best.parameters(), edges);
      document.put(BEST, Value.doc().put(EPOCH, best.epoch()).put(LOSS, best.loss()).build());
    }
    return sink.put(StoredObject.of(ObjectKind.CONTENT, TYPE, edges, document.build()));
  }

  /** Returns what a checkpoint can only go on with. */
  private static Value.Doc bound(NeuralNetwork trainer, TrainingContext context) {
    return Value.doc()
        .put("operation", trainer.operation().toString())
        .put("seed", context.seed())
        .put("examples", context.train().digest().hex())
        .put(
            "validation examples",
            context.validation().map(Examples::digest).map(Digest::hex).orElse("none"))
        .build();
  }

  /**
   * Reads a state.
   *
   * @throws IllegalArgumentException if the checkpoint is of something else; the message names the
   *     first difference
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged or malformed
   */
  static NetworkState read(
      ObjectSource source, Digest digest, NeuralNetwork trainer, TrainingContext context) {
    NetworkCheckpoint checkpoint = new NetworkCheckpoint(source, source.get(digest).require(TYPE));
    checkpoint.requireSame("", checkpoint.doc(BOUND), bound(trainer, context).members());
    Map<String, Value> fixed = new TreeMap<>(trainer.parameters().members());
    fixed.keySet().removeAll(trainer.changeable());
    checkpoint.requireSame("parameter ", checkpoint.doc(TRAINER), fixed);
    int count = NetworkPlan.of(trainer.network(), context.train().signature()).parameterCount();
    return checkpoint.state(count, trainer.patience() > 0);
  }

  private void requireSame(String what, Value.Doc stored, Map<String, Value> wanted) {
    wanted.forEach(
        (name, value) -> {
          Value actual = stored.members().get(name);
          if (!value.equals(actual)) {
            throw new IllegalArgumentException(
                "checkpoint "
                    + object.digest().abbreviated()
                    + " has another "
                    + what
                    + name
                    + ": "
                    + (actual == null ? "none" : actual.canonicalJson())
                    + " and not "
                    + value.canonicalJson());
          }
        });
  }

  private Value.Doc doc(String name) {
    return read(() -> document.doc(name));
  }

  /** Reads something of the document, which must be there. */
  private <T> T read(Supplier<T> what) {
    try {
      return what.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedObjectException(object.digest(), TYPE, String.valueOf(e.getMessage()));
    }
  }

  private NetworkState state(int count, boolean withBest) {
    return new NetworkState(
        read(() -> Math.toIntExact(document.whole(EPOCH))),
        read(() -> document.whole(STEPS)),
        FloatObjects.read(source, object, PARAMETERS, count),
        FloatObjects.read(source, object, MEAN, count),
        FloatObjects.read(source, object, SQUARES, count),
        read(() -> document.real(LOSS)),
        read(() -> document.real(VALIDATION_LOSS)),
        withBest && document.has(BEST) ? best(count) : null);
  }

  private NetworkState.Best best(int count) {
    Value.Doc best = doc(BEST);
    return new NetworkState.Best(
        read(() -> Math.toIntExact(best.whole(EPOCH))),
        read(() -> best.real(LOSS)),
        FloatObjects.read(source, object, BEST, count));
  }
}
