package dev.mlstack.samples;

import dev.mlstack.Workspace;
import dev.mlstack.compute.Execution;
import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.data.check.Checks;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.transform.Features;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.model.Classification;
import dev.mlstack.model.Label;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.model.Trainer;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.table.Source;
import dev.mlstack.train.torch.Network;
import dev.mlstack.train.torch.NeuralNetwork;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the examples of the documentation share: data, and a workspace in memory that holds it. Each
 * example becomes a subclass, which is why this is public.
 */
public abstract class ExampleWorld implements AutoCloseable {

  /** An empty directory. */
  protected final Path directory;

  /** The patients that the samples carry. */
  protected final Path csv = SampleFiles.data("breast_cancer.csv");

  /** What is predicted of them. */
  protected final Label<Classification<Diagnosis>> diagnosis =
      Label.binary("diagnosis", Diagnosis.MALIGNANT);

  private static final String PEOPLE =
      "id,age,height,sex,color,mean_radius,country,device,sku,note,ordered,loan,income,customer,zip,"
          + "admitted,discharged,defaulted,price\n";

  private final Console console = new Console();

  /** Where examples print. */
  protected final PrintStream out = console.stream();

  private final Workspace workspace = Workspace.inMemory();

  /** The objects. */
  protected final ObjectStore store = workspace.objects();

  /** The refs. */
  protected final Refs refs = workspace.refs();

  /** The runs. */
  protected final Tracker tracker = workspace.tracker();

  /**
   * Creates a world of its own for an example.
   *
   * @param directory an empty directory
   */
  protected ExampleWorld(Path directory) {
    this.directory = directory;
  }

  /** Runs the example and checks what came of it. */
  public abstract void run() throws Exception;

  /** Returns what the example has printed. */
  protected final String printed() {
    return console.text();
  }

  /** Trains in the directory as the first example of the README does, and answers once. */
  protected final void quickstart() throws IOException {
    Quickstart.run(csv, directory, new Console().stream());
  }

  /** Returns the rows of a source. */
  protected final Snapshot commit(Source source) throws IOException {
    return commit(source, Checks.none());
  }

  /** Returns the rows of a source that pass checks. */
  protected final Snapshot commit(Source source, Checks checks) throws IOException {
    return workspace.dataset("data").commit(source, checks);
  }

  /** Returns a file of 40 people: numbers, some of them missing, texts and times. */
  protected final Csv peopleFile() throws IOException {
    String rows =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    String.join(
                        ",",
                        String.valueOf(i),
                        i % 7 == 0 ? "" : String.valueOf(20 + i),
                        String.valueOf(150 + i % 30),
                        i % 2 == 0 ? "m" : "f",
                        i % 3 == 0 ? "blue" : "red",
                        i + ".5",
                        i % 5 == 0 ? "AT" : "DE",
                        i % 4 == 0 ? "tablet" : "phone",
                        "sku-" + i % 6,
                        i % 2 == 0 ? "likes long walks" : "walks the dog",
                        "2026-01-" + (10 + i % 20) + "T0" + i % 10 + ":30:00",
                        String.valueOf(1000 + 10 * i),
                        String.valueOf(20_000 + 100 * i),
                        "c-" + i,
                        i % 2 == 0 ? "12345-6789" : "04109",
                        "2026-01-02",
                        i % 3 == 0 ? "" : "2026-01-0" + (3 + i % 5),
                        String.valueOf(i % 4 == 0),
                        i * 3 + ".25"))
            .collect(Collectors.joining("\n", PEOPLE, "\n"));
    Path file = Files.writeString(directory.resolve("people.csv"), rows);
    return Csv.file(file).key("id");
  }

  /** Returns these people. */
  protected final Snapshot people() throws IOException {
    return commit(peopleFile());
  }

  /** Returns the patients that the samples carry. */
  protected final Snapshot patients() throws IOException {
    return commit(Csv.file(csv).as(Patient.class).label(diagnosis).key("id"));
  }

  /** Fits features to the people, of whom price and default will be predicted. */
  protected final FittedPipeline fit(Features features) throws IOException {
    FittedPipeline fitted =
        features.fit(people(), Set.of("price", "defaulted"), 1, Execution.here());
    if (fitted.layout().width() == 0) {
      throw new AssertionError(features + " takes no column");
    }
    return fitted;
  }

  /** Trains on some of the patients; returns how good the model is on the others. */
  protected final double testOnPatients(ModelRecipe<?> recipe) throws IOException {
    Snapshot patients = commit(Csv.file(csv).as(Patient.class).label(diagnosis));
    try (TrainedModel<?> trained = workspace.train(recipe, patients.split(0.8, 1), 1)) {
      return trained.test().main().value();
    }
  }

  /** Trains a network for one epoch. */
  protected final void trainOnDigits(Network network) throws IOException {
    trainOnDigits(NeuralNetwork.of(network).withEpochs(1));
  }

  /** Trains on the first 100 digits, and tests on some of them. */
  protected final void trainOnDigits(Trainer trainer) throws IOException {
    Path first = directory.resolve("digits.csv");
    try (Stream<String> lines = Files.lines(SampleFiles.data("digits.csv"))) {
      Files.write(first, lines.limit(101).toList());
    }
    Label<Classification<Integer>> label = Label.classes("digit", 0, 9);
    Csv images = Csv.file(first).as(DigitImage.class).gather("pixels", "pixel_*").label(label);
    ModelRecipe<?> recipe =
        ModelRecipe.predict(label).features(Features.tensors()).trainer(trainer);
    workspace.train(recipe, commit(images).split(0.8, 1), 1).close();
  }

  @Override
  public final void close() {
    workspace.close();
  }
}
