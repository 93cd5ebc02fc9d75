package dev.mlstack.benchmarks;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.train.linear.Logistic;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Fits logistic regression to 100,000 rows of 20 features, with all defaults, on one thread.
 *
 * <p>{@code LIBLINEAR} minimises the same objective by a trust region method, to the same
 * tolerance. {@code TRIBUO} makes five passes of stochastic gradient descent, its default, and so
 * ends farther from the optimum: {@code excess-loss} is by how much the mean loss of each lies
 * above that of an optimum found to a tolerance of 10<sup>-9 </sup>.
 */
final class LogisticBenchmark implements Benchmark {

  private static final int ROWS = 100_000;
  private static final int WIDTH = 20;
  private static final String LIBLINEAR = "LIBLINEAR";
  private static final String TRIBUO = "TRIBUO";

  /** Held, because a logger that nobody holds may forget its level. */
  private static final Logger TRIBUO_LOG = Logger.getLogger("org.tribuo");

  /** Losses are computed from probabilities, whose last digits mean nothing. */
  private static final double LOSS_UNIT = 1e-9;

  /** How close to the optimum the loss is found that all are compared with. */
  private static final double CLOSE = 1e-9;

  /** LIBLINEAR multiplies its tolerance by the share of the rarer class, which is about a half. */
  private static final double LIBLINEAR_TOLERANCE = 2 * Logistic.DEFAULT_TOLERANCE;

  @Override
  public String name() {
    return "logistic";
  }

  @Override
  public String about() {
    return "fit logistic regression to 100,000 x 20 (LIBLINEAR, Tribuo)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    Gaussians data = Gaussians.of(workbench, ROWS, WIDTH);
    Examples examples = data.examples();
    Problem problem = problem(data);
    Linear.disableDebugOutput();
    TRIBUO_LOG.setLevel(Level.OFF);
    Dataset<Label> dataset = dataset(data);
    new Race(2, 5, Race.timed(() -> fit(Logistic.defaults(), examples).close()))
        .against(LIBLINEAR, Race.timed(() -> Linear.train(problem, parameter())))
        .against(TRIBUO, Race.timed(() -> new LogisticRegressionTrainer().train(dataset)))
        .report(workbench, "fit", "s", 1);
    double optimum = ourLoss(data, examples, Logistic.defaults().withTolerance(CLOSE));
    double ours = ourLoss(data, examples, Logistic.defaults()) - optimum;
    double[] losses = {liblinearLoss(data, problem), tribuoLoss(data, dataset)};
    report(workbench, ours, LIBLINEAR, losses[0] - optimum);
    report(workbench, ours, TRIBUO, losses[1] - optimum);
  }

  private static void report(Workbench workbench, double ours, String peer, double theirs) {
    workbench.report("excess-loss", "nats", rounded(ours), peer, rounded(theirs));
  }

  private static double rounded(double loss) {
    return Math.max(0, Math.rint(loss / LOSS_UNIT) * LOSS_UNIT);
  }

  private static dev.mlstack.model.Model fit(Logistic trainer, Examples examples) {
    try (Training training = trainer.start(TrainingContext.of(examples, 1))) {
      training.advance(Budget.unlimited());
      return training.model();
    }
  }

  private static double ourLoss(Gaussians data, Examples examples, Logistic trainer) {
    double[] outputs = new double[2 * data.rows()];
    try (var model = fit(trainer, examples)) {
      model.score(data.features(), data.rows(), outputs);
    }
    return loss(data, row -> outputs[2 * row + data.classes()[row]]);
  }

  /** Returns the mean logarithmic loss, given the probability of the true class of each row. */
  private static double loss(Gaussians data, IntToDoubleFunction probability) {
    double sum = 0;
    for (int row = 0; row < data.rows(); row++) {
      sum -= Math.log(Math.max(1e-15, probability.applyAsDouble(row)));
    }
    return sum / data.rows();
  }

  private static Problem problem(Gaussians data) {
    Problem problem = new Problem();
    problem.l = data.rows();
    problem.n = data.width() + 1;
    problem.x = new Feature[data.rows()][data.width() + 1];
    problem.y = Arrays.stream(data.classes()).asDoubleStream().toArray();
    problem.bias = 1;
    for (int row = 0; row < data.rows(); row++) {
      for (int i = 0; i < data.width(); i++) {
        problem.x[row][i] = new FeatureNode(i + 1, data.features()[row * data.width() + i]);
      }
      problem.x[row][data.width()] = new FeatureNode(data.width() + 1, 1);
    }
    return problem;
  }

  private static Parameter parameter() {
    Parameter parameter =
        new Parameter(SolverType.L2R_LR, 1 / Logistic.DEFAULT_L2, LIBLINEAR_TOLERANCE);
    parameter.setRegularizeBias(false);
    return parameter;
  }

  private static double liblinearLoss(Gaussians data, Problem problem) {
    var model = Linear.train(problem, parameter());
    int[] labels = model.getLabels();
    double[] probabilities = new double[labels.length];
    return loss(
        data,
        row -> {
          Linear.predictProbability(model, problem.x[row], probabilities);
          return probabilities[labels[0] == data.classes()[row] ? 0 : 1];
        });
  }

  private static Dataset<Label> dataset(Gaussians data) {
    LabelFactory labels = new LabelFactory();
    MutableDataset<Label> dataset =
        new MutableDataset<>(new SimpleDataSourceProvenance("gaussians", labels), labels);
    String[] names = data.layout().names().toArray(new String[0]);
    List<Label> classes = List.of(new Label("0"), new Label("1"));
    for (int row = 0; row < data.rows(); row++) {
      double[] values = new double[names.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = data.features()[row * values.length + i];
      }
      dataset.add(new ArrayExample<>(classes.get(data.classes()[row]), names, values));
    }
    return dataset;
  }

  private static double tribuoLoss(Gaussians data, Dataset<Label> dataset) {
    Model<Label> model = new LogisticRegressionTrainer().train(dataset);
    return loss(
        data,
        row -> {
          Label found = model.predict(dataset.getExample(row)).getOutput();
          boolean right = found.getLabel().equals(Integer.toString(data.classes()[row]));
          return right ? found.getScore() : 1 - found.getScore();
        });
  }
}
