package dev.mlstack.core.evaluate;

import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table, cut into several tables and shards.
 *
 * @param whole the rows
 * @param tables the tables of each shard
 * @param rows how many rows the dataset says it has
 */
public record CutDataset(Dataset whole, List<List<Table>> tables, long rows) implements Dataset {

  private static final int TABLES_IN_A_SHARD = 3;

  /** Returns the rows of a table in tables of some size. */
  public static CutDataset of(MemoryTable table, int size) {
    List<List<Table>> shards = new ArrayList<>();
    for (int from = 0; from < table.rows(); from += size) {
      int[] rows = IntStream.range(from, Math.min(table.rows(), from + size)).toArray();
      if (shards.isEmpty() || shards.get(shards.size() - 1).size() == TABLES_IN_A_SHARD) {
        shards.add(new ArrayList<>());
      }
      shards.get(shards.size() - 1).add(table.select(rows));
    }
    return new CutDataset(MemoryDataset.of(table), shards, table.rows());
  }

  /** Returns a dataset that says it has another number of rows than it has. */
  public CutDataset withRows(long newRows) {
    return new CutDataset(whole, tables, newRows);
  }

  @Override
  public Schema schema() {
    return whole.schema();
  }

  @Override
  public Digest digest() {
    return whole.digest();
  }

  @Override
  public Optional<Digest> record() {
    return Optional.empty();
  }

  @Override
  public List<Shard> shards() {
    return tables.stream().map(shard -> (Shard) () -> new Reader(shard)).toList();
  }

  private static final class Reader implements TableReader {
    private final List<Table> tables;
    private int next;

    Reader(List<Table> tables) {
      this.tables = tables;
    }

    @Override
    public @Nullable Table next() {
      return next < tables.size() ? tables.get(next++) : null;
    }

    @Override
    public void close() {}
  }
}
