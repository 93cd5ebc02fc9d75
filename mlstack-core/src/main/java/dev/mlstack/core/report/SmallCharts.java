package dev.mlstack.core.report;

import java.util.List;

/**
 * Small charts of bars, many side by side: one for each of several columns of data, say.
 *
 * @param charts the charts, in the order in which they are shown
 */
public record SmallCharts(List<Chart> charts) implements Block {

  private static final double WIDTH = 240;
  private static final double HEIGHT = 72;
  private static final double BOTTOM = 16;
  private static final int TITLE_LETTERS = 30;
  private static final int END_LETTERS = 18;

  /** Copies the charts. */
  public SmallCharts {
    charts = List.copyOf(charts);
  }

  /**
   * One chart.
   *
   * @param title what is shown
   * @param note a few words below the title
   * @param bars the bars, from left to right
   * @param low what stands below the first bar
   * @param high what stands below the last bar
   */
  public record Chart(String title, String note, List<Bar> bars, String low, String high) {
    /** Copies the bars. */
    public Chart {
      bars = List.copyOf(bars);
    }
  }

  /**
   * One bar.
   *
   * @param name what it stands for, shown when it is pointed at
   * @param value its height, 0 or more
   */
  public record Bar(String name, double value) {}

  @Override
  public String toHtml() {
    Markup page = new Markup();
    page.open("div", "class", "charts");
    charts.forEach(chart -> append(page, chart));
    return page.close("div").toString();
  }

  private static void append(Markup page, Chart chart) {
    page.open("figure").open("figcaption");
    page.element("strong", ShortText.of(chart.title(), TITLE_LETTERS)).empty("br");
    page.text(chart.note()).close("figcaption");
    page.open(
        "svg",
        "viewBox",
        "0 0 " + (int) WIDTH + " " + (int) (HEIGHT + BOTTOM),
        "role",
        "img",
        "aria-label",
        chart.title(),
        "class",
        "chart small");
    appendBars(page, chart.bars());
    String low = ShortText.of(chart.low(), END_LETTERS);
    String high = ShortText.of(chart.high(), END_LETTERS);
    page.element("text", low, "x", 0, "y", HEIGHT + BOTTOM - 3, "class", "tick");
    page.element("text", high, "x", WIDTH, "y", HEIGHT + BOTTOM - 3, "class", "tick end");
    page.close("svg").close("figure");
  }

  private static void appendBars(Markup page, List<Bar> bars) {
    double greatest = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    double step = WIDTH / Math.max(1, bars.size());
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double height = greatest > 0 ? bar.value() / greatest * HEIGHT : 0;
      // What is there can be seen, however small it is.
      height = bar.value() > 0 ? Math.max(1, height) : 0;
      page.open(
          "rect",
          "x",
          i * step,
          "y",
          HEIGHT - height,
          "width",
          step * 0.92,
          "height",
          height,
          "class",
          "bar");
      page.element("title", bar.name()).close("rect");
    }
  }
}
