package dev.mlstack.data.transform;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of a table as a dataset, cut into shards and tables in some way. */
record Cut(Table all, List<List<Table>> tables) implements Dataset {

  /** Returns a dataset of one shard with one table. */
  static Dataset whole(Table table) {
    return new Cut(table, List.of(List.of(table)));
  }

  /** Returns a dataset that is cut at random into some shards, each cut into tables at random. */
  static Dataset random(Table table, int shards, long seed) {
    Random random = new Random(seed);
    List<List<Table>> cut = new ArrayList<>();
    for (int[] shard : pieces(0, table.rows(), shards, random)) {
      List<Table> tables = new ArrayList<>();
      for (int[] piece : pieces(shard[0], shard[1], 1 + random.nextInt(4), random)) {
        tables.add(table.select(IntStream.range(piece[0], piece[1]).toArray()));
      }
      cut.add(tables);
    }
    return new Cut(table, cut);
  }

  private static List<int[]> pieces(int from, int to, int count, Random random) {
    int[] borders =
        IntStream.concat(
                IntStream.of(from, to),
                IntStream.generate(() -> from + random.nextInt(to - from + 1)).limit(count - 1L))
            .sorted()
            .toArray();
    return IntStream.range(0, count).mapToObj(i -> new int[] {borders[i], borders[i + 1]}).toList();
  }

  @Override
  public Schema schema() {
    return all.schema();
  }

  @Override
  public long rows() {
    return all.rows();
  }

  @Override
  public Digest digest() {
    return Digest.of(new byte[0]);
  }

  @Override
  public Optional<Digest> record() {
    return Optional.empty();
  }

  @Override
  public List<Shard> shards() {
    return tables.stream().map(shard -> (Shard) () -> new Reader(shard.iterator())).toList();
  }

  private record Reader(Iterator<Table> tables) implements TableReader {
    @Override
    public @Nullable Table next() {
      return tables.hasNext() ? tables.next() : null;
    }

    @Override
    public void close() {}
  }
}
