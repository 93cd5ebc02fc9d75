package dev.mlstack.benchmarks;

import dev.mlstack.compute.RandomStream;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.arrow.Allocators;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Orders of a shop, made from a seed, as Arrow tables that it owns. */
final class OrderRows implements Dataset, AutoCloseable {

  static final long FIRST_SECOND = 1_600_000_000;
  static final int USERS = 1_000_000;

  static final Schema SCHEMA =
      Schema.of(
          Field.of("id", FieldType.INT64),
          Field.of("user_id", FieldType.INT64),
          Field.of("age", FieldType.INT32),
          Field.of("qty", FieldType.INT32),
          Field.of("price", FieldType.FLOAT64),
          Field.of("discount", FieldType.FLOAT64),
          Field.of("country", FieldType.TEXT),
          Field.of("zip", FieldType.TEXT),
          Field.of("sku", FieldType.TEXT),
          Field.of("ts", FieldType.INSTANT));

  private static final List<String> COUNTRIES =
      List.of("DE", "AT", "CH", "FR", "IT", "ES", "US", "GB", "NL", "XX");
  private static final int TABLE_ROWS = 1 << 16;

  private final RandomStream random = RandomStream.of(7, "orders");
  private final List<ArrowTable> tables = new ArrayList<>();
  private final BufferAllocator allocator = Allocators.open(null, "orders");
  private final int rows;

  OrderRows(int rows) {
    this.rows = rows;
    ArrowTableBuilder builder = new ArrowTableBuilder(SCHEMA);
    for (int from = 0; from < rows; from += TABLE_ROWS) {
      MemoryTable table = make(from, Math.min(rows, from + TABLE_ROWS));
      long[] ids = new long[table.rows()];
      Arrays.setAll(ids, table::rowId);
      builder.append(table, 0, table.rows(), ids, 0);
      tables.add(builder.build(allocator));
      builder.clear();
    }
  }

  private MemoryTable make(int from, int to) {
    MemoryTable.Builder table = MemoryTable.builder(SCHEMA);
    for (int row = from; row < to; row++) {
      long draw = row * 8L;
      int user = random.below(USERS, draw);
      boolean none = random.below(20, draw + 1) == 0;
      String zip = String.valueOf(10_000 + random.below(90_000, draw + 2));
      table.add(
          row,
          (long) row,
          (long) user,
          18 + random.below(80, draw + 3),
          1 + random.below(9, draw + 4),
          random.uniform(draw + 5) * 100,
          none ? null : random.uniform(draw + 1),
          COUNTRIES.get(random.below(COUNTRIES.size(), draw + 6)),
          row % 3 == 0 ? zip + "-1234" : row % 50_021 == 0 ? "?" + zip : zip,
          "SKU-" + (10_000_000 + random.below(250_000, draw + 7)),
          Instant.ofEpochSecond(FIRST_SECOND + row));
    }
    return table.build();
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public Digest digest() {
    return Digest.of(("orders " + rows).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<Digest> record() {
    return Optional.empty();
  }

  @Override
  public List<Shard> shards() {
    return tables.stream().map(table -> (Shard) () -> new Once(table)).toList();
  }

  @Override
  public void close() {
    tables.forEach(ArrowTable::close);
    allocator.close();
  }

  /** Gives one table that stays with the dataset. */
  private static final class Once implements TableReader {
    private @Nullable Table table;

    Once(Table table) {
      this.table = table;
    }

    @Override
    public @Nullable Table next() {
      Table next = table;
      table = null;
      return next;
    }

    @Override
    public void close() {
      table = null;
    }
  }
}
