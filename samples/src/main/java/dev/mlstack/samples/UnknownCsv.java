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
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import dev.mlstack.table.TableReader;
import dev.mlstack.train.baseline.Baseline;
import dev.mlstack.train.linear.LeastSquares;
import dev.mlstack.train.linear.Logistic;
import dev.mlstack.train.torch.Layer;
import dev.mlstack.train.torch.Network;
import dev.mlstack.train.torch.NeuralNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A CSV file of which nothing is known but which column is to be predicted.
 *
 * <p>The target is a class if its column holds texts, truth values, or at most {@value
 * #MOST_NUMBERED_CLASSES} different whole numbers; else it is a number.
 */
final class UnknownCsv {

  /** How many different whole numbers are still taken for classes. */
  static final int MOST_NUMBERED_CLASSES = 20;

  /** How many different texts are still taken for classes. */
  static final int MOST_CLASSES = 1000;

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
    Csv csv = Csv.file(path).detectDelimiter().missing("NA", "N/A", "NaN", "NULL", "null", "?");
    Schema schema = csv.schema();
    return study(csv, schema, label(csv, target(schema)), images);
  }

  private Field target(Schema schema) {
    return schema.fields().stream()
        .filter(field -> field.name().equalsIgnoreCase(target))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    path + " has no column '" + target + "'; its columns are " + schema.names()));
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

  private static Label<?> label(Csv csv, Field field) throws IOException {
    FieldType type = field.type();
    if (type instanceof FieldType.Real) {
      return Label.number(field.name());
    } else if (type instanceof FieldType.Bool) {
      return Label.flag(field.name());
    } else if (type instanceof FieldType.Date || type instanceof FieldType.Timestamp) {
      throw new IllegalArgumentException(
          "column '" + field.name() + "' holds times; a class or a number can be predicted");
    }
    boolean isWhole = type instanceof FieldType.Int;
    SortedSet<String> values = values(csv, field.name());
    if (isWhole && values.size() > MOST_NUMBERED_CLASSES) {
      return Label.number(field.name());
    }
    if (values.size() < 2 || values.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "column '"
              + field.name()
              + "' must have from 2 to "
              + MOST_CLASSES
              + " different values to be predicted but has "
              + (values.size() > MOST_CLASSES ? "more" : "no others than " + values));
    }
    return Label.classes(field.name(), isWhole ? bySize(values) : List.copyOf(values));
  }

  private static List<String> bySize(SortedSet<String> wholes) {
    return wholes.stream().map(Long::valueOf).sorted().map(String::valueOf).toList();
  }

  /** Returns the different values of a column of texts or whole numbers, up to some too many. */
  private static SortedSet<String> values(Csv csv, String name) throws IOException {
    SortedSet<String> values = new TreeSet<>();
    try (TableReader reader = csv.open(row -> {}, Execution.here())) {
      for (Table table = reader.next();
          table != null && values.size() <= MOST_CLASSES;
          table = reader.next()) {
        addValues(table.cursor(), table.schema().indexOf(name), values);
      }
    }
    return values;
  }

  private static void addValues(TableCursor rows, int column, SortedSet<String> values) {
    boolean isText = rows.schema().field(column).type() instanceof FieldType.Text;
    while (rows.next()) {
      if (!rows.isNull(column)) {
        values.add(
            isText
                ? Objects.requireNonNull(rows.text(column))
                : Long.toString(rows.integer(column)));
      }
    }
  }
}
