package dev.mlstack.serve.log;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Durable entries that are in no segment yet, by endpoint. An entry leaves only after its segment
 * is stored, so whoever looks here first and into the segments then finds it. Safe for use by
 * several threads; no call waits for a disk.
 */
final class Pending {

  private final Map<String, Map<PredictionId, LoggedPrediction>> entries = new LinkedHashMap<>();
  private long bytes;

  synchronized void add(List<LoggedPrediction> added) {
    for (LoggedPrediction entry : added) {
      Map<PredictionId, LoggedPrediction> ofEndpoint =
          entries.computeIfAbsent(entry.endpoint(), e -> new LinkedHashMap<>());
      if (ofEndpoint.put(entry.id(), entry) == null) {
        bytes += Intake.bytes(entry);
      }
    }
  }

  synchronized void remove(List<LoggedPrediction> stored) {
    for (LoggedPrediction entry : stored) {
      Map<PredictionId, LoggedPrediction> ofEndpoint = entries.get(entry.endpoint());
      if (ofEndpoint != null && ofEndpoint.remove(entry.id()) != null) {
        bytes -= Intake.bytes(entry);
      }
    }
    entries.values().removeIf(Map::isEmpty);
  }

  synchronized Optional<LoggedPrediction> find(PredictionId id) {
    for (Map<PredictionId, LoggedPrediction> ofEndpoint : entries.values()) {
      LoggedPrediction found = ofEndpoint.get(id);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** Returns the entries of an endpoint, sorted by identity. */
  List<LoggedPrediction> of(String endpoint) {
    List<LoggedPrediction> found;
    synchronized (this) {
      found = new ArrayList<>(entries.getOrDefault(endpoint, Map.of()).values());
    }
    found.sort(Comparator.comparing(LoggedPrediction::id));
    return found;
  }

  /** Returns all entries, endpoint by endpoint. */
  synchronized List<LoggedPrediction> all() {
    return entries.values().stream().flatMap(ofEndpoint -> ofEndpoint.values().stream()).toList();
  }

  /** Tells whether an endpoint has so many entries, or all together take so many bytes. */
  synchronized boolean reaches(int entriesOfOne, long bytesOfAll) {
    return bytes >= bytesOfAll
        || entries.values().stream().anyMatch(ofEndpoint -> ofEndpoint.size() >= entriesOfOne);
  }
}
