package dev.mlstack.track;

import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunStatus;
import dev.mlstack.run.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that a tracker answers, to be compared with what it answers later. */
record Answers(
    List<List<RunInfo>> lists,
    SortedMap<RunId, RunInfo> found,
    SortedMap<RunId, Map<String, List<MetricPoint>>> histories) {

  static Answers of(Tracker tracker) {
    List<RunQuery> queries = new ArrayList<>();
    queries.add(RunQuery.all());
    queries.add(RunQuery.all().limit(3));
    queries.add(RunQuery.all().inExperiment("even"));
    queries.add(RunQuery.all().highestFirst("loss"));
    queries.add(RunQuery.all().lowestFirst("größe").inExperiment("odd").limit(2));
    for (RunStatus status : RunStatus.values()) {
      queries.add(RunQuery.all().withStatus(status));
    }
    SortedMap<RunId, RunInfo> found = new TreeMap<>();
    SortedMap<RunId, Map<String, List<MetricPoint>>> histories = new TreeMap<>();
    for (RunInfo info : tracker.list(RunQuery.all())) {
      found.put(info.id(), tracker.find(info.id()).orElseThrow());
      Map<String, List<MetricPoint>> values = new TreeMap<>();
      info.metrics().keySet().forEach(name -> values.put(name, tracker.history(info.id(), name)));
      histories.put(info.id(), values);
    }
    return new Answers(queries.stream().map(tracker::list).toList(), found, histories);
  }
}
