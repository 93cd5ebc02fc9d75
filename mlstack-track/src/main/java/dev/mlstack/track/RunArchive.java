package dev.mlstack.track;

import dev.mlstack.core.store.Records;
import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs as records: {@link RunInfo} tells of which edges, this of which facts. */
final class RunArchive {

  /** Of how many metrics the facts tell the last value; all are in the metrics themselves. */
  private static final int TOLD_METRICS = 10_000;

  private static final String RECIPE = "recipe";
  private static final String ENVIRONMENT = "environment";
  private static final String METRICS = "metrics";
  private static final String INPUT = "input.";
  private static final String OUTPUT = "output.";

  private static final String ID = "id";
  private static final String EXPERIMENT = "experiment";
  private static final String NAME = "name";
  private static final String PARENT = "parent";
  private static final String STATUS = "status";
  private static final String STARTED = "started";
  private static final String ENDED = "ended";
  private static final String PARAMS = "params";
  private static final String TAGS = "tags";
  private static final String REQUEST_TAGS = "requestTags";

  private final ObjectStore store;

  RunArchive(ObjectStore store) {
    this.store = store;
  }

  /** Writes a run that has ended, and returns the digest of its record. */
  Digest write(ObjectSink sink, RunLog log) {
    RunInfo info = log.info();
    List<Edge> edges = new ArrayList<>();
    Optional.ofNullable(info.outputs().get(RECIPE))
        .ifPresent(recipe -> edges.add(result(RECIPE, recipe)));
    log.environment().ifPresent(where -> edges.add(Edge.holds(ENVIRONMENT, where.writeTo(sink))));
    if (!log.points().isEmpty()) {
      edges.add(Edge.holds(METRICS, MetricArchive.write(sink, log.points())));
    }
    info.inputs().forEach((role, digest) -> edges.add(Edge.names(INPUT + role, digest)));
    info.outputs()
        .forEach(
            (role, digest) -> {
              if (!role.equals(RECIPE)) {
                edges.add(result(OUTPUT + role, digest));
              }
            });
    Instant ended = info.ended().orElseThrow();
    Provenance record =
        new Provenance(RunInfo.TYPE, edges, ended, info.request().by(), facts(info, ended));
    return sink.put(record.toObject());
  }

  /** Returns the edge to something that came out. What is not there cannot be held. */
  private Edge result(String name, Digest digest) {
    return new Edge(name, digest, store.contains(digest));
  }

  private static Value.Doc facts(RunInfo info, Instant ended) {
    Value.Doc.Builder facts =
        Value.doc()
            .put(ID, info.id().value())
            .put(EXPERIMENT, info.request().experiment())
            .put(NAME, info.request().name())
            .put(STATUS, info.status().name())
            .put(STARTED, info.started().toString())
            .put(ENDED, ended.toString())
            .put(PARAMS, new Value.Doc(info.params()))
            .put(METRICS, lastValues(info.metrics()))
            .put(TAGS, texts(info.tags()))
            .put(REQUEST_TAGS, texts(info.request().tags()));
    info.request().parent().ifPresent(parent -> facts.put(PARENT, parent.value()));
    return facts.build();
  }

  private static Value lastValues(SortedMap<String, MetricPoint> metrics) {
    SortedMap<String, Value> values = new TreeMap<>();
    metrics.entrySet().stream()
        .limit(TOLD_METRICS)
        .forEach(metric -> values.put(metric.getKey(), lastValue(metric.getValue())));
    return new Value.Doc(values);
  }

  private static Value lastValue(MetricPoint point) {
    return Value.doc()
        .put("step", point.step())
        .put("at", point.at().toString())
        .put("value", point.value())
        .build();
  }

  private static Value texts(SortedMap<String, String> texts) {
    SortedMap<String, Value> values = new TreeMap<>();
    texts.forEach((name, text) -> values.put(name, Value.of(text)));
    return new Value.Doc(values);
  }

  /**
   * Reads a run from its record.
   *
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged, or something else
   */
  RunLog read(Digest digest) {
    StoredObject object = store.get(digest).require(RunInfo.TYPE);
    try {
      return read(object);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedObjectException(
          digest, object.type(), "its facts are not those of a run: " + e.getMessage());
    }
  }

  private RunLog read(StoredObject object) {
    Provenance record = Records.read(object);
    Value.Doc facts = record.facts();
    Optional<Digest> metrics = object.target(METRICS);
    SortedMap<String, Points> points =
        metrics.map(digest -> MetricArchive.read(store, digest)).orElseGet(TreeMap::new);
    SortedMap<String, MetricPoint> last = new TreeMap<>();
    points.forEach((name, values) -> last.put(name, values.get(values.last())));
    RunInfo info =
        new RunInfo(
            new RunId(facts.text(ID)),
            request(record),
            RunStatus.valueOf(facts.text(STATUS)),
            Instant.parse(facts.text(STARTED)),
            Optional.of(Instant.parse(facts.text(ENDED))),
            facts.doc(PARAMS).members(),
            last,
            texts(facts.doc(TAGS)),
            links(object, INPUT),
            outputs(object),
            Optional.of(object.digest()));
    return new RunLog(info, points, Optional.empty());
  }

  private static RunRequest request(Provenance record) {
    Value.Doc facts = record.facts();
    return new RunRequest(
        facts.text(EXPERIMENT),
        facts.text(NAME),
        record.by(),
        facts.has(PARENT) ? Optional.of(new RunId(facts.text(PARENT))) : Optional.empty(),
        texts(facts.doc(REQUEST_TAGS)));
  }

  private static SortedMap<String, String> texts(Value.Doc doc) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, Value> member : doc.members().entrySet()) {
      texts.put(member.getKey(), member.getValue().asText());
    }
    return texts;
  }

  private static SortedMap<String, Digest> outputs(StoredObject object) {
    SortedMap<String, Digest> outputs = links(object, OUTPUT);
    object.target(RECIPE).ifPresent(recipe -> outputs.put(RECIPE, recipe));
    return outputs;
  }

  private static SortedMap<String, Digest> links(StoredObject object, String prefix) {
    SortedMap<String, Digest> links = new TreeMap<>();
    for (Edge edge : object.edges()) {
      if (edge.name().startsWith(prefix)) {
        links.put(edge.name().substring(prefix.length()), edge.target());
      }
    }
    return links;
  }
}
