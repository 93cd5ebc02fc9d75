package dev.mlstack.samples;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.check.Checks;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.transform.Features;
import dev.mlstack.model.Label;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.model.Output;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Row;
import dev.mlstack.train.baseline.Baseline;
import dev.mlstack.train.linear.LeastSquares;
import dev.mlstack.train.linear.Logistic;
import dev.mlstack.train.torch.Layer;
import dev.mlstack.train.torch.Network;
import dev.mlstack.train.torch.NeuralNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A CSV file of which nothing is known but which column is to be predicted; {@link TargetColumn}
 * says whether as a class or as a number.
 */
final class UnknownCsv {

  /** What stands for a missing value; infinite numbers, too, as linear models know none. */
  private static final String[] MISSING = {
    "NA",
    "N/A",
    "n/a",
    "#N/A",
    "NaN",
    "nan",
    "NULL",
    "null",
    "?",
    "inf",
    "-inf",
    "Infinity",
    "-Infinity"
  };

  /** About how many rows a network learns from in all its epochs. */
  private static final long ROWS_TO_LEARN_FROM = 400_000;

  private static final int MOST_EPOCHS = 50;
  private static final int LEAST_EPOCHS = 3;

  /** From how many pixels a side has, features can be pooled as an image. */
  private static final int LEAST_SIDE = 4;

  private final Path path;
  private final String target;

  UnknownCsv(Path path, String target) {
    this.path = path;
    this.target = target;
  }

  /** Returns the name of the file in the letters that names may have. */
  String name() {
    String file = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    String name = file.replaceFirst("\\.[^.]*$", "").replaceAll("[^a-z0-9]+", "-");
    String stripped = name.replaceAll("^-|-$", "");
    return stripped.isEmpty() ? "data" : stripped;
  }

  /** Returns the study with learners for tables. */
  Study<Row, ?> study() throws IOException {
    return study(/* images= */ false);
  }

  /** Returns the study with a convolutional network. */
  Study<Row, ?> imageStudy() throws IOException {
    return study(/* images= */ true);
  }

  private Study<Row, ?> study(boolean images) throws IOException {
    Csv csv = csv();
    Schema schema = csv.schema();
    TargetColumn column = TargetColumn.read(csv, target(schema));
    return study(csv.maxRejected(column.unusable()), schema, column.label(), images);
  }

  private Csv csv() throws IOException {
    Csv csv = Csv.file(path).detectDelimiter().missing(MISSING);
    Csv commas = csv.decimal(',');
    return numbers(csv.schema()) < numbers(commas.schema()) && isSeparatedOtherwise()
        ? commas
        : csv;
  }

  private static long numbers(Schema schema) {
    return schema.fields().stream().filter(field -> field.type() instanceof FieldType.Real).count();
  }

  /** Tells whether fields are separated by something else than the comma that numbers may have. */
  private boolean isSeparatedOtherwise() throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      String header = String.valueOf(lines.readLine());
      return header.indexOf(';') >= 0 || header.indexOf('\t') >= 0;
    }
  }

  private Field target(Schema schema) {
    List<String> names = schema.names();
    List<String> alike = names.stream().filter(target::equalsIgnoreCase).toList();
    if (names.contains(target)) {
      return schema.field(target);
    } else if (alike.size() == 1) {
      return schema.field(alike.get(0));
    }
    throw new IllegalArgumentException(
        path + " has no column '" + target + "'; its columns are " + names);
  }

  private <A> Study<Row, A> study(Csv csv, Schema schema, Label<A> label, boolean images) {
    Schema inputs =
        Schema.of(
            schema.fields().stream()
                .filter(field -> !label.columns().contains(field.name()))
                .toList());
    return new Study<>(
        name(),
        csv.label(label),
        Checks.none(),
        label,
        Inputs.rows(inputs),
        train -> candidates(train, label, images));
  }

  private static <A> List<ModelRecipe<A>> candidates(
      Dataset train, Label<A> label, boolean images) {
    ModelRecipe.NeedsTrainer<A> recipe = ModelRecipe.predict(label).features(Features.standard());
    Network network = images ? convolutions(train, label) : Network.mlp(64, 32);
    boolean isNumber = label.outputs().get(0) instanceof Output.Quantity;
    return List.of(
        recipe.trainer(Baseline.prior()),
        recipe.trainer(isNumber ? LeastSquares.defaults() : Logistic.defaults()),
        recipe.trainer(NeuralNetwork.of(network).withEpochs(epochs(train.rows()))));
  }

  private static int epochs(long rows) {
    return (int) Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, ROWS_TO_LEARN_FROM / (rows + 1)));
  }

  /** Returns a convolutional network for as many features as the columns come to. */
  private static Network convolutions(Dataset train, Label<?> label) {
    int width =
        Features.standard()
            .fit(train, label.columns(), /* seed= */ 0, Execution.here())
            .layout()
            .width();
    int side = (int) Math.sqrt(width);
    return side >= LEAST_SIDE && side * side == width
        ? Digits.convolutions(side)
        : Network.of(
            Layer.reshape(1, 1, width),
            Layer.conv2d(16, 3),
            Layer.relu(),
            Layer.flatten(),
            Layer.dense(64),
            Layer.relu());
  }
}
