package dev.mlstack.serve.log;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores what a process that died left in its journal. */
final class Recovery {

  private static final Logger LOGGER = LoggerFactory.getLogger(Recovery.class);

  private Recovery() {}

  /**
   * Stores the entries of a journal, unless its process is alive, and removes it. If part of it
   * cannot be read, the file is set aside rather than deleted.
   */
  static void run(Path file, Segments segments) throws IOException {
    Journal journal = Journal.takeOver(file);
    if (journal == null) {
      return;
    }
    boolean done = false;
    try {
      Journal.Contents contents = journal.read();
      long stored = store(contents.blocks(), segments);
      done = true;
      if (contents.complete()) {
        journal.delete();
        LOGGER.info("stored {} predictions of a process that died, from {}", stored, file);
      } else {
        LOGGER.error(
            "stored {} predictions of {}, which is damaged, and kept it as {}",
            stored,
            file,
            journal.setAside());
      }
    } finally {
      if (!done) {
        journal.close();
      }
    }
  }

  private static long store(List<Journal.Block> blocks, Segments segments) {
    Map<String, List<LoggedPrediction>> byEndpoint = new LinkedHashMap<>();
    for (Journal.Block block : blocks) {
      byEndpoint.computeIfAbsent(block.endpoint(), e -> new ArrayList<>()).addAll(block.entries());
    }
    long stored = 0;
    for (Map.Entry<String, List<LoggedPrediction>> entry : byEndpoint.entrySet()) {
      List<LoggedPrediction> missing = missing(entry.getKey(), entry.getValue(), segments);
      Groups.of(missing, StoredPredictionLog.SEGMENT_ENTRIES).forEach(segments::append);
      stored += missing.size();
    }
    return stored;
  }

  /** Returns those that are in no segment: the process may have died right after storing one. */
  private static List<LoggedPrediction> missing(
      String endpoint, List<LoggedPrediction> entries, Segments segments) {
    Set<PredictionId> known = new HashSet<>();
    for (Segment segment : segments.of(endpoint)) {
      if (entries.stream().anyMatch(entry -> segment.mayContain(entry.id()))) {
        segments.entries(segment).forEach(entry -> known.add(entry.id()));
      }
    }
    return entries.stream().filter(entry -> known.add(entry.id())).toList();
  }
}
