package dev.mlstack;

import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.transform.Features;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.model.Classification;
import dev.mlstack.model.Label;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.release.Release;
import dev.mlstack.serve.Endpoint;
import dev.mlstack.train.linear.Logistic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** A small task: which of two kinds a flower is. */
final class Flowers {

  static final String NAME = "flowers";

  /** What is measured. */
  public record Flower(Optional<Double> height, double width, String color) {}

  /** What it is. */
  enum Kind {
    ASTER,
    LILY
  }

  static final Label<Classification<Kind>> LABEL = Label.binary("kind", Kind.LILY);

  private Flowers() {}

  /** Returns a flower of one kind or the other. */
  static Flower flower(Random random) {
    boolean lily = random.nextBoolean();
    double width = (lily ? 3 : 1) + random.nextGaussian();
    String color = random.nextInt(3) == 0 ? "red" : lily ? "white" : "blue";
    boolean unknown = random.nextInt(10) == 0;
    return new Flower(
        unknown ? Optional.empty() : Optional.of(10 + random.nextGaussian()), width, color);
  }

  /** Writes a file of flowers and returns it. */
  static Path csv(Path directory, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("height,width,color,kind\n");
    for (int i = 0; i < rows; i++) {
      Flower flower = flower(random);
      String kind =
          flower.width() + (flower.color().equals("white") ? 1 : 0) > 2 ? "lily" : "Aster";
      String height = flower.height().map(h -> String.format(Locale.ROOT, "%.2f", h)).orElse("");
      text.append(
          String.format(
              Locale.ROOT, "%s,%.3f,%s,%s%n", height, flower.width(), flower.color(), kind));
    }
    return Files.writeString(directory.resolve("flowers.csv"), text);
  }

  static Snapshot commit(Workspace workspace, Path csv) throws IOException {
    return workspace.dataset(NAME).commit(Csv.file(csv).as(Flower.class).label(LABEL));
  }

  static TrainedModel<Classification<Kind>> train(Workspace workspace, Snapshot data, double l2) {
    ModelRecipe<Classification<Kind>> recipe =
        ModelRecipe.predict(LABEL)
            .features(Features.standard())
            .trainer(Logistic.defaults().withL2(l2));
    return workspace.train(recipe, data.split(0.75, 1), 2);
  }

  /** Commits, trains and promotes. */
  static Release release(Workspace workspace, Path csv, double l2) throws IOException {
    try (TrainedModel<?> model = train(workspace, commit(workspace, csv), l2)) {
      return workspace.promote(NAME, model, "l2 " + l2);
    }
  }

  static Endpoint<Flower, Classification<Kind>> endpoint(Workspace workspace) {
    return workspace.endpoint(NAME, Flower.class, LABEL);
  }
}
