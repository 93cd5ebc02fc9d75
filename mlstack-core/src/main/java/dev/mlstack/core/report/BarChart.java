package dev.mlstack.core.report;

import java.util.List;
import java.util.Locale;

/**
 * A bar for each of several things, one below the other.
 *
 * @param title what is shown
 * @param valueName what the length of a bar means
 * @param bars the bars, in the order in which they are shown
 * @param threshold where a line is drawn across all bars; not drawn if NaN
 */
public record BarChart(String title, String valueName, List<Bar> bars, double threshold)
    implements Block {

  private static final double WIDTH = 720;
  private static final double ROW = 20;
  private static final double LEFT = 240;

  /** How many letters fit beside a bar. */
  private static final int NAME_LETTERS = 32;

  private static final double RIGHT = 60;
  private static final double BOTTOM = 42;
  private static final double TOP = 6;

  /** Copies the bars. */
  public BarChart {
    bars = List.copyOf(bars);
  }

  /**
   * One bar.
   *
   * @param name what it stands for
   * @param value its length, 0 or more; NaN if it is not known
   * @param emphasized whether to point it out
   */
  public record Bar(String name, double value, boolean emphasized) {}

  @Override
  public String toHtml() {
    Markup page = new Markup();
    double high = bars.stream().mapToDouble(Bar::value).filter(value -> value > 0).max().orElse(1);
    if (threshold > high) {
      high = threshold;
    }
    Scale x = Scale.of(0, high, LEFT, WIDTH - RIGHT);
    double bottom = TOP + bars.size() * ROW;
    page.open("figure");
    page.open(
        "svg",
        "viewBox",
        "0 0 " + (int) WIDTH + " " + (int) (bottom + BOTTOM),
        "role",
        "img",
        "aria-label",
        title,
        "class",
        "chart wide");
    for (double mark : x.marks()) {
      double at = x.pixel(mark);
      page.empty("line", "x1", at, "y1", TOP, "x2", at, "y2", bottom, "class", "grid");
      page.element("text", x.label(mark), "x", at, "y", bottom + 16, "class", "tick middle");
    }
    for (int i = 0; i < bars.size(); i++) {
      bar(page, bars.get(i), TOP + i * ROW, x);
    }
    if (!Double.isNaN(threshold)) {
      double at = x.pixel(threshold);
      page.empty("line", "x1", at, "y1", TOP, "x2", at, "y2", bottom, "class", "threshold");
    }
    page.element(
        "text", valueName, "x", (x.from() + x.to()) / 2, "y", bottom + 36, "class", "axis middle");
    page.close("svg").open("figcaption").element("strong", title);
    page.close("figcaption").close("figure");
    return page.toString();
  }

  private static void bar(Markup page, Bar bar, double top, Scale x) {
    String name = ShortText.of(bar.name(), NAME_LETTERS);
    double end = bar.value() > 0 ? x.pixel(bar.value()) : LEFT;
    page.element("text", name, "x", LEFT - 8, "y", top + 14, "class", "tick end");
    page.open(
        "rect",
        "x",
        LEFT,
        "y",
        top + 3,
        "width",
        Math.max(1, end - LEFT),
        "height",
        ROW - 6,
        "class",
        bar.emphasized() ? "bar hot" : "bar");
    page.element("title", bar.name() + ": " + bar.value()).close("rect");
    page.element(
        "text",
        Double.isNaN(bar.value()) ? "unknown" : String.format(Locale.ROOT, "%.3f", bar.value()),
        "x",
        end + 5,
        "y",
        top + 14,
        "class",
        "tick");
  }
}
