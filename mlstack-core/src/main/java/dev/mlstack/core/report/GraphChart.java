package dev.mlstack.core.report;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Things and what they were made from, drawn from top to bottom.
 *
 * @param title what is shown
 * @param nodes the things
 * @param links the arrows between them; ends that are no nodes are left out
 */
public record GraphChart(String title, List<Node> nodes, List<Link> links) implements Block {

  private static final double NODE_WIDTH = 164;
  private static final double NODE_HEIGHT = 44;
  private static final double GAP = 14;
  private static final double LAYER = 88;

  /** Copies the lists. */
  public GraphChart {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
  }

  /**
   * A thing.
   *
   * @param id distinguishes it
   * @param kind what it is, shown small
   * @param label what it is called
   * @param detail what is shown when a reader points at it
   * @param emphasized whether to point it out
   */
  public record Node(String id, String kind, String label, String detail, boolean emphasized) {}

  /**
   * An arrow.
   *
   * @param from the id of what was made
   * @param to the id of what it was made from
   * @param label what the second is to the first
   */
  public record Link(String from, String to, String label) {}

  @Override
  public String toHtml() {
    Markup page = new Markup();
    List<List<Node>> layers = new GraphLayers(nodes, links).layers();
    int widest = layers.stream().mapToInt(List::size).max().orElse(1);
    double width = widest * (NODE_WIDTH + GAP) + GAP;
    Map<String, double[]> places = new HashMap<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      List<Node> row = layers.get(layer);
      double left = (width - row.size() * (NODE_WIDTH + GAP) + GAP) / 2;
      for (int i = 0; i < row.size(); i++) {
        places.put(
            row.get(i).id(), new double[] {left + i * (NODE_WIDTH + GAP), GAP + layer * LAYER});
      }
    }
    double height = 2 * GAP + (layers.size() - 1) * LAYER + NODE_HEIGHT;
    page.open("figure").open("div", "class", "scroll");
    page.open(
        "svg",
        "viewBox",
        "0 0 " + (int) width + " " + (int) height,
        "width",
        (int) width,
        "role",
        "img",
        "aria-label",
        title,
        "class",
        "graph");
    links.forEach(link -> draw(page, link, places));
    nodes.forEach(node -> draw(page, node, places.getOrDefault(node.id(), new double[2])));
    page.close("svg").close("div").open("figcaption").element("strong", title);
    page.close("figcaption").close("figure");
    return page.toString();
  }

  private static void draw(Markup page, Link link, Map<String, double[]> places) {
    double[] from = places.get(link.from());
    double[] to = places.get(link.to());
    if (from == null || to == null) {
      return;
    }
    double x1 = from[0] + NODE_WIDTH / 2;
    double y1 = from[1] + NODE_HEIGHT;
    double x2 = to[0] + NODE_WIDTH / 2;
    double y2 = to[1];
    double bend = Math.max(20, (y2 - y1) / 2);
    String path =
        String.format(
            Locale.ROOT,
            "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f",
            x1,
            y1,
            x1,
            y1 + bend,
            x2,
            y2 - bend,
            x2,
            y2);
    page.open("path", "d", path, "class", "edge").element("title", link.label()).close("path");
  }

  private static void draw(Markup page, Node node, double[] place) {
    page.open("g", "class", node.emphasized() ? "node hot" : "node");
    page.empty(
        "rect", "x", place[0], "y", place[1], "width", NODE_WIDTH, "height", NODE_HEIGHT, "rx", 7);
    page.element("text", node.kind(), "x", place[0] + 10, "y", place[1] + 17, "class", "kind");
    String label = node.label().length() > 23 ? node.label().substring(0, 22) + "…" : node.label();
    page.element("text", label, "x", place[0] + 10, "y", place[1] + 34, "class", "label");
    page.element("title", node.detail()).close("g");
  }
}
