package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.mlstack.compute.Progress;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import java.time.Duration;
import java.util.Optional;

/** The training of a network, on the calling thread. Owns the native parameters. */
final class TorchTraining implements Training {

  private static final long REPORT_NANOS = 100_000_000;
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final NeuralNetwork trainer;
  private final TrainingContext context;
  private final Head head;
  private final NetworkLoss loss;
  private final EpochRunner epochs;
  private NetworkState state;
  private long lastReport = System.nanoTime() - REPORT_NANOS;
  private boolean closed;

  private TorchTraining(
      NeuralNetwork trainer, TrainingContext context, NetworkPlan plan, NetworkState state) {
    ExampleRows train = ExampleRows.of(context.train());
    ExampleRows validation = context.validation().map(ExampleRows::of).orElse(null);
    this.trainer = trainer;
    this.context = context;
    this.state = state;
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
    NetworkState state = NetworkCheckpoint.read(source, checkpoint, trainer, context);
    return new TorchTraining(trainer, context, plan, state);
  }

  private static NetworkPlan plan(NeuralNetwork trainer, TrainingContext context) {
    Optional<Examples> validation = context.validation();
    if (validation.isEmpty() && trainer.patience() > 0) {
      throw new IllegalArgumentException(
          "patience needs validation examples, but the context has none");
    }
    validation.ifPresent(
        examples -> {
          if (!examples.signature().equals(context.train().signature())) {
            throw new IllegalArgumentException(
                "validation examples have another signature than the training examples: "
                    + examples.signature()
                    + " and not "
                    + context.train().signature());
          }
        });
    return NetworkPlan.of(trainer.network(), context.train().signature());
  }

  @Override
  public Progress advance(Budget budget) {
    requireOpen();
    long start = System.nanoTime();
    long nanos = budget.time().compareTo(FOREVER) < 0 ? budget.time().toNanos() : Long.MAX_VALUE;
    for (long unit = 0; unit < budget.units() && !done(); unit++) {
      if (unit > 0 && System.nanoTime() - start >= nanos) {
        break;
      }
      state = epochs.next(state);
      report();
    }
    return progress();
  }

  /** Tells the listener, but not after each of very many short epochs. */
  private void report() {
    long now = System.nanoTime();
    if (done() || now - lastReport >= REPORT_NANOS) {
      lastReport = now;
      context.execution().report(progress());
    }
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
    return NetworkCheckpoint.write(sink, trainer, context, state);
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
