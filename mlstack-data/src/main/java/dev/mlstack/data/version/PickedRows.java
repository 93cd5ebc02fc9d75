package dev.mlstack.data.version;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Some rows of a snapshot, in any order. */
final class PickedRows implements Dataset {

  private static final int MOST_OF_A_TABLE = 1 << 16;

  private final Snapshot snapshot;
  private final long[] places;
  private final List<int[]> runs = new ArrayList<>();

  /**
   * Creates a dataset.
   *
   * @param places where the rows stand; not copied
   */
  PickedRows(Snapshot snapshot, long[] places) {
    this.snapshot = snapshot;
    this.places = places;
    int from = 0;
    for (int i = 1; i <= places.length; i++) {
      boolean ends =
          i == places.length
              || RowChanges.group(places[i]) != RowChanges.group(places[from])
              || i - from == MOST_OF_A_TABLE;
      if (ends) {
        runs.add(new int[] {from, i});
        from = i;
      }
    }
  }

  @Override
  public Schema schema() {
    return snapshot.schema();
  }

  @Override
  public long rows() {
    return places.length;
  }

  /** Returns the digest of the snapshot and of the places of the rows. */
  @Override
  public Digest digest() {
    ByteBuffer bytes = ByteBuffer.allocate(Digest.BYTES + places.length * Long.BYTES);
    bytes.put(snapshot.digest().toBytes()).asLongBuffer().put(places);
    return Digest.of(bytes.array());
  }

  @Override
  public Optional<Digest> record() {
    return snapshot.record();
  }

  @Override
  public List<Shard> shards() {
    Runnable telling = snapshot.tellingOnce();
    return runs.isEmpty()
        ? List.of(() -> snapshot.reader(List.of()))
        : runs.stream().map(run -> (Shard) () -> reader(run, telling)).toList();
  }

  private TableReader reader(int[] run, Runnable telling) {
    telling.run();
    int[] rows = IntStream.range(run[0], run[1]).map(i -> RowChanges.row(places[i])).toArray();
    int group = RowChanges.group(places[run[0]]);
    TableReader whole = snapshot.reader(List.of(snapshot.content().groups().get(group)));
    return new TableReader() {
      @Override
      public @Nullable Table next() {
        Table table = whole.next();
        return table == null ? null : table.select(rows);
      }

      @Override
      public void close() {
        whole.close();
      }
    };
  }
}
