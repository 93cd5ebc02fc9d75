package dev.mlstack.core.model;

import dev.mlstack.compute.Progress;
import dev.mlstack.core.math.ExactSums;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Model;
import dev.mlstack.model.Signature;
import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the mean of a number step by step, which is as small a learner as rounds can be: each moves
 * the answer by a part of the mean error.
 */
record MeanTrainer(double rate, long steps, boolean endless) implements Trainer {

  private static final VersionedName STATE = new VersionedName("mean-state", 1);

  @Override
  public VersionedName operation() {
    return new VersionedName("mean", 1);
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put("rate", rate).put("steps", steps).build();
  }

  @Override
  public Set<String> changeable() {
    return Set.of("steps");
  }

  @Override
  public Training start(TrainingContext context) {
    return RoundsTraining.start(this, context, new Learner(context.train().signature()));
  }

  @Override
  public Training resume(TrainingContext context, ObjectSource source, Digest checkpoint) {
    Learner learner = new Learner(context.train().signature());
    return RoundsTraining.resume(this, context, learner, source, checkpoint);
  }

  record State(long step, double answer) {}

  private final class Learner implements RoundsLearner<State, ExactSums> {
    private final Signature signature;

    Learner(Signature signature) {
      this.signature = signature;
    }

    @Override
    public State start() {
      return new State(0, 0);
    }

    @Override
    public boolean done(State state) {
      return state.step() >= steps;
    }

    @Override
    public ExactSums partial(State state, ExampleBlock block) {
      double[] sums = new double[2];
      for (int row = 0; row < block.rows(); row++) {
        sums[0] += block.weights()[row] * (block.labels()[row] - state.answer());
        sums[1] += block.weights()[row];
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
      double answer = state.answer() + rate * sums[0] / sums[1];
      if (Math.abs(answer) > 1e6) {
        throw new ArithmeticException("the answer diverges; lower the rate");
      }
      return new State(state.step() + 1, answer);
    }

    @Override
    public long rounds(State state) {
      return state.step();
    }

    @Override
    public long mostRounds() {
      return endless ? Progress.UNKNOWN : steps;
    }

    @Override
    public Map<String, Double> measures(State state) {
      return Map.of("answer", state.answer());
    }

    @Override
    public Model model(State state) {
      return PriorModel.of(signature, new double[] {state.answer()});
    }

    @Override
    public Digest write(State state, ObjectSink sink) {
      Value.Doc payload =
          Value.doc().put("step", state.step()).put("answer", state.answer()).build();
      return sink.put(StoredObject.of(ObjectKind.CONTENT, STATE, List.of(), payload));
    }

    @Override
    public State read(ObjectSource source, Digest digest) {
      return Payloads.read(
          source.get(digest).require(STATE),
          payload -> new State(payload.whole("step"), payload.real("answer")));
    }
  }
}
