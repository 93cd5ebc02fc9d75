package dev.mlstack.core.trace;

import dev.mlstack.core.json.Json;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.Trace;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Release;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds every object that a prediction rests on, and reads each of them, so that damage anywhere on
 * the way is found.
 *
 * <p>The walk goes breadth-first over all edges, those that hold and those that only name, from the
 * release to the data. It does not go from an object to its predecessor in time (the release
 * before, the parent of a commit), nor into routes of the release that did not answer. What a link
 * names may have been collected since; such a link is listed as gone.
 *
 * <p>Parts of larger things, such as the columns of a snapshot, are read and verified but not
 * listed.
 */
public final class Tracer {

  /** Edges that lead to what came before, not to what a thing was made from. */
  private static final Set<String> TIME = Set.of("previous", "parent");

  /** Types of objects that are only parts of others. */
  private static final Set<String> PARTS = Set.of("column", "float32", "group", "reals");

  private final ObjectSource source;

  /** Creates a tracer that reads from {@code source}, which belongs to the caller. */
  public Tracer(ObjectSource source) {
    this.source = source;
  }

  /**
   * Returns the way back from a prediction.
   *
   * @throws dev.mlstack.store.CorruptObjectException if an object on the way is damaged; it names
   *     the object and the place
   * @throws ObjectNotFoundException if an object is not there that another holds
   */
  public Trace trace(LoggedPrediction prediction) {
    return new Walk(prediction).run();
  }

  /** A link that is still to be followed. */
  private record Step(String role, Digest digest) {}

  /** One walk over the graph. */
  private final class Walk {
    private final LoggedPrediction prediction;
    private final Queue<Step> open = new ArrayDeque<>();
    private final Set<Digest> seen = new HashSet<>();
    private final List<Trace.Step> steps = new ArrayList<>();
    private final Set<Digest> held = new HashSet<>();
    private final Map<Edge, ObjectNotFoundException> missing = new LinkedHashMap<>();
    private int parts;

    Walk(LoggedPrediction prediction) {
      this.prediction = prediction;
      follow(Edge.holds("release", prediction.release()));
    }

    Trace run() {
      for (Step step = open.poll(); step != null; step = open.poll()) {
        visit(step);
      }
      return new Trace(prediction, steps, parts, gone());
    }

    /** Notes a link, of which several may lead to one object: some may hold it and others not. */
    private void follow(Edge edge) {
      if (edge.holds()) {
        held.add(edge.target());
      }
      if (seen.add(edge.target())) {
        open.add(new Step(edge.name(), edge.target()));
      }
    }

    /** Returns the links to what has been collected, after the whole walk has told what is held. */
    private List<Edge> gone() {
      missing.forEach(
          (edge, failure) -> {
            if (held.contains(edge.target())) {
              throw failure;
            }
          });
      return List.copyOf(missing.keySet());
    }

    private void visit(Step step) {
      StoredObject object;
      try {
        object = source.get(step.digest());
      } catch (ObjectNotFoundException e) {
        missing.put(Edge.names(step.role(), step.digest()), e);
        return;
      }
      if (PARTS.contains(object.type().name())) {
        parts++;
      } else {
        steps.add(describe(step.role(), object));
      }
      for (Edge edge : object.edges()) {
        if (!TIME.contains(edge.name()) && !isOtherRoute(object, edge)) {
          follow(edge);
        }
      }
    }

    /** Tells whether an edge belongs to a route of a release that another model answers. */
    private boolean isOtherRoute(StoredObject object, Edge edge) {
      String route = edge.name().substring(0, edge.name().lastIndexOf('.') + 1);
      return object.type().equals(Release.TYPE)
          && !object
              .target(route + ModelVersion.FITTED_MODEL)
              .equals(Optional.of(prediction.fittedModel()));
    }
  }

  private static Trace.Step describe(String role, StoredObject object) {
    return new Trace.Step(
        role, object.digest(), object.kind(), object.type(), facts(object), object.edges());
  }

  /** Returns the members of an object's document that are plain values. */
  private static SortedMap<String, String> facts(StoredObject object) {
    SortedMap<String, String> facts = new TreeMap<>();
    document(object)
        .ifPresent(
            document -> {
              addPlain(document, facts);
              if (object.kind() == ObjectKind.RECORD
                  && document.members().get("facts") instanceof Value.Doc more) {
                addPlain(more, facts);
              }
            });
    return facts;
  }

  /** Returns the document that an object is, if it is one: any bytes may begin like one. */
  private static Optional<Value.Doc> document(StoredObject object) {
    if (object.payloadSize() == 0 || object.payload()[0] != '{') {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.payload(object));
    } catch (MalformedObjectException e) {
      return Optional.empty();
    }
  }

  private static void addPlain(Value.Doc document, SortedMap<String, String> facts) {
    for (Map.Entry<String, Value> member : document.members().entrySet()) {
      Value value = member.getValue();
      if (value instanceof Value.Text text) {
        facts.put(member.getKey(), text.text());
      } else if (value instanceof Value.Whole
          || value instanceof Value.Real
          || value instanceof Value.Flag) {
        facts.put(member.getKey(), value.canonicalJson());
      }
    }
  }
}
