package dev.mlstack.samples;

import dev.mlstack.Workspace;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.transform.Features;
import dev.mlstack.model.Classification;
import dev.mlstack.model.Label;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.train.linear.Logistic;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** From a CSV file to a served prediction that can be traced to the file. */
public final class Quickstart {

  private Quickstart() {}

  /** What a nucleus of a cell measures at worst. */
  public record Nucleus(double worstRadius, double worstTexture, double worstConcavePoints) {}

  /**
   * Runs the program on the data that the samples carry, in {@code samples/target/quickstart} or
   * where {@code -Ddirectory} says.
   */
  public static void main(String[] arguments) throws IOException {
    run(
        SampleFiles.data("breast_cancer.csv"),
        SampleOptions.fromSystem().output("quickstart"),
        System.out);
  }

  static void run(Path csv, Path directory, PrintStream out) throws IOException {
    // README
    Label<Classification<Diagnosis>> label = Label.binary("diagnosis", Diagnosis.MALIGNANT);
    try (var workspace = Workspace.open(directory)) {
      var patients =
          workspace.dataset("patients").commit(Csv.file(csv).as(Nucleus.class).label(label));
      var recipe =
          ModelRecipe.predict(label).features(Features.standard()).trainer(Logistic.defaults());
      try (var trained = workspace.train(recipe, patients.split(0.8, 42), 42)) {
        out.println(trained.test().main());
        workspace.promote("diagnosis", trained, "the first model");
      }
      try (var endpoint = workspace.endpoint("diagnosis", Nucleus.class, label)) {
        var answer = endpoint.predict(new Nucleus(25.4, 17.3, 0.27));
        out.println(answer.value().best() + ", " + answer.value());
        workspace.trace(answer.id()).steps().forEach(out::println);
      }
    }
    // README
  }
}
