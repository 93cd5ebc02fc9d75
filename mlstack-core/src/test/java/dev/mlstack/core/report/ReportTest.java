package dev.mlstack.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ReportTest {

  private static final String NASTY = "<script>alert(\"x\")</script> & 'y'";

  /** The page is written so that it is well-formed XML too, which any parser can check. */
  private static Document parsed(Report report) throws Exception {
    String html = report.toHtml().replace("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }

  private static Report everything(String text) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("first " + text, "1");
    facts.put("second", text);
    double[] x = {0, 0.1, 1};
    double[] y = {0, 0.9, 1};
    return Report.titled(text, "below " + text)
        .section("Facts " + text, new TextBlock(text), new FactsBlock(facts))
        .section(
            "Table",
            new TableBlock(
                List.of("name", text), List.of(List.of("a", "0.5"), List.of(text, "-1")), 1))
        .section(
            "Charts",
            new LineChart(text, text, text, List.of(new LineChart.Series(text, x, y)), true),
            new BarChart(
                text,
                text,
                List.of(new BarChart.Bar(text, 0.3, true), new BarChart.Bar("b", 0, false)),
                0.1),
            new GraphChart(
                text,
                List.of(
                    new GraphChart.Node("a", text, text, text, true),
                    new GraphChart.Node("b", "kind", "label", "detail", false)),
                List.of(new GraphChart.Link("a", "b", text))));
  }

  @Test
  void toHtml_textsOfUsers_areNeverMarkup() throws Exception {
    Report report = everything(NASTY);

    assertThat(report.toHtml()).doesNotContain("<script");
    Document page = parsed(report);
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo(NASTY);
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void toHtml_everyBlock_isThere() throws Exception {
    Document page = parsed(everything("t"));

    assertThat(texts(page.getElementsByTagName("dt"))).containsExactly("first t", "second");
    assertThat(texts(page.getElementsByTagName("dd"))).containsExactly("1", "t");
    assertThat(texts(page.getElementsByTagName("th"))).containsExactly("name", "t");
    assertThat(texts(page.getElementsByTagName("td"))).containsExactly("a", "0.5", "t", "-1");
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(3);
    assertThat(page.getElementsByTagName("polyline").getLength()).isEqualTo(1);
    assertThat(page.getElementsByTagName("path").getLength()).isEqualTo(1);
  }

  @Test
  void toHtml_needsNothingFromElsewhere() {
    assertThat(everything("t").toHtml())
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("src=")
        .doesNotContain("@import")
        .doesNotContain("url(");
  }

  @Test
  void lineChart_points_lieBetweenTheAxes() throws Exception {
    double[] x = {0, 0.25, 1};
    double[] y = {0, 0.5, 1};
    LineChart chart = new LineChart("c", "x", "y", List.of(new LineChart.Series("s", x, y)), false);
    Document page = parsed(Report.titled("t", "").section("s", chart));

    String points =
        page.getElementsByTagName("polyline")
            .item(0)
            .getAttributes()
            .getNamedItem("points")
            .getNodeValue();
    // The axes go from (62, 332) to (544, 16): a quarter and a half of the way lie here.
    assertThat(points).isEqualTo("62.0,332.0 182.5,174.0 544.0,16.0");
  }

  @Test
  void lineChart_withoutPoints_isDrawnAllTheSame() throws Exception {
    parsed(
        Report.titled("t", "")
            .section("s", new LineChart("c", "x", "y", List.of(), true))
            .section("b", new BarChart("c", "x", List.of(), Double.NaN))
            .section("g", new GraphChart("c", List.of(), List.of())));
  }

  @Test
  void series_arraysOfDifferentLength_areRefused() {
    assertThatThrownBy(() -> new LineChart.Series("roc", new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("series 'roc' has 2 x but 3 y");
  }

  @Test
  void tableBlock_rowWithTooFewCells_isRefused() {
    assertThatThrownBy(() -> new TableBlock(List.of("a", "b"), List.of(List.of("1")), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row has 1 cells but the table 2 columns");
  }

  @Test
  void scale_marks_areRoundNumbersWithinTheRange() {
    assertThat(labels(new Scale(0, 1, 0, 100)))
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(labels(new Scale(0, 0.037, 0, 100))).containsExactly("0.00", "0.01", "0.02", "0.03");
    assertThat(labels(new Scale(-3, 1234, 0, 100))).containsExactly("0", "500", "1000");
  }

  private static List<String> labels(Scale scale) {
    return scale.marks().stream().map(scale::label).toList();
  }

  @Test
  void graphLayers_linksLeadDownwards_alsoRoundInCircles() {
    List<GraphChart.Node> nodes = new ArrayList<>();
    for (String id : List.of("d", "c", "b", "a")) {
      nodes.add(new GraphChart.Node(id, id, id, id, false));
    }
    List<GraphChart.Link> links =
        List.of(
            new GraphChart.Link("a", "b", ""),
            new GraphChart.Link("a", "d", ""),
            new GraphChart.Link("b", "c", ""),
            new GraphChart.Link("c", "d", ""),
            new GraphChart.Link("a", "nowhere", ""));

    assertThat(ids(new GraphLayers(nodes, links).layers())).containsExactly("a", "b", "c", "d");

    List<GraphChart.Link> circle =
        List.of(new GraphChart.Link("a", "b", ""), new GraphChart.Link("b", "a", ""));
    List<List<GraphChart.Node>> layers = new GraphLayers(nodes, circle).layers();
    assertThat(layers.stream().mapToInt(List::size).sum()).isEqualTo(4);
  }

  private static List<String> ids(List<List<GraphChart.Node>> layers) {
    return layers.stream().flatMap(List::stream).map(GraphChart.Node::id).toList();
  }

  @Test
  void writeTo_browser_rendersThePage(@TempDir Path directory) throws Exception {
    Path browser = Path.of("/usr/bin/chromium");
    assumeTrue(Files.isExecutable(browser), "chromium is not installed");
    Path page = directory.resolve("report.html");
    everything("shown by a browser").writeTo(page);

    String text = dumpedDom(browser, page, directory);

    assertThat(text).contains("shown by a browser").contains("<svg").contains("polyline");
  }

  private static String dumpedDom(Path browser, Path page, Path directory)
      throws IOException, InterruptedException {
    Path out = directory.resolve("dom.txt");
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--user-data-dir=" + directory.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    return Files.readString(out);
  }

  private static List<String> texts(NodeList nodes) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }
}
