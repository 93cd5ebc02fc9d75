package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.model.Checkpoint;
import dev.mlstack.core.model.Pace;
import dev.mlstack.core.model.RoundsTraining;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Model;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import java.time.Duration;

/** The training of a network, on the calling thread. Owns the native parameters. */
final class TorchTraining implements Training {

  private final NeuralNetwork trainer;
  private final TrainingContext context;
  private final Head head;
  private final NetworkLoss loss;
  private final EpochRunner epochs;
  private final Pace pace;
  private NetworkState state;
  private boolean closed;

  private TorchTraining(
      NeuralNetwork trainer, TrainingContext context, NetworkPlan plan, NetworkState state) {
    ExampleRows train = ExampleRows.of(context.train());
    ExampleRows validation = context.validation().map(ExampleRows::of).orElse(null);
    this.trainer = trainer;
    this.context = context;
    this.state = state;
    this.pace = new Pace(context.execution());
    this.head = Head.of(context.train());
    PtNDManager manager = TorchRuntime.newManager(context.device());
    this.loss =
        new NetworkLoss(plan, head, NetworkParameters.of(manager, plan, state.parameters()));
    this.epochs = new EpochRunner(trainer, context, train, validation, loss, plan.parameters());
  }

  static TorchTraining start(NeuralNetwork trainer, TrainingContext context) {
    NetworkPlan plan = plan(trainer, context);
    NetworkState state = NetworkState.initial(plan.initialParameters(context.seed()));
    return new TorchTraining(trainer, context, plan, state);
  }

  static TorchTraining resume(
      NeuralNetwork trainer, TrainingContext context, ObjectSource source, Digest checkpoint) {
    NetworkPlan plan = plan(trainer, context);
    Digest written = Checkpoint.read(source, checkpoint, trainer, context);
    NetworkState state =
        NetworkStateObject.read(
            source, written, context, plan.parameterCount(), trainer.patience() > 0);
    return new TorchTraining(trainer, context, plan, state);
  }

  private static NetworkPlan plan(NeuralNetwork trainer, TrainingContext context) {
    RoundsTraining.requireExamples(context);
    if (context.validation().isEmpty() && trainer.patience() > 0) {
      throw new IllegalArgumentException(
          "patience needs validation examples, but the context has none");
    }
    return NetworkPlan.of(trainer.network(), context.train().signature());
  }

  @Override
  public Progress advance(Budget budget) {
    requireOpen();
    long begun = System.nanoTime();
    for (long units = 0; units < budget.units() && !done(); units++) {
      if (units > 0 && isSpent(budget.time(), begun)) {
        break;
      }
      state = epochs.next(state);
      pace.report(progress(), done());
    }
    return progress();
  }

  private static boolean isSpent(Duration time, long begun) {
    return Duration.ofNanos(System.nanoTime() - begun).compareTo(time) >= 0;
  }

  @Override
  public Progress progress() {
    return state.progress("train " + trainer.operation(), trainer.epochs());
  }

  @Override
  public boolean done() {
    return state.epoch() >= trainer.epochs()
        || (trainer.patience() > 0 && state.epochsSinceBest() >= trainer.patience());
  }

  @Override
  public Digest checkpoint(ObjectSink sink) {
    requireOpen();
    Digest written = NetworkStateObject.write(sink, state, context);
    return Checkpoint.write(sink, trainer, context, written);
  }

  @Override
  public Model model() {
    requireOpen();
    return TorchModel.of(
        trainer.network(), context.train().signature(), head, state.learned(), context.device());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the training is closed; start or resume another one");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      loss.close();
    }
  }
}
