package dev.mlstack.data.version;

import dev.mlstack.data.arrow.Allocators;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Reads groups, each as one table. Owns an allocator and the table that it gave last. */
final class GroupReader implements TableReader {

  private final SnapshotContent content;
  private final Iterator<SnapshotContent.Group> groups;
  private final ObjectSource store;
  private final BufferAllocator allocator;
  private @Nullable ArrowTable table;
  private boolean closed;

  GroupReader(
      SnapshotContent content,
      List<SnapshotContent.Group> groups,
      ObjectSource store,
      @Nullable BufferAllocator parent) {
    this.content = content;
    this.groups = groups.iterator();
    this.store = store;
    this.allocator = Allocators.open(parent, "snapshot " + content.digest().abbreviated());
  }

  @Override
  public @Nullable Table next() {
    freeTable();
    if (closed || !groups.hasNext()) {
      return null;
    }
    SnapshotContent.Group group = groups.next();
    table =
        ArrowTable.decoding(
            content.schema(), group.rows(), content.encoded(group, store), allocator);
    return table;
  }

  private void freeTable() {
    if (table != null) {
      table.close();
      table = null;
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      freeTable();
      allocator.close();
    }
  }
}
