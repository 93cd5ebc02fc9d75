package dev.mlstack.train.baseline;

import dev.mlstack.core.math.ExactSums;
import dev.mlstack.core.model.Payloads;
import dev.mlstack.core.model.PriorModel;
import dev.mlstack.core.model.RoundsLearner;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Model;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Learns the mean answer in one round.
 *
 * <p>Its state is the mean answer, of the width of the outputs; before the round it is what can be
 * said without data, that all classes are as probable and all numbers 0. The state is written as a
 * JSON document, {@code prior-state/1}, with {@code rounds} and {@code answer}.
 */
final class PriorLearner implements RoundsLearner<PriorLearner.State, ExactSums> {

  private static final VersionedName STATE = new VersionedName("prior-state", 1);

  private final Signature signature;

  PriorLearner(Signature signature) {
    this.signature = signature;
  }

  /**
   * What is known.
   *
   * @param rounds 0 or 1
   * @param answer the mean answer; not copied
   */
  record State(long rounds, double[] answer) {}

  @Override
  public State start() {
    double[] answer = new double[signature.outputWidth()];
    int at = 0;
    for (Output output : signature.outputs()) {
      double start = output instanceof Output.Classes ? 1.0 / output.width() : 0;
      Arrays.fill(answer, at, at + output.width(), start);
      at += output.width();
    }
    return new State(0, answer);
  }

  @Override
  public boolean done(State state) {
    return state.rounds() >= 1;
  }

  /** Sums the weighted answers that would have been right, and behind them the weights. */
  @Override
  public ExactSums partial(State state, ExampleBlock block) {
    double[] sums = new double[signature.outputWidth() + 1];
    int label = 0;
    for (int row = 0; row < block.rows(); row++) {
      double weight = block.weights()[row];
      int at = 0;
      for (Output output : signature.outputs()) {
        if (output instanceof Output.Classes) {
          sums[at + (int) block.labels()[label++]] += weight;
        } else {
          for (int i = 0; i < output.width(); i++) {
            sums[at + i] += weight * block.labels()[label++];
          }
        }
        at += output.width();
      }
      sums[at] += weight;
    }
    return ExactSums.of(sums);
  }

  @Override
  public ExactSums merge(ExactSums left, ExactSums right) {
    return left.add(right);
  }

  @Override
  public State update(State state, ExactSums total) {
    double[] sums = total.values();
    double weight = sums[sums.length - 1];
    double[] answer = new double[sums.length - 1];
    for (int i = 0; i < answer.length; i++) {
      answer[i] = sums[i] / weight;
      if (!Double.isFinite(answer[i])) {
        throw new ArithmeticException(
            "the mean is not finite: the weights add up to "
                + weight
                + ", the weighted labels to "
                + sums[i]
                + "; give some examples weight, and bring labels and weights to a smaller scale");
      }
    }
    return new State(1, answer);
  }

  @Override
  public long rounds(State state) {
    return state.rounds();
  }

  @Override
  public long mostRounds() {
    return 1;
  }

  @Override
  public Map<String, Double> measures(State state) {
    return Map.of();
  }

  @Override
  public Model model(State state) {
    return PriorModel.of(signature, state.answer());
  }

  @Override
  public Digest write(State state, ObjectSink sink) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT,
            STATE,
            List.of(),
            Value.doc()
                .put("rounds", state.rounds())
                .put("answer", Value.ofReals(state.answer()))
                .build()));
  }

  @Override
  public State read(ObjectSource source, Digest digest) {
    return Payloads.read(source.get(digest).require(STATE), this::read);
  }

  private State read(Value.Doc payload) {
    double[] answer = payload.reals("answer");
    if (answer.length != signature.outputWidth()) {
      throw new IllegalArgumentException(
          "answer must have " + signature.outputWidth() + " numbers but has " + answer.length);
    }
    return new State(payload.whole("rounds"), answer);
  }
}
