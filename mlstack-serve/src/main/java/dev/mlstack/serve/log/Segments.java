package dev.mlstack.serve.log;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stored segments of all endpoints. Those of one endpoint are a chain, the last of which is
 * found under the ref {@code predictions/<endpoint>}; several processes may append to it.
 */
final class Segments {

  private static final RefName ROOT = RefName.of("predictions");

  /** How many segments are kept decoded, for entries that are looked up one after another. */
  private static final int DECODED = 8;

  private static final Comparator<LoggedPrediction> BY_ID =
      Comparator.comparing(LoggedPrediction::id);

  private final ObjectStore store;
  private final Refs refs;
  private final String by;
  private final Map<Digest, Segment> known = new ConcurrentHashMap<>();
  private final LoadingCache<Segment, List<LoggedPrediction>> decoded;

  Segments(ObjectStore store, Refs refs, String by) {
    this.store = store;
    this.refs = refs;
    this.by = by;
    this.decoded = Caffeine.newBuilder().maximumSize(DECODED).build(s -> s.load(store));
  }

  /** Stores the entries of a group as the next segment of their endpoint. */
  void append(Groups.Group group) {
    String endpoint = group.endpoint();
    List<LoggedPrediction> sorted = new ArrayList<>(group.entries());
    sorted.sort(BY_ID);
    RefName name = ROOT.child(endpoint);
    Cause cause = new Cause(by, sorted.size() + " predictions");
    try (Batch batch = store.batch()) {
      Digest table = MemoryDataset.of(SegmentTable.encode(sorted, group.shape())).writeTo(batch);
      boolean moved = false;
      while (!moved) {
        Optional<Digest> previous = refs.find(name).map(Ref::target);
        Digest segment =
            batch.put(
                Segment.record(endpoint, sorted, table, previous, Instant.now(), by).toObject());
        batch.commit();
        moved =
            previous.isPresent()
                ? refs.move(name, previous.get(), segment, cause)
                : refs.create(name, segment, cause);
      }
    }
  }

  /** Returns the names of all endpoints that have segments, sorted. */
  List<String> endpoints() {
    return refs.list(ROOT).stream().map(ref -> ref.name().last()).toList();
  }

  /** Returns the segments of an endpoint, the last first. */
  List<Segment> of(String endpoint) {
    List<Segment> chain = new ArrayList<>();
    Optional<Digest> next = refs.find(ROOT.child(endpoint)).map(Ref::target);
    while (next.isPresent()) {
      Segment segment = known.computeIfAbsent(next.get(), digest -> Segment.read(store, digest));
      chain.add(segment);
      next = segment.previous();
    }
    return chain;
  }

  /** Returns the entries of a segment, sorted by identity. */
  List<LoggedPrediction> entries(Segment segment) {
    return decoded.get(segment);
  }

  /** Returns the entry of an identity, if a segment has it. */
  Optional<LoggedPrediction> find(PredictionId id) {
    for (String endpoint : endpoints()) {
      for (Segment segment : of(endpoint)) {
        if (segment.mayContain(id)) {
          Optional<LoggedPrediction> found = find(entries(segment), id);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<LoggedPrediction> find(List<LoggedPrediction> sorted, PredictionId id) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle).id().compareTo(id) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < sorted.size() && sorted.get(low).id().equals(id)
        ? Optional.of(sorted.get(low))
        : Optional.empty();
  }
}
