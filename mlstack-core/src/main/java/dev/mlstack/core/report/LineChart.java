package dev.mlstack.core.report;

import java.util.List;
import java.util.Locale;

/**
 * Curves over one pair of axes.
 *
 * @param title what is shown
 * @param xName what stands on the horizontal axis
 * @param yName what stands on the vertical axis
 * @param series the curves
 * @param diagonal whether to show the line from corner to corner, such as that of pure chance
 */
public record LineChart(
    String title, String xName, String yName, List<Series> series, boolean diagonal)
    implements Block {

  private static final double WIDTH = 560;
  private static final double HEIGHT = 380;
  private static final double LEFT = 62;
  private static final double RIGHT = 16;
  private static final double TOP = 16;
  private static final double BOTTOM = 48;

  /** How many colors there are before they repeat. */
  private static final int COLORS = 6;

  /** Copies the series. */
  public LineChart {
    series = List.copyOf(series);
  }

  /**
   * One curve.
   *
   * @param name what it is
   * @param x the horizontal places of the points; not copied
   * @param y the vertical places of the points, as many; not copied
   */
  public record Series(String name, double[] x, double[] y) {
    /** Checks that the arrays are of one length. */
    public Series {
      if (x.length != y.length) {
        throw new IllegalArgumentException(
            "series '" + name + "' has " + x.length + " x but " + y.length + " y");
      }
    }
  }

  @Override
  public String toHtml() {
    Markup page = new Markup();
    Scale x = scale(true, LEFT, WIDTH - RIGHT);
    Scale y = scale(false, HEIGHT - BOTTOM, TOP);
    page.open("figure");
    page.open(
        "svg", "viewBox", "0 0 560 380", "role", "img", "aria-label", title, "class", "chart");
    axes(page, x, y);
    if (diagonal) {
      page.empty(
          "line", "x1", x.from(), "y1", y.from(), "x2", x.to(), "y2", y.to(), "class", "chance");
    }
    for (int i = 0; i < series.size(); i++) {
      page.open("polyline", "points", points(series.get(i), x, y), "class", "line c" + i % COLORS);
      page.element("title", series.get(i).name()).close("polyline");
    }
    page.close("svg").open("figcaption").element("strong", title).open("ul", "class", "legend");
    for (int i = 0; i < series.size(); i++) {
      page.element("li", series.get(i).name(), "class", "k" + i % COLORS);
    }
    page.close("ul").close("figcaption").close("figure");
    return page.toString();
  }

  private Scale scale(boolean horizontal, double from, double to) {
    double low = 0;
    double high = Double.NEGATIVE_INFINITY;
    for (Series curve : series) {
      for (double value : horizontal ? curve.x() : curve.y()) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return Scale.of(low, high, from, to);
  }

  private void axes(Markup page, Scale x, Scale y) {
    for (double mark : x.marks()) {
      double at = x.pixel(mark);
      page.empty("line", "x1", at, "y1", y.from(), "x2", at, "y2", y.to(), "class", "grid");
      page.element("text", x.label(mark), "x", at, "y", y.from() + 18, "class", "tick middle");
    }
    for (double mark : y.marks()) {
      double at = y.pixel(mark);
      page.empty("line", "x1", x.from(), "y1", at, "x2", x.to(), "y2", at, "class", "grid");
      page.element("text", y.label(mark), "x", x.from() - 8, "y", at + 4, "class", "tick end");
    }
    page.element(
        "text", xName, "x", (x.from() + x.to()) / 2, "y", HEIGHT - 8, "class", "axis middle");
    double middle = (y.from() + y.to()) / 2;
    page.element(
        "text",
        yName,
        "x",
        14,
        "y",
        middle,
        "class",
        "axis middle",
        "transform",
        "rotate(-90 14 " + (int) middle + ")");
  }

  private static String points(Series curve, Scale x, Scale y) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < curve.x().length; i++) {
      points.append(
          String.format(Locale.ROOT, "%.1f,%.1f ", x.pixel(curve.x()[i]), y.pixel(curve.y()[i])));
    }
    return points.toString().strip();
  }
}
