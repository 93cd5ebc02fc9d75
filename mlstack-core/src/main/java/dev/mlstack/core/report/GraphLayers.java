package dev.mlstack.core.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the nodes of a graph into layers, so that links lead downwards, and orders each layer so
 * that few links cross (K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of
 * hierarchical system structures", 1981, with barycentres).
 */
final class GraphLayers {

  private static final int SWEEPS = 8;

  private final Map<String, GraphChart.Node> nodes = new LinkedHashMap<>();
  private final List<GraphChart.Link> links;
  private final Map<String, Integer> depths = new HashMap<>();

  GraphLayers(List<GraphChart.Node> nodes, List<GraphChart.Link> links) {
    nodes.forEach(node -> this.nodes.put(node.id(), node));
    this.links =
        links.stream()
            .filter(l -> this.nodes.containsKey(l.from()) && this.nodes.containsKey(l.to()))
            .filter(l -> !l.from().equals(l.to()))
            .toList();
    this.nodes.keySet().forEach(id -> depths.put(id, 0));
    relax();
  }

  /** Moves every node below those that link to it; ends also if links go round in circles. */
  private void relax() {
    for (int pass = 0; pass < nodes.size(); pass++) {
      boolean changed = false;
      for (GraphChart.Link link : links) {
        int below = depth(link.from()) + 1;
        if (depth(link.to()) < below) {
          depths.put(link.to(), below);
          changed = true;
        }
      }
      if (!changed) {
        return;
      }
    }
  }

  private int depth(String id) {
    return depths.getOrDefault(id, 0);
  }

  /** Returns the layers, the top one first. */
  List<List<GraphChart.Node>> layers() {
    Map<Integer, List<GraphChart.Node>> byDepth = new java.util.TreeMap<>();
    nodes
        .values()
        .forEach(n -> byDepth.computeIfAbsent(depth(n.id()), d -> new ArrayList<>()).add(n));
    List<List<GraphChart.Node>> layers = new ArrayList<>(byDepth.values());
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      Map<String, Double> places = places(layers);
      for (List<GraphChart.Node> layer : layers) {
        layer.sort(Comparator.comparingDouble(node -> barycentre(node, places)));
      }
    }
    return layers;
  }

  /** Returns the place of each node in its layer, from 0 to 1. */
  private static Map<String, Double> places(List<List<GraphChart.Node>> layers) {
    Map<String, Double> places = new HashMap<>();
    for (List<GraphChart.Node> layer : layers) {
      for (int i = 0; i < layer.size(); i++) {
        places.put(layer.get(i).id(), (i + 0.5) / layer.size());
      }
    }
    return places;
  }

  /** Returns the mean place of a node's neighbours, or its own if it has none. */
  private double barycentre(GraphChart.Node node, Map<String, Double> places) {
    return links.stream()
        .filter(link -> link.from().equals(node.id()) || link.to().equals(node.id()))
        .map(link -> link.from().equals(node.id()) ? link.to() : link.from())
        .mapToDouble(id -> places.getOrDefault(id, 0.5))
        .average()
        .orElse(places.getOrDefault(node.id(), 0.5));
  }
}
