package dev.mlstack.samples;

import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.core.report.BarChart;
import dev.mlstack.core.report.Block;
import dev.mlstack.core.report.FactsBlock;
import dev.mlstack.core.report.GraphChart;
import dev.mlstack.core.report.LineChart;
import dev.mlstack.core.report.Report;
import dev.mlstack.core.report.TableBlock;
import dev.mlstack.core.report.TextBlock;
import dev.mlstack.model.Curve;
import dev.mlstack.model.Metric;
import dev.mlstack.predict.Trace;
import dev.mlstack.serve.watch.ColumnDrift;
import dev.mlstack.serve.watch.DriftReport;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The report of a {@link WholeLoop}. */
final class LoopReport {

  /** How many columns are shown of a drift report. */
  private static final int MOST_COLUMNS = 30;

  /** What stands for a number that test rows do not give, such as the AUC of a single class. */
  private static final String UNKNOWN = "–";

  private LoopReport() {}

  static Report of(String name, WholeLoop.Result result) {
    return Report.titled(name, "From the data to a monitored model and back.")
        .section("Data", data(result))
        .section("Runs", runs(result))
        .section("Curves", curves(result))
        .section("Drift", drift(result))
        .section("Lineage of one prediction", lineage(result.trace()))
        .section("Replay and rollback", ending(result));
  }

  private static Block data(WholeLoop.Result result) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Rows read", Long.toString(result.data().rows()));
    facts.put("Rows to learn from", Long.toString(result.split().train().rows()));
    facts.put("Rows to test on", Long.toString(result.split().test().rows()));
    facts.put("Snapshot", result.data().digest().hex());
    facts.put("Split", result.split().digest().hex());
    return new FactsBlock(facts);
  }

  private static Block runs(WholeLoop.Result result) {
    Set<String> names = new LinkedHashSet<>();
    result.models().forEach(m -> m.test().metrics().forEach(metric -> names.add(metric.name())));
    List<String> header = new ArrayList<>(List.of("Run", "Seconds"));
    header.addAll(names);
    header.add("Interval of " + result.models().get(0).test().main().name());
    List<List<String>> rows = new ArrayList<>();
    int best = -1;
    for (TrainedModel<?> model : result.models()) {
      if (isReleased(model, result)) {
        best = rows.size();
      }
      rows.add(run(model, names));
    }
    return new TableBlock(header, rows, best);
  }

  private static boolean isReleased(TrainedModel<?> model, WholeLoop.Result result) {
    Digest digest = model.model().digest();
    return result.best().routes().stream().anyMatch(r -> r.fittedModel().equals(digest));
  }

  private static List<String> run(TrainedModel<?> model, Set<String> metrics) {
    List<String> cells = new ArrayList<>();
    cells.add(model.run().request().name());
    cells.add(
        model
            .run()
            .ended()
            .map(ended -> Duration.between(model.run().started(), ended).toMillis())
            .map(millis -> String.format(Locale.ROOT, "%.2f", millis / 1000.0))
            .orElse(""));
    for (String name : metrics) {
      cells.add(number(model.test().metric(name).value()));
    }
    Metric main = model.test().main();
    cells.add(
        Double.isNaN(main.value()) ? UNKNOWN : number(main.low()) + " to " + number(main.high()));
    return cells;
  }

  private static String number(double value) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%.4f", value);
  }

  private static Block curves(WholeLoop.Result result) {
    List<LineChart.Series> series = new ArrayList<>();
    for (TrainedModel<?> model : result.models()) {
      model
          .test()
          .curve("roc")
          .ifPresent(
              roc ->
                  series.add(new LineChart.Series(model.run().request().name(), roc.x(), roc.y())));
    }
    if (series.isEmpty()) {
      return new TextBlock("ROC curves are for targets of two classes, both among the test rows.");
    }
    Curve first = result.models().get(0).test().curve("roc").orElseThrow();
    return new LineChart("ROC curves", first.xName(), first.yName(), series, /* diagonal= */ true);
  }

  private static Block[] drift(WholeLoop.Result result) {
    return new Block[] {
      new TextBlock(
          "How far live values are from those of the training rows, column by column. Small samples"
              + " are always some distance apart; a column has drifted, and its bar stands out, if"
              + " chance does not explain it."),
      new TextBlock("Untouched traffic: " + result.untouched() + "."),
      bars("Untouched traffic", result.untouched()),
      new TextBlock("Traffic with a shifted feature: " + result.shifted() + "."),
      bars("Traffic with a shifted feature", result.shifted()),
    };
  }

  private static Block bars(String title, DriftReport report) {
    List<BarChart.Bar> bars =
        report.columns().stream()
            .limit(MOST_COLUMNS)
            .map(column -> new BarChart.Bar(column.column(), column.distance(), isDrift(column)))
            .toList();
    String shown =
        bars.size() < report.columns().size()
            ? title + ", the " + bars.size() + " columns that differ most"
            : title;
    return new BarChart(shown, "Jensen-Shannon distance", bars, /* threshold= */ Double.NaN);
  }

  private static boolean isDrift(ColumnDrift column) {
    return column.drifted();
  }

  private static Block lineage(Trace trace) {
    List<GraphChart.Node> nodes = new ArrayList<>();
    List<GraphChart.Link> links = new ArrayList<>();
    String prediction = trace.prediction().id().toString();
    nodes.add(new GraphChart.Node(prediction, "record", "prediction", prediction, true));
    links.add(new GraphChart.Link(prediction, trace.prediction().release().hex(), "release"));
    Set<Digest> known = new HashSet<>();
    trace.steps().forEach(step -> known.add(step.digest()));
    for (Trace.Step step : trace.steps()) {
      nodes.add(
          new GraphChart.Node(
              step.digest().hex(),
              step.kind().name().toLowerCase(Locale.ROOT),
              step.type().name(),
              step.digest().abbreviated() + " " + step.facts(),
              /* emphasized= */ false));
      for (Edge edge : step.edges()) {
        if (known.contains(edge.target())) {
          links.add(new GraphChart.Link(step.digest().hex(), edge.target().hex(), edge.name()));
        }
      }
    }
    return new GraphChart("What the prediction rests on", nodes, links);
  }

  private static Block ending(WholeLoop.Result result) {
    return new TextBlock(
        result.replay() + "; then " + result.rolledBack() + " was put live again.");
  }
}
