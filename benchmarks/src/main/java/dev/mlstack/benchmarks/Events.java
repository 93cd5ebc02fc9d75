package dev.mlstack.benchmarks;

import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.data.arrow.DoubleColumnBuilder;
import dev.mlstack.data.arrow.LongColumnBuilder;
import dev.mlstack.data.arrow.TextColumnBuilder;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Events of a shop in Arrow tables in memory: twenty columns of whole numbers, times, measurements
 * with all digits, prices, truth values, and texts of four to a million different values. Owns the
 * memory.
 */
final class Events implements Dataset, AutoCloseable {

  /** The columns. */
  static final Schema SCHEMA =
      Schema.of(
          Field.of("id", FieldType.INT64).required(),
          Field.of("user_id", FieldType.INT64).required(),
          Field.of("age", FieldType.INT64),
          Field.of("qty", FieldType.INT64).required(),
          Field.of("ts", FieldType.LOCAL_DATE_TIME).required(),
          Field.of("d0", FieldType.FLOAT64).required(),
          Field.of("d1", FieldType.FLOAT64),
          Field.of("d2", FieldType.FLOAT64).required(),
          Field.of("price", FieldType.FLOAT64).required(),
          Field.of("discount", FieldType.FLOAT64),
          Field.of("lat", FieldType.FLOAT64).required(),
          Field.of("lon", FieldType.FLOAT64).required(),
          Field.of("active", FieldType.BOOL).required(),
          Field.of("flag", FieldType.BOOL),
          Field.of("country", FieldType.TEXT).required(),
          Field.of("device", FieldType.TEXT).required(),
          Field.of("segment", FieldType.TEXT),
          Field.of("sku", FieldType.TEXT).required(),
          Field.of("session", FieldType.TEXT).required(),
          Field.of("note", FieldType.TEXT).required());

  private static final int TABLE_ROWS = 1 << 16;
  private static final long SEED = 20240607;
  private static final String[] COUNTRIES = {
    "US", "DE", "FR", "GB", "JP", "BR", "IN", "CN", "ZA", "CA", "MX", "ES", "IT", "NL", "SE", "PL"
  };
  private static final String[] DEVICES = {"mobile", "desktop", "tablet", "tv"};
  private static final String[] SEGMENTS = {
    "gold", "silver", "bronze", "new", "churn-risk", "enterprise", "unknown €"
  };
  private static final String[] WORDS = {
    "quick",
    "brown \"fox\"",
    "jumps, over",
    "lazy",
    "dog",
    "plain",
    "words",
    "café",
    "data",
    "order"
  };

  private final BufferAllocator allocator = new RootAllocator();
  private final List<ArrowTable> tables = new ArrayList<>();
  private final long rows;

  private Events(long rows) {
    this.rows = rows;
  }

  /** Makes events. The caller closes them. */
  static Events of(int rows) {
    Events events = new Events(rows);
    SplittableRandom random = new SplittableRandom(SEED);
    ArrowTableBuilder builder = new ArrowTableBuilder(SCHEMA);
    for (int row = 0; row < rows; row++) {
      put(builder, row, random);
      builder.endRow(row);
      if (builder.rows() == TABLE_ROWS || row == rows - 1) {
        events.tables.add(builder.build(events.allocator));
      }
    }
    return events;
  }

  private static void put(ArrowTableBuilder to, int row, SplittableRandom random) {
    whole(to, 0, row);
    whole(to, 1, 1 + random.nextInt(2_000_000));
    whole(to, 2, 18 + random.nextInt(72), random.nextInt(100) < 3);
    whole(to, 3, Math.min(random.nextInt(9), random.nextInt(15)));
    whole(to, 4, 1_600_000_000_000_000L + random.nextInt(100_000_000) * 1_000_000L);
    real(to, 5, gaussian(random), false);
    real(to, 6, 100 * gaussian(random), random.nextInt(20) == 0);
    real(to, 7, gaussian(random) / 1000, false);
    real(to, 8, Math.rint(2000 * -StrictMath.log(1 - random.nextDouble())) / 100, false);
    real(to, 9, random.nextInt(1001) / 1000.0, random.nextInt(10) == 0);
    real(to, 10, Math.rint((random.nextDouble() - 0.5) * 180e6) / 1e6, false);
    real(to, 11, Math.rint((random.nextDouble() - 0.5) * 360e6) / 1e6, false);
    whole(to, 12, random.nextInt(10) < 7 ? 1 : 0);
    whole(to, 13, random.nextInt(10) < 1 ? 1 : 0, random.nextInt(50) == 0);
    text(to, 14, COUNTRIES[random.nextInt(COUNTRIES.length)], false);
    text(to, 15, DEVICES[Math.min(random.nextInt(4), random.nextInt(4))], false);
    text(to, 16, SEGMENTS[random.nextInt(SEGMENTS.length)], random.nextInt(20) == 0);
    text(to, 17, "SKU-" + (10_000_000 + random.nextInt(1_000_000)), false);
    text(to, 18, hex(random.nextLong()), false);
    text(to, 19, note(random.nextInt(20_000)), false);
  }

  private static double gaussian(SplittableRandom random) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  private static String hex(long bits) {
    String digits = Long.toHexString(bits);
    return "0".repeat(16 - digits.length()) + digits;
  }

  private static String note(int number) {
    StringBuilder note = new StringBuilder();
    for (int rest = number; rest > 0; rest /= WORDS.length) {
      note.append(note.length() == 0 ? "" : " ").append(WORDS[rest % WORDS.length]);
    }
    return note.toString();
  }

  private static void whole(ArrowTableBuilder to, int column, long value) {
    ((LongColumnBuilder) to.column(column)).set(value);
  }

  private static void whole(ArrowTableBuilder to, int column, long value, boolean missing) {
    if (missing) {
      to.column(column).setNull();
    } else {
      whole(to, column, value);
    }
  }

  private static void real(ArrowTableBuilder to, int column, double value, boolean missing) {
    if (missing) {
      to.column(column).setNull();
    } else {
      ((DoubleColumnBuilder) to.column(column)).set(value);
    }
  }

  private static void text(ArrowTableBuilder to, int column, String value, boolean missing) {
    if (missing) {
      to.column(column).setNull();
    } else {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      ((TextColumnBuilder) to.column(column)).set(utf8, 0, utf8.length);
    }
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public long rows() {
    return rows;
  }

  /** Returns that of nothing: no benchmark asks what the events are. */
  @Override
  public Digest digest() {
    return MemoryDataset.of(MemoryTable.builder(SCHEMA).build()).digest();
  }

  @Override
  public Optional<Digest> record() {
    return Optional.empty();
  }

  @Override
  public List<Shard> shards() {
    return tables.stream().map(table -> (Shard) () -> new One(table)).toList();
  }

  @Override
  public void close() {
    tables.forEach(ArrowTable::close);
    allocator.close();
  }

  /** Lends one table. */
  private static final class One implements TableReader {
    private @Nullable Table table;

    One(Table table) {
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
