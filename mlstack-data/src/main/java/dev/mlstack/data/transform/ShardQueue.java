package dev.mlstack.data.transform;

import dev.mlstack.table.Shard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shards that threads take one by one, in a round. Safe for use by several threads. */
final class ShardQueue {

  private final List<Shard> shards;
  private int next;

  ShardQueue(List<Shard> shards) {
    this.shards = shards;
  }

  /** Returns a shard that nobody has taken, or {@code null} if none is left. */
  synchronized @Nullable Shard poll() {
    return next < shards.size() ? shards.get(next++) : null;
  }

  /** Leaves no shard, as a thread has failed and the round with it. */
  synchronized void close() {
    next = shards.size();
  }
}
