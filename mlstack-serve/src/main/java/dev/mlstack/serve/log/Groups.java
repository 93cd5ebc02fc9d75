package dev.mlstack.serve.log;

import dev.mlstack.predict.LoggedPrediction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Divides entries into groups that can each stand in one table. */
final class Groups {

  /** About how many bytes of values a group may have, if it has two entries or more. */
  private static final long MAX_BYTES = 64L << 20;

  private final int mostEntries;
  private final long mostBytes;
  private final List<Group> groups = new ArrayList<>();
  private final Map<Key, Group> open = new HashMap<>();
  private @Nullable Group last;

  private record Key(String endpoint, SegmentTable.Shape shape) {}

  /** Entries of one endpoint and one shape, in the order in which they were given. */
  static final class Group {
    private final Key key;
    private final List<LoggedPrediction> entries = new ArrayList<>();
    private long bytes;

    private Group(Key key) {
      this.key = key;
    }

    String endpoint() {
      return key.endpoint();
    }

    SegmentTable.Shape shape() {
      return key.shape();
    }

    List<LoggedPrediction> entries() {
      return entries;
    }

    /** Compares without hashing a schema, which takes longer than all else here. */
    private boolean takes(LoggedPrediction entry) {
      return shape().outputs() == entry.outputs().length
          && endpoint().equals(entry.endpoint())
          && shape().input().equals(entry.input().schema());
    }
  }

  private Groups(int mostEntries, long mostBytes) {
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
  }

  /**
   * Returns the groups of some entries, whose inputs are {@link CopiedRow}s.
   *
   * @param mostEntries how many entries a group may have
   */
  static List<Group> of(List<LoggedPrediction> entries, int mostEntries) {
    return of(entries, mostEntries, MAX_BYTES);
  }

  static List<Group> of(List<LoggedPrediction> entries, int mostEntries, long mostBytes) {
    Groups groups = new Groups(mostEntries, mostBytes);
    entries.forEach(groups::add);
    return groups.groups;
  }

  private void add(LoggedPrediction entry) {
    Group group = last;
    if (group == null || !group.takes(entry)) {
      Key key = new Key(entry.endpoint(), SegmentTable.Shape.of(entry));
      group = open.computeIfAbsent(key, this::begin);
    }
    int bytes = Intake.bytes(entry);
    if (group.entries.size() >= mostEntries
        || (!group.entries.isEmpty() && group.bytes + bytes > mostBytes)) {
      group = begin(group.key);
      open.put(group.key, group);
    }
    group.entries.add(entry);
    group.bytes += bytes;
    last = group;
  }

  private Group begin(Key key) {
    Group group = new Group(key);
    groups.add(group);
    return group;
  }
}
