package dev.mlstack.benchmarks;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.math.StableMath;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.data.arrow.DoubleColumnBuilder;
import dev.mlstack.data.arrow.TextColumnBuilder;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import dev.mlstack.table.TextColumn;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Five million orders in memory, as Arrow tables: an amount, of which one in fifty is missing, one
 * of 40 countries, and one of a million articles. Owns the tables.
 */
final class Orders implements Dataset, AutoCloseable {

  private static final int ROWS = 5_000_000;
  private static final int TABLE_ROWS = 1 << 16;
  private static final int COUNTRIES = 40;
  private static final int ARTICLES = 1_000_000;
  private static final int MISSING_ONE_IN = 50;
  private static final int RECORD_BYTES = Double.BYTES + 2 * Integer.BYTES;

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("amount", FieldType.FLOAT64),
          Field.of("country", FieldType.TEXT),
          Field.of("sku", FieldType.TEXT));

  private final BufferAllocator allocator = new RootAllocator();
  private final List<ArrowTable> tables = new ArrayList<>();

  private Orders() {}

  /** Loads the orders from a file that peers read, too; it is made if it is not there. */
  static Orders of(Workbench workbench) throws IOException {
    Path file = workbench.data("orders-" + ROWS + ".bin", Orders::write);
    Orders orders = new Orders();
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer block = ByteBuffer.allocate(TABLE_ROWS * RECORD_BYTES);
      block.order(ByteOrder.LITTLE_ENDIAN);
      while (channel.read(block.clear()) > 0) {
        while (block.hasRemaining() && channel.read(block) > 0) {
          // Until the block is full or the file at its end.
        }
        orders.add(block.flip());
      }
    }
    return orders;
  }

  private static void write(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      for (int row = 0; row < ROWS; row++) {
        boolean missing = random.nextInt(MISSING_ONE_IN) == 0;
        double amount = missing ? Double.NaN : StableMath.exp(random.nextDouble(-3, 9));
        record.clear().putDouble(amount);
        record.putInt(random.nextInt(1 + random.nextInt(COUNTRIES)));
        record.putInt(random.nextInt(ARTICLES));
        out.write(record.array());
      }
    }
  }

  private void add(ByteBuffer records) {
    ArrowTableBuilder builder = new ArrowTableBuilder(SCHEMA);
    DoubleColumnBuilder amounts = (DoubleColumnBuilder) builder.column(0);
    TextColumnBuilder countries = (TextColumnBuilder) builder.column(1);
    TextColumnBuilder articles = (TextColumnBuilder) builder.column(2);
    while (records.hasRemaining()) {
      double amount = records.getDouble();
      if (Double.isNaN(amount)) {
        amounts.setNull();
      } else {
        amounts.set(amount);
      }
      set(countries, "country-" + records.getInt());
      set(articles, "SKU-" + (ARTICLES + records.getInt()));
      builder.endRow(builder.rows() + tables.size() * (long) TABLE_ROWS);
    }
    tables.add(builder.build(allocator));
  }

  private static void set(TextColumnBuilder column, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    column.set(utf8, 0, utf8.length);
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
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
    return tables.stream().map(table -> (Shard) () -> new OneTable(table)).toList();
  }

  /** Gives one table, which it does not own. */
  private static final class OneTable implements TableReader {
    private @Nullable Table table;

    OneTable(Table table) {
      this.table = table;
    }

    @Override
    public @Nullable Table next() {
      Table next = table;
      table = null;
      return next;
    }

    @Override
    public void close() {}
  }

  /**
   * Calls back for each table, from as many threads as the execution allows.
   *
   * @param perThread makes what each thread works with
   */
  <T> void forEachTable(Execution execution, Supplier<T> perThread, BiConsumer<Table, T> action) {
    AtomicInteger next = new AtomicInteger();
    List<CompletableFuture<Void>> work = new ArrayList<>();
    for (int thread = 0; thread < execution.parallelism(); thread++) {
      work.add(
          CompletableFuture.runAsync(
              () -> {
                T with = perThread.get();
                for (int i = next.getAndIncrement();
                    i < tables.size();
                    i = next.getAndIncrement()) {
                  action.accept(tables.get(i), with);
                }
              },
              execution.executor()));
    }
    work.forEach(CompletableFuture::join);
  }

  /** Copies a column into arrays, block by block. */
  void read(String column, Execution execution) {
    forEachTable(execution, () -> new Object[] {new double[512], new String[512]}, reader(column));
  }

  private BiConsumer<Table, Object[]> reader(String name) {
    return (table, arrays) -> {
      ColumnData column = table.column(name);
      for (int from = 0; from < table.rows(); from += 512) {
        int count = Math.min(512, table.rows() - from);
        if (column instanceof DoubleColumn doubles) {
          doubles.read(from, count, (double[]) arrays[0], 0);
        } else if (!(column instanceof CategoryColumn)) {
          ((TextColumn) column).read(from, count, (String[]) arrays[1], 0);
        }
      }
    };
  }

  @Override
  public void close() {
    tables.forEach(ArrowTable::close);
    allocator.close();
  }
}
