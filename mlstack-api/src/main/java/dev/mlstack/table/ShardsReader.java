package dev.mlstack.table;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads shards one after another. */
final class ShardsReader implements TableReader {

  private final Iterator<Shard> shards;
  private @Nullable TableReader current;

  ShardsReader(List<Shard> shards) {
    this.shards = shards.iterator();
  }

  @Override
  public @Nullable Table next() {
    while (true) {
      if (current != null) {
        Table table = current.next();
        if (table != null) {
          return table;
        }
        current.close();
        current = null;
      }
      if (!shards.hasNext()) {
        return null;
      }
      current = shards.next().open();
    }
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    while (shards.hasNext()) {
      shards.next();
    }
  }
}
