package dev.mlstack.track;

import dev.mlstack.core.json.Json;
import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.track.Entry.Direction;
import dev.mlstack.track.environment.Environment;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps runs in the memory of the process. */
final class MemoryJournal implements Journal, Entry.Visitor<RuntimeException> {

  private final Map<RunId, MemoryRun> runs = new HashMap<>();
  private boolean closed;

  /** A run, and what was logged into it. */
  private static final class MemoryRun {
    final RunId id;
    final RunRequest request;
    final Instant started;
    final SortedMap<String, Value> params = new TreeMap<>();
    final SortedMap<String, String> tags;
    final SortedMap<String, Digest> inputs = new TreeMap<>();
    final SortedMap<String, Digest> outputs = new TreeMap<>();
    final SortedMap<String, Points> points = new TreeMap<>();
    Optional<Environment> environment = Optional.empty();
    RunStatus status = RunStatus.RUNNING;
    Optional<Instant> ended = Optional.empty();
    Optional<Digest> record = Optional.empty();

    MemoryRun(RunId id, RunRequest request, Instant started) {
      this.id = id;
      this.request = request;
      this.started = started;
      this.tags = new TreeMap<>(request.tags());
    }

    RunInfo info() {
      SortedMap<String, MetricPoint> last = new TreeMap<>();
      points.forEach((name, values) -> last.put(name, values.get(values.last())));
      return new RunInfo(
          id, request, status, started, ended, params, last, tags, inputs, outputs, record);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the tracker in memory is closed");
    }
  }

  private MemoryRun run(RunId id) {
    return Objects.requireNonNull(runs.get(id));
  }

  @Override
  public synchronized void begin(RunId id, RunRequest request, Instant started) {
    requireOpen();
    runs.put(id, new MemoryRun(id, request, started));
  }

  @Override
  public synchronized void append(List<Entry> entries, boolean through) {
    for (Entry entry : entries) {
      entry.applyTo(this);
    }
  }

  @Override
  public void metric(RunId run, String name, long step, long at, double value) {
    run(run).points.computeIfAbsent(name, key -> new Points()).add(step, at, value);
  }

  @Override
  public void param(RunId run, String name, String json) {
    run(run).params.put(name, Json.parse(json));
  }

  @Override
  public void tag(RunId run, String name, String value) {
    run(run).tags.put(name, value);
  }

  @Override
  public void link(RunId run, Direction direction, String role, Digest digest) {
    (direction == Direction.INPUT ? run(run).inputs : run(run).outputs).put(role, digest);
  }

  @Override
  public void environment(RunId run, Environment environment) {
    run(run).environment = Optional.of(environment);
  }

  /** Does nothing: if this process dies, so does the journal. */
  @Override
  public void beat() {}

  @Override
  public synchronized void seal(RunId id, RunStatus status, Instant ended, Digest record) {
    MemoryRun run = run(id);
    run.status = status;
    run.ended = Optional.of(ended);
    run.record = Optional.of(record);
    run.environment = Optional.empty();
  }

  @Override
  public synchronized void restore(List<RunLog> sealed) {
    requireOpen();
    for (RunLog log : sealed) {
      RunInfo info = log.info();
      MemoryRun run = new MemoryRun(info.id(), info.request(), info.started());
      run.params.putAll(info.params());
      run.tags.putAll(info.tags());
      run.inputs.putAll(info.inputs());
      run.outputs.putAll(info.outputs());
      run.points.putAll(log.points());
      run.status = info.status();
      run.ended = info.ended();
      run.record = info.record();
      runs.put(info.id(), run);
    }
  }

  @Override
  public synchronized Set<RunId> sealed() {
    Set<RunId> sealed = new HashSet<>(runs.keySet());
    sealed.removeIf(id -> run(id).record.isEmpty());
    return sealed;
  }

  @Override
  public synchronized void forget(Set<RunId> ids) {
    runs.keySet().removeAll(ids);
  }

  /** Returns none: no other process has runs here. */
  @Override
  public List<Orphan> adopt() {
    return List.of();
  }

  @Override
  public synchronized Optional<RunLog> read(RunId id) {
    return Optional.ofNullable(runs.get(id))
        .map(run -> new RunLog(run.info(), run.points, run.environment));
  }

  @Override
  public synchronized Optional<RunInfo> find(RunId id) {
    requireOpen();
    return Optional.ofNullable(runs.get(id)).map(MemoryRun::info);
  }

  @Override
  public synchronized List<RunInfo> list(RunQuery query) {
    requireOpen();
    return runs.values().stream()
        .filter(run -> query.status().map(run.status::equals).orElse(true))
        .filter(run -> query.experiment().map(run.request.experiment()::equals).orElse(true))
        .sorted(order(query))
        .limit(query.limit())
        .map(MemoryRun::info)
        .toList();
  }

  private static Comparator<MemoryRun> order(RunQuery query) {
    if (query.metric().isEmpty()) {
      Comparator<MemoryRun> started = Comparator.comparing(run -> run.started);
      return started.reversed().thenComparing(run -> run.id);
    }
    String metric = query.metric().get();
    Comparator<Double> values =
        query.ascending() ? Comparator.naturalOrder() : Comparator.reverseOrder();
    Comparator<MemoryRun> byValue =
        Comparator.comparing(run -> last(run, metric), Comparator.nullsLast(values));
    return byValue.thenComparing(run -> run.id);
  }

  /** Returns the last value of a metric, or nothing if there is none or it is NaN. */
  private static @org.jspecify.annotations.Nullable Double last(MemoryRun run, String metric) {
    Points points = run.points.get(metric);
    double value = points == null ? Double.NaN : points.value(points.last());
    return Double.isNaN(value) ? null : value;
  }

  @Override
  public synchronized List<MetricPoint> history(RunId id, String metric) {
    requireOpen();
    return Optional.ofNullable(runs.get(id))
        .map(run -> run.points.get(metric))
        .map(points -> points.byStep().toList())
        .orElse(List.of());
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
