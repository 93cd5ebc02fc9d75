package dev.mlstack.samples;

import static dev.mlstack.data.check.Checks.column;

import dev.mlstack.data.check.Checks;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.transform.Features;
import dev.mlstack.model.Classification;
import dev.mlstack.model.Label;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.train.baseline.Baseline;
import dev.mlstack.train.linear.Logistic;
import dev.mlstack.train.torch.NeuralNetwork;
import java.io.IOException;
import java.util.List;

/**
 * The main job: from the measurements of 569 patients to a monitored model and back.
 *
 * <p>With {@code -Dcsv=FILE -Dtarget=COLUMN} it does the same with any other CSV file.
 */
public final class BreastCancer {

  private BreastCancer() {}

  /** Runs the sample; see {@link SampleOptions} for the system properties that it knows. */
  public static void main(String[] arguments) {
    System.exit(Program.run(() -> run(SampleOptions.fromSystem()), System.err));
  }

  private static void run(SampleOptions options) throws IOException {
    if (options.other().isPresent()) {
      UnknownCsv other = options.other().get();
      WholeLoop.run(other.study(), options.output(other.name()), System.out);
    } else {
      WholeLoop.run(study(), options.output("breast-cancer"), System.out);
    }
  }

  static Study<Patient, Classification<Diagnosis>> study() {
    Label<Classification<Diagnosis>> label = Label.binary("diagnosis", Diagnosis.MALIGNANT);
    ModelRecipe.NeedsTrainer<Classification<Diagnosis>> recipe =
        ModelRecipe.predict(label).features(Features.standard());
    return new Study<>(
        "breast-cancer",
        Csv.file(SampleFiles.data("breast_cancer.csv")).as(Patient.class).label(label),
        Checks.of(
            column("id").unique(),
            column("mean_radius").between(1, 100),
            column("mean_smoothness").between(0, 1),
            column("diagnosis").oneOf("BENIGN", "MALIGNANT")),
        label,
        Inputs.records(Patient.class),
        train ->
            List.of(
                recipe.trainer(Baseline.prior()),
                recipe.trainer(Logistic.defaults()),
                recipe.trainer(NeuralNetwork.defaults())));
  }
}
