package dev.mlstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mlstack.Flowers.Flower;
import dev.mlstack.Flowers.Kind;
import dev.mlstack.compute.Execution;
import dev.mlstack.core.evaluate.Evaluator;
import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.data.transform.Features;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.model.Classification;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.model.Trainer;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.predict.Prediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.Trace;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Release;
import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunStatus;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.serve.Endpoint;
import dev.mlstack.serve.watch.ColumnDrift;
import dev.mlstack.serve.watch.DriftPolicy;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Split;
import dev.mlstack.train.linear.Logistic;
import dev.mlstack.train.torch.NeuralNetwork;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {

  private final Path directory;
  private final Path csv;

  WorkspaceTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.csv = Flowers.csv(directory, 400, 5);
  }

  private Workspace open(boolean inMemory) throws IOException {
    WorkspaceOptions options = WorkspaceOptions.defaults().withActor("ada");
    return inMemory
        ? Workspace.inMemory(options)
        : Workspace.open(directory.resolve("workspace"), options);
  }

  @Test
  void trainedModel_isEvaluatedOnUnseenRowsOnly() throws IOException {
    try (Workspace workspace = open(true)) {
      Snapshot data = Flowers.commit(workspace, csv);
      Split split = data.split(0.75, 1); // As Flowers.train does.
      try (TrainedModel<?> model = Flowers.train(workspace, data, 1)) {
        assertThat(model.evaluate(split.test(), Execution.here()).digest())
            .isEqualTo(model.test().digest());
        assertThatIllegalArgumentException()
            .isThrownBy(() -> model.evaluate(split.train(), Execution.here()))
            .withMessageContaining("is the training data")
            .withMessageContaining(split.train().digest().abbreviated());
        assertThatIllegalArgumentException()
            .isThrownBy(() -> model.evaluate(data, Execution.here()))
            .withMessageContaining("data of which the training data is a part");
        assertThat(Evaluator.evaluate(model.model(), split.train(), Execution.here()).rows())
            .isEqualTo(split.train().rows());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wholeLoop_inMemoryAndInADirectory(boolean inMemory) throws IOException {
    try (Workspace workspace = open(inMemory)) {
      Snapshot data = Flowers.commit(workspace, csv);
      Release first;
      try (TrainedModel<?> model = Flowers.train(workspace, data, 1)) {
        assertThat(model.test().main().value()).isGreaterThan(0.9);
        assertRun(workspace, model, data);
        first = workspace.promote(Flowers.NAME, model, "why not");
        assertThat(first.why()).isEqualTo("why not");
        assertThat(first.by()).isEqualTo("ada");
      }
      Random random = new Random(6);
      try (Endpoint<Flower, Classification<Kind>> endpoint = Flowers.endpoint(workspace)) {
        Prediction<Classification<Kind>> answer =
            endpoint.predict(new Flower(Optional.empty(), 5, "white"));
        assertThat(answer.value().best()).isEqualTo(Kind.LILY);
        assertThat(answer.release()).isEqualTo(first.digest());
        Trace trace = workspace.trace(answer.id());
        assertThat(trace.step("snapshot").orElseThrow().digest()).isEqualTo(data.digest());
        assertThat(trace.gone()).isEmpty();
        for (int i = 0; i < 99; i++) {
          endpoint.predict(Flowers.flower(random));
        }
        assertThat(workspace.drift(Flowers.NAME).hasDrift()).isFalse();
        assertThat(workspace.drift(Flowers.NAME).rows()).isEqualTo(100);
        assertThat(workspace.replay(Flowers.NAME))
            .hasToString("replayed 100 of 100 predictions with equal bits");
      }
      assertThat(workspace.verify()).isEmpty();
    }
  }

  private static void assertRun(Workspace workspace, TrainedModel<?> model, Snapshot data) {
    RunInfo run = workspace.tracker().find(model.run().id()).orElseThrow();
    assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.request().experiment()).isEqualTo("kind");
    assertThat(run.request().by()).isEqualTo("ada");
    assertThat(run.inputs()).containsOnlyKeys("data", "test", "train");
    assertThat(run.inputs()).containsEntry("data", data.record().orElseThrow());
    assertThat(run.outputs())
        .containsOnlyKeys(
            "evaluation",
            "fitted-model",
            "model",
            "pipeline",
            "profile",
            "recipe",
            "test-part",
            "train-part");
    assertThat(run.outputs()).containsEntry("fitted-model", model.model().digest());
    assertThat(run.params()).containsKeys("trainer", "seed", "l2");
    assertThat(run.metrics())
        .extractingByKey("test.auc")
        .extracting(MetricPoint::value)
        .isEqualTo(model.test().main().value());
    assertThat(workspace.objects().contains(model.record())).isTrue();
  }

  @Test
  void training_withValidation_stopsEarlyAndKeepsItsParts() throws IOException {
    try (Workspace workspace = open(true)) {
      Split split = Flowers.commit(workspace, csv).split(0.75, 1);
      ModelRecipe<Classification<Kind>> recipe =
          ModelRecipe.predict(Flowers.LABEL)
              .features(Features.standard())
              .trainer(NeuralNetwork.defaults().withEpochs(1000).withPatience(2));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> workspace.train(recipe, split, 2))
          .withMessageContaining("validation");
      try (TrainedModel<?> model =
          workspace.fitter("early").withValidation(0.2).fit(recipe, split, 2)) {
        RunInfo run = model.run();
        assertThat(workspace.tracker().history(run.id(), "loss")).hasSizeBetween(3, 999);
        assertThat(run.inputs()).containsOnlyKeys("data", "test", "train", "validation");
        assertThat(run.outputs()).containsKeys("train-part", "validation-part", "test-part");
        assertThat(run.inputs().get("test")).isEqualTo(split.test().digest());
        assertThat(model.test().rows()).isEqualTo(split.test().rows());
        assertThat(model.test().main().value()).isGreaterThan(0.9);
      }
      workspace.collectGarbage(Duration.ZERO);
      assertThat(workspace.verify()).isEmpty();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fitterWithValidation(1))
        .withMessageContaining("fraction");
  }

  private static void fitterWithValidation(double fraction) {
    try (Workspace workspace = Workspace.inMemory()) {
      workspace.fitter("x").withValidation(fraction);
    }
  }

  /** A part of a split is data like any other, but it is not stored unless the run does it. */
  @Test
  void training_onAPartOfASplit_canBeTracedToTheRows() throws IOException {
    try (Workspace workspace = open(true)) {
      Split split = Flowers.commit(workspace, csv).split(0.75, 1);
      ModelRecipe<Classification<Kind>> recipe =
          ModelRecipe.predict(Flowers.LABEL)
              .features(Features.standard())
              .trainer(Logistic.defaults());
      try (TrainedModel<?> model = workspace.train(recipe, split.train(), 2)) {
        assertThat(model.run().outputs()).containsEntry("train-part", split.train().digest());
        workspace.promote(Flowers.NAME, model, "");
      }
      workspace.collectGarbage(Duration.ZERO);
      try (var endpoint = Flowers.endpoint(workspace)) {
        Flower flower = new Flower(Optional.empty(), 5, "white");
        Trace trace = workspace.trace(endpoint.predict(flower).id());
        assertThat(trace.step("split").orElseThrow().digest()).isEqualTo(split.digest());
        assertThat(trace.gone()).isEmpty();
      }
    }
  }

  /** A trainer of the application, whose parameters are called like those of the run. */
  private record NamedTrainer(Trainer trainer) implements Trainer {
    @Override
    public VersionedName operation() {
      return new VersionedName("named", 1);
    }

    @Override
    public Value.Doc parameters() {
      return Value.doc().put("seed", "mine").put("trainer", "ada").put("depth", 3).build();
    }

    @Override
    public Set<String> changeable() {
      return Set.of();
    }

    @Override
    public Training start(TrainingContext context) {
      return trainer.start(context);
    }

    @Override
    public Training resume(TrainingContext context, ObjectSource source, Digest checkpoint) {
      return trainer.resume(context, source, checkpoint);
    }
  }

  @Test
  void training_logsParametersOfTheSameNameBesideItsOwn() throws IOException {
    try (Workspace workspace = open(true)) {
      Snapshot data = Flowers.commit(workspace, csv);
      ModelRecipe<Classification<Kind>> recipe =
          ModelRecipe.predict(Flowers.LABEL)
              .features(Features.standard())
              .trainer(new NamedTrainer(Logistic.defaults()));
      try (TrainedModel<?> model = workspace.train(recipe, data, 2)) {
        assertThat(model.evaluation()).isEmpty();
        assertThat(model.run().params())
            .containsEntry("seed", Value.of(2))
            .containsEntry("trainer", Value.of("named/1"))
            .containsEntry("trainer.seed", Value.of("mine"))
            .containsEntry("trainer.trainer", Value.of("ada"))
            .containsEntry("depth", Value.of(3));
      }
    }
  }

  @Test
  void training_thatFails_endsItsRunAsFailed() throws IOException {
    try (Workspace workspace = open(true)) {
      Snapshot data = Flowers.commit(workspace, csv);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Flowers.train(workspace, data, -1))
          .withMessageContaining("l2");
      assertThat(workspace.tracker().list(RunQuery.all())).isEmpty();
      Snapshot one =
          Flowers.commit(workspace, Files.writeString(directory.resolve("1.csv"), oneKind()));
      assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(() -> Flowers.train(workspace, one, 1));
      assertThat(workspace.tracker().list(RunQuery.all()))
          .extracting(RunInfo::status)
          .containsExactly(RunStatus.FAILED);
      Digest recipe = workspace.tracker().list(RunQuery.all()).get(0).outputs().get("recipe");
      assertThat(workspace.objects().contains(Objects.requireNonNull(recipe))).isTrue();
      workspace.collectGarbage(Duration.ZERO);
      assertThat(workspace.objects().contains(recipe)).isTrue();
    }
  }

  /** Every row is too much alike to be learned from: no test row is left. */
  private static String oneKind() {
    return "height,width,color,kind\n1,1,red,lily\n";
  }

  @Test
  void rollback_movesReleaseAndChampion() throws IOException {
    try (Workspace workspace = open(true)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> workspace.rollback(Flowers.NAME, ""))
          .withMessageContaining("nothing is live under flowers");
      Release one = Flowers.release(workspace, csv, 1);
      assertThatIllegalStateException()
          .isThrownBy(() -> workspace.rollback(Flowers.NAME, ""))
          .withMessageContaining("nothing to go back to");
      Release two = Flowers.release(workspace, csv, 10);
      assertThat(champion(workspace)).isEqualTo(2);
      assertThat(workspace.releases().live(Flowers.NAME)).contains(two);
      assertThat(workspace.rollback(Flowers.NAME, "worse")).isEqualTo(one);
      assertThat(champion(workspace)).isEqualTo(1);
      assertThat(workspace.releases().history(Flowers.NAME)).containsExactly(one, two, one);
    }
  }

  private static int champion(Workspace workspace) {
    return workspace
        .registry()
        .aliased(Flowers.NAME, Workspace.CHAMPION)
        .map(ModelVersion::number)
        .orElse(0);
  }

  @Test
  void endpoint_followsWhatAnotherWorkspaceReleases() throws Exception {
    try (Workspace trainer = open(false);
        Workspace service = open(false)) {
      Flowers.release(trainer, csv, 1);
      try (Endpoint<Flower, Classification<Kind>> endpoint = Flowers.endpoint(service)) {
        assertThat(endpoint.release().number()).isEqualTo(1);
        Release two = Flowers.release(trainer, csv, 10);
        awaitRelease(endpoint, two.digest());
        trainer.rollback(Flowers.NAME, "worse");
        awaitRelease(endpoint, trainer.releases().live(Flowers.NAME).orElseThrow().digest());
        assertThat(endpoint.problem()).isEmpty();
      }
    }
  }

  private static void awaitRelease(Endpoint<Flower, ?> endpoint, Digest wanted)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!endpoint.release().digest().equals(wanted)) {
      assertThat(System.nanoTime()).as("the endpoint follows").isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void drift_namesTheColumnThatIsOther() throws IOException {
    try (Workspace workspace = open(true)) {
      Flowers.release(workspace, csv, 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> workspace.drift(Flowers.NAME))
          .withMessageContaining("flowers");
      Random random = new Random(7);
      List<PredictionId> window = new ArrayList<>();
      try (Endpoint<Flower, Classification<Kind>> endpoint = Flowers.endpoint(workspace)) {
        for (int i = 0; i < 200; i++) {
          Flower flower = Flowers.flower(random);
          endpoint.predict(flower);
          Flower wider = new Flower(flower.height(), flower.width() + 3, flower.color());
          window.add(endpoint.predict(wider).id());
        }
      }
      assertThat(
              workspace
                  .drift(Flowers.NAME, e -> window.contains(e.id()), DriftPolicy.defaults())
                  .drifted())
          .extracting(ColumnDrift::column)
          .containsExactly("width");
    }
  }

  @Test
  void drift_ofSharedTraffic_isRefused() throws IOException {
    try (Workspace workspace = open(true)) {
      Flowers.release(workspace, csv, 1);
      Flowers.release(workspace, Flowers.csv(directory, 200, 99), 1);
      Map<ModelVersion, Double> shares = new HashMap<>();
      workspace.registry().versions(Flowers.NAME).forEach(version -> shares.put(version, 0.5));
      workspace.releases().deploy(Flowers.NAME, shares, new Cause("ada", "a trial"));
      try (Endpoint<Flower, Classification<Kind>> endpoint = Flowers.endpoint(workspace)) {
        endpoint.predict(new Flower(Optional.empty(), 1, "red"));
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> workspace.drift(Flowers.NAME))
          .withMessageContaining("2 profiles");
    }
  }

  /** A row that an application knows by its schema alone. */
  @Test
  void endpoint_takesRowsOfASchema() throws IOException {
    try (Workspace workspace = open(true)) {
      Flowers.release(workspace, csv, 1);
      Schema schema =
          Schema.of(
              Field.of("color", FieldType.TEXT),
              Field.of("width", FieldType.FLOAT64),
              Field.of("height", FieldType.FLOAT64));
      try (var rows = workspace.endpoint(Flowers.NAME, schema, Flowers.LABEL);
          var records = Flowers.endpoint(workspace)) {
        var row = dev.mlstack.core.table.ValuesRow.of(schema, "white", 2.5, null);
        Classification<Kind> byRow = rows.predict(row).value();
        Flower flower = new Flower(Optional.empty(), 2.5, "white");
        assertThat(byRow).isEqualTo(records.predict(flower).value());
      }
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  workspace.endpoint(
                      Flowers.NAME, Schema.of(Field.of("color", FieldType.TEXT)), Flowers.LABEL))
          .withMessageContaining("'height'");
    }
  }

  private record Hidden(Optional<Double> height, double width, String color) {}

  @Test
  void endpoint_takesRecordsThatALookupSees() throws IOException {
    try (Workspace workspace = open(true)) {
      Flowers.release(workspace, csv, 1);
      try (var endpoint =
          workspace.endpoint(Flowers.NAME, Hidden.class, MethodHandles.lookup(), Flowers.LABEL)) {
        assertThat(endpoint.predict(new Hidden(Optional.of(9.0), 5, "white")).value().best())
            .isEqualTo(Kind.LILY);
      }
    }
  }

  @Test
  void whatIsNotThere_isSaid() throws IOException {
    try (Workspace workspace = open(true)) {
      PredictionId id = new PredictionId(1, 2);
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(() -> workspace.trace(id))
          .withMessageContaining("there is no prediction " + id);
      assertThatIllegalStateException()
          .isThrownBy(() -> Flowers.endpoint(workspace))
          .withMessageContaining("nothing is live under 'flowers'");
      assertThatIllegalStateException()
          .isThrownBy(() -> workspace.drift(Flowers.NAME))
          .withMessageContaining("nothing is live under 'flowers'");
      assertThat(workspace.replay(Flowers.NAME).total()).isZero();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkspaceOptions.defaults().withActor(" "))
        .withMessageContaining("by must name a person");
  }

  @Test
  void open_whereThereIsAFile_isRefusedAndLeavesNothingOpen() throws IOException {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Workspace.open(csv))
        .withMessageContaining(csv.toString());
    Path broken = directory.resolve("broken");
    Files.createDirectories(broken);
    Files.writeString(broken.resolve("index"), "a file where a directory should be");
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> Workspace.open(broken));
    Files.delete(broken.resolve("index"));
    Workspace.open(broken).close();
  }

  @Test
  void close_twice_doesNothing_andLaterUseIsRefused() throws IOException {
    Workspace workspace = open(false);
    Flowers.release(workspace, csv, 1);
    Endpoint<Flower, Classification<Kind>> endpoint = Flowers.endpoint(workspace);
    endpoint.close();
    endpoint.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> endpoint.predict(new Flower(Optional.empty(), 1, "red")))
        .withMessageContaining("closed");
    workspace.close();
    workspace.close();
    assertThatIllegalStateException().isThrownBy(() -> Flowers.commit(workspace, csv));
  }

  @Test
  void garbage_isCollectedButNotWhatIsNeeded() throws IOException {
    try (Workspace workspace = open(true)) {
      Flowers.release(workspace, csv, 1);
      PredictionId id;
      try (Endpoint<Flower, Classification<Kind>> endpoint = Flowers.endpoint(workspace)) {
        id = endpoint.predict(new Flower(Optional.empty(), 1, "red")).id();
      }
      workspace.predictions().flush();
      workspace.collectGarbage(Duration.ZERO);
      assertThat(workspace.verify()).isEmpty();
      assertThat(workspace.trace(id).gone()).isEmpty();
      RefName main = RefName.of("datasets").child(Flowers.NAME).child("main");
      Digest head = workspace.refs().find(main).orElseThrow().target();
      workspace.refs().delete(main, head, new Cause("ada", "not needed"));
      assertThat(workspace.collectGarbage(Duration.ZERO).objects()).isPositive();
      assertThat(workspace.verify()).isEmpty();
      assertThat(workspace.trace(id).gone()).isNotEmpty();
      assertThat(workspace.replay(Flowers.NAME).equal()).isEqualTo(1);
    }
  }
}
