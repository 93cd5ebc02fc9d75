package dev.mlstack.samples;

import static dev.mlstack.data.check.Checks.column;
import static dev.mlstack.train.torch.Layer.conv2d;
import static dev.mlstack.train.torch.Layer.dense;
import static dev.mlstack.train.torch.Layer.flatten;
import static dev.mlstack.train.torch.Layer.maxPool2d;
import static dev.mlstack.train.torch.Layer.relu;
import static dev.mlstack.train.torch.Layer.reshape;

import dev.mlstack.data.check.Checks;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.transform.Features;
import dev.mlstack.model.Classification;
import dev.mlstack.model.Label;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.train.baseline.Baseline;
import dev.mlstack.train.linear.Logistic;
import dev.mlstack.train.torch.LearningRate;
import dev.mlstack.train.torch.Network;
import dev.mlstack.train.torch.NeuralNetwork;
import java.io.IOException;
import java.util.List;

/**
 * The whole loop with a small convolutional network that reads handwritten digits.
 *
 * <p>With {@code -Dcsv=FILE -Dtarget=COLUMN} it does the same with any other CSV file, whose
 * features it takes for the pixels of an image.
 */
public final class Digits {

  private static final int EPOCHS = 20;
  private static final LearningRate RATE = LearningRate.cosine(3e-3);

  private Digits() {}

  /** Runs the sample; see {@link SampleOptions} for the system properties that it knows. */
  public static void main(String[] arguments) {
    System.exit(Program.run(() -> run(SampleOptions.fromSystem()), System.err));
  }

  private static void run(SampleOptions options) throws IOException {
    if (options.other().isPresent()) {
      UnknownCsv other = options.other().get();
      WholeLoop.run(other.imageStudy(), options.output(other.name() + "-images"), System.out);
    } else {
      WholeLoop.run(study(), options.output("digits"), System.out);
    }
  }

  static Study<DigitImage, Classification<Integer>> study() {
    Label<Classification<Integer>> label = Label.classes("digit", 0, 9);
    ModelRecipe.NeedsTrainer<Classification<Integer>> recipe =
        ModelRecipe.predict(label).features(Features.tensors());
    return new Study<>(
        "digits",
        Csv.file(SampleFiles.data("digits.csv"))
            .as(DigitImage.class)
            .gather("pixels", "pixel_*")
            .label(label),
        Checks.of(column("digit").oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
        label,
        Inputs.records(DigitImage.class),
        train ->
            List.of(
                recipe.trainer(Baseline.prior()),
                recipe.trainer(Logistic.defaults()),
                recipe.trainer(network())));
  }

  static NeuralNetwork network() {
    return NeuralNetwork.of(convolutions(8)).withEpochs(EPOCHS).withLearningRate(RATE);
  }

  /** Returns a network for images of {@code size} by {@code size} pixels, 4 or more. */
  static Network convolutions(int size) {
    return Network.of(
        reshape(1, size, size),
        conv2d(16, 3, 1),
        relu(),
        conv2d(32, 3, 1),
        relu(),
        maxPool2d(2),
        flatten(),
        dense(64),
        relu());
  }
}
