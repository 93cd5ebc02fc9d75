package dev.mlstack.data.version;

import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import dev.mlstack.table.TableReader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads rows of a snapshot in any order. Owns readers of the groups that it read last. */
final class OpenGroups implements AutoCloseable {

  private static final int MOST = 8;

  private final Snapshot snapshot;
  private final Map<Integer, Open> open = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  OpenGroups(Snapshot snapshot) {
    this.snapshot = snapshot;
    snapshot.tell();
  }

  private record Open(TableReader reader, Table table, TableCursor cursor) {
    static Open of(TableReader reader) {
      Table table = reader.next();
      if (table == null) {
        throw new IllegalStateException("a group has no rows");
      }
      return new Open(reader, table, table.cursor());
    }
  }

  /** Returns a group, which is borrowed until the next call. */
  Table table(int group) {
    return open(group).table();
  }

  /** Returns a row, which is borrowed until the next call. */
  TableCursor row(long place) {
    return open(RowChanges.group(place)).cursor().moveTo(RowChanges.row(place));
  }

  private Open open(int group) {
    Open found = open.get(group);
    if (found == null) {
      found = Open.of(snapshot.reader(List.of(snapshot.content().groups().get(group))));
      open.put(group, found);
      closeEldest();
    }
    return found;
  }

  private void closeEldest() {
    if (open.size() > MOST) {
      Iterator<Open> eldest = open.values().iterator();
      eldest.next().reader().close();
      eldest.remove();
    }
  }

  @Override
  public void close() {
    open.values().forEach(group -> group.reader().close());
    open.clear();
  }
}
