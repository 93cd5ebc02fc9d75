package dev.mlstack.train.torch;

import dev.mlstack.core.model.Payloads;
import dev.mlstack.model.Examples;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stored form of the state of a training: a JSON document that says how far it is, and edges to
 * the numbers of the parameters, of the optimizer and of the best parameters.
 *
 * <p>What is random in an epoch is drawn from the seed and the number of the epoch, so there is no
 * state of a generator to keep.
 */
final class NetworkStateObject {

  /** The type of a stored state. */
  static final VersionedName TYPE = new VersionedName("neural-network-state", 1);

  private static final String EPOCH = "epoch";
  private static final String STEPS = "steps";
  private static final String LOSS = "loss";
  private static final String VALIDATION_LOSS = "validation-loss";
  private static final String VALIDATION_EXAMPLES = "validation-examples";
  private static final String PARAMETERS = "parameters";
  private static final String MEAN = "mean";
  private static final String SQUARES = "squares";
  private static final String BEST = "best";

  private NetworkStateObject() {}

  /** Stores a state. */
  static Digest write(ObjectSink sink, NetworkState state, TrainingContext context) {
    List<Edge> edges = new ArrayList<>();
    FloatObjects.write(sink, PARAMETERS, state.parameters(), edges);
    FloatObjects.write(sink, MEAN, state.mean(), edges);
    FloatObjects.write(sink, SQUARES, state.squares(), edges);
    Value.Doc.Builder document =
        Value.doc()
            .put(EPOCH, state.epoch())
            .put(STEPS, state.steps())
            .put(LOSS, state.loss())
            .put(VALIDATION_LOSS, state.validationLoss());
    NetworkState.Best best = state.best();
    if (best != null) {
      FloatObjects.write(sink, BEST, best.parameters(), edges);
      document.put(
          BEST,
          Value.doc()
              .put(EPOCH, best.epoch())
              .put(LOSS, best.loss())
              .put(VALIDATION_EXAMPLES, validationExamples(context))
              .build());
    }
    return sink.put(StoredObject.of(ObjectKind.CONTENT, TYPE, edges, document.build()));
  }

  private static String validationExamples(TrainingContext context) {
    return context.validation().map(Examples::digest).map(Digest::hex).orElse("none");
  }

  /**
   * Reads a state.
   *
   * @param count how many numbers all parameters have
   * @param withBest whether the best so far is wanted
   * @throws IllegalArgumentException if the best was found by other validation examples
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged or malformed
   */
  static NetworkState read(
      ObjectSource source, Digest digest, TrainingContext context, int count, boolean withBest) {
    StoredObject object = source.get(digest).require(TYPE);
    Header header = Payloads.read(object, Header::fromValue);
    return new NetworkState(
        header.epoch(),
        header.steps(),
        FloatObjects.read(source, object, PARAMETERS, count),
        FloatObjects.read(source, object, MEAN, count),
        FloatObjects.read(source, object, SQUARES, count),
        header.loss(),
        header.validationLoss(),
        header
            .best()
            .filter(best -> withBest)
            .map(best -> best.read(source, object, count, validationExamples(context)))
            .orElse(null));
  }

  private record Header(
      int epoch, long steps, double loss, double validationLoss, Optional<BestHeader> best) {
    private static Header fromValue(Value.Doc payload) {
      return new Header(
          Math.toIntExact(payload.whole(EPOCH)),
          payload.whole(STEPS),
          payload.real(LOSS),
          payload.real(VALIDATION_LOSS),
          payload.has(BEST)
              ? Optional.of(BestHeader.fromValue(payload.doc(BEST)))
              : Optional.empty());
    }
  }

  private record BestHeader(int epoch, double loss, String validationExamples) {
    private static BestHeader fromValue(Value.Doc payload) {
      return new BestHeader(
          Math.toIntExact(payload.whole(EPOCH)),
          payload.real(LOSS),
          payload.text(VALIDATION_EXAMPLES));
    }

    private NetworkState.Best read(
        ObjectSource source, StoredObject holder, int count, String expected) {
      if (!validationExamples.equals(expected)) {
        throw new IllegalArgumentException(
            "the training cannot go on: the best by the validation examples "
                + validationExamples
                + " is not comparable with losses on the validation examples "
                + expected);
      }
      return new NetworkState.Best(epoch, loss, FloatObjects.read(source, holder, BEST, count));
    }
  }
}
