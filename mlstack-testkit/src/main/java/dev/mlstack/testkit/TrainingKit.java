package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.model.Budget;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The laws of a {@link Trainer} and its {@link Training}s.
 *
 * <p>The class that extends this needs a constructor without parameters: a child process makes one
 * of its own.
 */
public abstract class TrainingKit {

  /** The seed with which the kit trains. */
  protected static final long SEED = 20;

  private static final int MOST_CHECKPOINTS = 40;
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("mlstack.exhaustive");

  /** For those who extend this. */
  protected TrainingKit() {}

  /** Returns the trainer under test; its trainings take some units, but not long. */
  protected abstract Trainer trainer();

  /**
   * Returns examples to learn from: for one seed the same ones in every process, for another seed
   * other ones.
   */
  protected abstract Examples examples(long seed);

  /** Loads a model that a training of {@link #trainer()} has given. */
  protected abstract Model load(ObjectSource source, Digest digest);

  /**
   * Returns trainers that must not resume a checkpoint of {@link #trainer()}, each under the name
   * of the one parameter in which it differs.
   */
  protected Map<String, Trainer> unlike() {
    return Map.of();
  }

  /** Returns trainers that differ only in parameters that are changeable. */
  protected List<Trainer> alike() {
    return List.of();
  }

  /** Tells whether the trainer promises the same bits on any number of threads. */
  protected boolean sameBitsOnAnyThreads() {
    return true;
  }

  /**
   * Returns how far an answer may be off when rows are scored one by one instead of all at once.
   */
  protected double batchTolerance() {
    return 0;
  }

  /** Returns how many processes a training passes through in the test that kills them. */
  protected int processes() {
    return EXHAUSTIVE ? 50 : 10;
  }

  final Training start() {
    return trainer().start(context());
  }

  final Training resume(ObjectSource source, Digest checkpoint) {
    return trainer().resume(context(), source, checkpoint);
  }

  private TrainingContext context() {
    return TrainingContext.of(examples(SEED), SEED);
  }

  private Digest uninterrupted() {
    return trained(context());
  }

  private Digest trained(TrainingContext context) {
    try (Training training = trainer().start(context)) {
      return finish(training);
    }
  }

  private static Digest finish(Training training) {
    training.advance(Budget.unlimited());
    assertThat(training.done()).isTrue();
    return modelOf(training);
  }

  private static Digest modelOf(Training training) {
    try (Model model = training.model()) {
      return model.digest();
    }
  }

  private static long seed() {
    return Long.getLong("mlstack.seed", System.nanoTime());
  }

  // One recipe, one content.

  @Test
  final void sameExamplesAndSeed_giveTheSameModel() {
    assertThat(uninterrupted()).isEqualTo(uninterrupted());
  }

  @Test
  final void anyNumberOfThreads_givesTheSameModel() {
    assumeTrue(sameBitsOnAnyThreads());
    Digest expected = uninterrupted();
    ExecutorService executor = Executors.newFixedThreadPool(7);
    try {
      for (int threads : new int[] {1, 2, 7}) {
        Execution execution = Execution.on(executor, threads);
        assertThat(trained(context().withExecution(execution)))
            .as("on %d threads", threads)
            .isEqualTo(expected);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  final void trainingsThatTakeTurns_doNotDisturbEachOther() {
    try (Training one = start();
        Training other = trainer().start(TrainingContext.of(examples(SEED + 1), SEED))) {
      while (!one.done()) {
        one.advance(Budget.units(1));
        other.advance(Budget.units(1));
      }
      assertThat(modelOf(one)).isEqualTo(uninterrupted());
    }
  }

  // Advancing.

  @Test
  final void advance_inBudgetsOfAnySize_givesTheSameModel() {
    Digest expected = uninterrupted();
    long seed = seed();
    Random random = new Random(seed);
    try (Training training = start()) {
      while (!training.done()) {
        boolean timed = random.nextInt(4) == 0;
        training.advance(
            timed
                ? Budget.time(Duration.ofNanos(1 + random.nextInt(1_000_000)))
                : Budget.units(1 + random.nextInt(3)));
      }
      assertThat(modelOf(training)).as("-Dmlstack.seed=%d", seed).isEqualTo(expected);
    }
  }

  @Test
  final void advance_reportsProgressThatGrowsByTheUnitsDone() {
    List<Progress> heard = new ArrayList<>();
    Execution execution = Execution.here().withListener(heard::add);
    try (Training training = trainer().start(context().withExecution(execution))) {
      assertThat(training.progress().done()).isZero();
      for (long done = 1; !training.done(); done++) {
        Progress progress = training.advance(Budget.units(1));
        assertThat(progress).isEqualTo(training.progress());
        assertThat(progress.done()).isEqualTo(done);
        assertThat(progress.total() == Progress.UNKNOWN || done <= progress.total()).isTrue();
      }
      assertThat(heard).isNotEmpty();
      assertThat(heard.stream().map(Progress::done)).isSorted();
      assertThat(heard.get(heard.size() - 1).done())
          .isLessThanOrEqualTo(training.progress().done());
    }
  }

  @Test
  final void advance_whenDone_changesNothing() {
    try (Training training = start()) {
      Digest model = finish(training);
      Progress progress = training.progress();
      assertThat(training.advance(Budget.units(3))).isEqualTo(progress);
      assertThat(modelOf(training)).isEqualTo(model);
    }
  }

  // Going on from a checkpoint.

  @Test
  final void resume_afterAnyUnit_givesTheSameModel() {
    Digest expected = uninterrupted();
    TrainingObjects objects = new TrainingObjects();
    for (Digest checkpoint : checkpoints(objects)) {
      try (Training resumed = resume(objects, checkpoint)) {
        long done = resumed.progress().done();
        assertThat(resumed.checkpoint(new TrainingObjects()))
            .as("a checkpoint of what was just resumed after %d units", done)
            .isEqualTo(checkpoint);
        assertThat(finish(resumed)).as("resumed after %d units", done).isEqualTo(expected);
      }
    }
  }

  /** Returns checkpoints after each unit, also before the first, or after some if they are many. */
  private List<Digest> checkpoints(TrainingObjects objects) {
    long stride = 1 + unitsOf(context()) / (EXHAUSTIVE ? Integer.MAX_VALUE : MOST_CHECKPOINTS);
    List<Digest> checkpoints = new ArrayList<>();
    try (Training training = start()) {
      checkpoints.add(training.checkpoint(objects));
      while (!training.done()) {
        training.advance(Budget.units(stride));
        checkpoints.add(training.checkpoint(objects));
      }
    }
    return checkpoints;
  }

  private long unitsOf(TrainingContext context) {
    try (Training training = trainer().start(context)) {
      return training.advance(Budget.unlimited()).done();
    }
  }

  @Test
  final void resume_inProcessesThatDie_givesTheSameModel(@TempDir Path directory)
      throws IOException, InterruptedException {
    Digest expected = uninterrupted();
    long units = unitsOf(context());
    int processes = (int) Math.min(processes(), units);
    long seed = seed();
    Random random = new Random(seed);
    for (int i = 0; i < processes - 1 && !TrainingProcess.isDone(directory); i++) {
      long most = Math.max(1, 2 * units / processes - 1);
      TrainingProcess.run(getClass(), directory, 1 + random.nextInt(Math.toIntExact(most)));
    }
    if (!TrainingProcess.isDone(directory)) {
      TrainingProcess.run(getClass(), directory, Long.MAX_VALUE);
    }
    assertThat(TrainingProcess.model(directory)).as("-Dmlstack.seed=%d", seed).isEqualTo(expected);
  }

  @Test
  final void resume_withOtherExamples_isRefused() {
    TrainingObjects objects = new TrainingObjects();
    Digest checkpoint = checkpointAfterOneUnit(objects);
    TrainingContext other = TrainingContext.of(examples(SEED + 1), SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer().resume(other, objects, checkpoint).close())
        .withMessageContaining("examples");
  }

  @Test
  final void resume_withAnotherSeed_isRefused() {
    TrainingObjects objects = new TrainingObjects();
    Digest checkpoint = checkpointAfterOneUnit(objects);
    TrainingContext other = TrainingContext.of(examples(SEED), SEED + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer().resume(other, objects, checkpoint).close())
        .withMessageContaining("seed")
        .withMessageContaining(Long.toString(SEED))
        .withMessageContaining(Long.toString(SEED + 1));
  }

  @Test
  final void resume_withAParameterThatMayNotChange_isRefused() {
    TrainingObjects objects = new TrainingObjects();
    Digest checkpoint = checkpointAfterOneUnit(objects);
    unlike()
        .forEach(
            (parameter, other) ->
                assertThatIllegalArgumentException()
                    .as("another %s", parameter)
                    .isThrownBy(() -> other.resume(context(), objects, checkpoint).close())
                    .withMessageContaining(parameter));
  }

  @Test
  final void resume_withAChangeableParameter_goesOn() {
    TrainingObjects objects = new TrainingObjects();
    Digest checkpoint = checkpointAfterOneUnit(objects);
    for (Trainer other : alike()) {
      assertThat(other.changeable()).isNotEmpty();
      try (Training training = other.resume(context(), objects, checkpoint)) {
        finish(training);
      }
    }
  }

  @Test
  final void parameters_nameAllThatMayChange() {
    assertThat(trainer().parameters().members().keySet()).containsAll(trainer().changeable());
  }

  @Test
  final void resume_fromDamagedObjects_isRefused() {
    TrainingObjects objects = new TrainingObjects();
    Digest checkpoint = checkpointAfterOneUnit(objects);
    long seed = seed();
    Random random = new Random(seed);
    for (Digest victim : objects.digests()) {
      TrainingObjects damaged = objects.withFlippedBit(victim, random.nextInt());
      assertThatExceptionOfType(CorruptObjectException.class)
          .as("-Dmlstack.seed=%d", seed)
          .isThrownBy(() -> resume(damaged, checkpoint).close())
          .withMessageContaining(victim.hex());
    }
  }

  @Test
  final void resume_fromMissingObjects_isRefused() {
    TrainingObjects objects = new TrainingObjects();
    Digest checkpoint = checkpointAfterOneUnit(objects);
    for (Digest victim : objects.digests()) {
      assertThatExceptionOfType(ObjectNotFoundException.class)
          .isThrownBy(() -> resume(objects.without(victim), checkpoint).close())
          .withMessageContaining(victim.hex());
    }
  }

  @Test
  final void resume_fromObjectsThatAreCutShort_isRefused() {
    TrainingObjects objects = new TrainingObjects();
    Digest checkpoint = checkpointAfterOneUnit(objects);
    for (Digest victim : objects.digests()) {
      StoredObject whole = objects.get(victim);
      StoredObject cut =
          StoredObject.of(
              whole.kind(),
              whole.type(),
              whole.edges(),
              Arrays.copyOf(whole.payload(), whole.payloadSize() / 2));
      ObjectSource source = digest -> digest.equals(victim) ? cut : objects.get(digest);
      assertThatExceptionOfType(StoreException.class)
          .as("%s cut short", whole)
          .isThrownBy(() -> resume(source, checkpoint).close());
    }
  }

  @Test
  final void resume_fromWhatIsNoCheckpoint_isRefused() {
    TrainingObjects objects = new TrainingObjects();
    try (Training training = start();
        Model model = training.model()) {
      Digest digest = model.writeTo(objects);
      assertThatExceptionOfType(MalformedObjectException.class)
          .isThrownBy(() -> resume(objects, digest).close())
          .withMessageContaining(digest.hex());
    }
  }

  private Digest checkpointAfterOneUnit(TrainingObjects objects) {
    try (Training training = start()) {
      training.advance(Budget.units(1));
      return training.checkpoint(objects);
    }
  }

  // Cancelling and closing.

  @Test
  final void advance_whenCancelled_stopsAndCanGoOn() {
    AtomicBoolean cancelled = new AtomicBoolean();
    Execution execution = Execution.here().withCancellation(cancelled::get);
    try (Training training = trainer().start(context().withExecution(execution))) {
      cancelled.set(true);
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> training.advance(Budget.unlimited()));
      assertThat(training.progress().done()).isZero();
      cancelled.set(false);
      assertThat(finish(training)).isEqualTo(uninterrupted());
    }
  }

  @Test
  final void advance_whenCancelledAnywhere_isAsAfterItsLastUnit() {
    Digest expected = uninterrupted();
    long seed = seed();
    Random random = new Random(seed);
    AtomicInteger questions = new AtomicInteger(Integer.MAX_VALUE);
    Execution execution = Execution.here().withCancellation(() -> questions.decrementAndGet() == 0);
    try (Training training = trainer().start(context().withExecution(execution))) {
      for (int attempt = 1; !training.done(); attempt++) {
        questions.set(1 + random.nextInt(1 << Math.min(attempt, 20)));
        try {
          training.advance(Budget.units(2));
        } catch (CancellationException e) {
          assertThat(e).as("-Dmlstack.seed=%d", seed).hasMessageContaining("cancelled");
        }
      }
      assertThat(modelOf(training)).as("-Dmlstack.seed=%d", seed).isEqualTo(expected);
    }
  }

  @Test
  final void closedTraining_refusesToGoOn() {
    Training training = start();
    training.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> training.advance(Budget.units(1)))
        .withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(training::model);
    assertThatIllegalStateException().isThrownBy(() -> training.checkpoint(StoredObject::digest));
    assertThatNoException().isThrownBy(training::close);
  }

  // Models.

  @Test
  final void model_outlivesItsTraining() {
    Training training = start();
    training.advance(Budget.units(1));
    try (Model model = training.model()) {
      double[] before = Answers.of(model, examples(SEED).block(0));
      training.advance(Budget.unlimited());
      training.close();
      assertThat(Answers.of(model, examples(SEED).block(0))).isEqualTo(before);
    }
  }

  @Test
  final void model_thatIsClosed_refusesToScore() {
    ExampleBlock block = examples(SEED).block(0);
    try (Training training = start()) {
      Model model = training.model();
      model.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> Answers.of(model, block))
          .withMessageContaining("closed");
      assertThatNoException().isThrownBy(model::close);
    }
  }

  @Test
  final void model_savedAndLoaded_isTheSame() {
    TrainingObjects objects = new TrainingObjects();
    try (Training training = start()) {
      training.advance(Budget.unlimited());
      try (Model model = training.model()) {
        Digest digest = model.writeTo(objects);
        assertThat(digest).isEqualTo(model.digest());
        try (Model loaded = load(objects, digest)) {
          assertThat(loaded.digest()).isEqualTo(digest);
          assertThat(loaded.writeTo(new TrainingObjects())).isEqualTo(digest);
          assertThat(loaded.signature()).isEqualTo(examples(SEED).signature());
          assertThat(Answers.of(loaded, examples(SEED).block(0)))
              .isEqualTo(Answers.of(model, examples(SEED).block(0)));
        }
      }
    }
  }

  @Test
  final void model_afterAnyUnit_answersAsItsSignatureSays() {
    Examples examples = examples(SEED);
    try (Training training = start()) {
      while (!training.done()) {
        try (Model model = training.model()) {
          assertThat(model.signature()).isEqualTo(examples.signature());
          Answers.require(model.signature().outputs(), Answers.of(model, examples.block(0)));
        }
        training.advance(Budget.units(1 + training.progress().done()));
      }
    }
  }

  @Test
  final void model_scoringRowByRow_answersAsForAllAtOnce() {
    ExampleBlock block = examples(SEED).block(0);
    try (Training training = start()) {
      training.advance(Budget.unlimited());
      try (Model model = training.model()) {
        int width = model.signature().width();
        int outputWidth = model.signature().outputWidth();
        double[] together = Answers.of(model, examples(SEED).block(0));
        double[] alone = new double[outputWidth];
        for (int row = 0; row < Math.min(block.rows(), 20); row++) {
          int from = row * width;
          model.score(Arrays.copyOfRange(block.features(), from, from + width), 1, alone);
          assertThat(alone)
              .containsExactly(
                  Arrays.copyOfRange(together, row * outputWidth, (row + 1) * outputWidth),
                  within(batchTolerance()));
        }
      }
    }
  }
}
