package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.mlstack.feature.FeatureSink;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.RowEncoder;
import dev.mlstack.feature.Slot;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws of {@link FittedPipeline}, above all that columns and rows are encoded to equal bits.
 *
 * <p>Tables are random, of the schema that a pipeline reads, with the texts that its slots name
 * among them. All pipelines of an implementation together see about 200,000 random cells, or 10
 * million with {@code -Dmlstack.exhaustive=true}; {@code -Dmlstack.seed=} repeats a failure.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FittedPipelineKit {

  private static final int[] SIZES = {0, 1, 2, 3, 511, 512, 513, 1023, 1024, 1025, 2500};
  private static final float GARBAGE = 12345.678f;

  /** For subclasses. */
  protected FittedPipelineKit() {}

  /** Returns the pipelines to test: of every step, and of many steps together. */
  protected abstract Stream<FittedPipeline> pipelines();

  /**
   * Tells whether encoding may allocate, because a step takes the text of any whole number and not
   * just of those that slots name. By default no pipeline may.
   */
  protected boolean mayAllocate(FittedPipeline pipeline) {
    return false;
  }

  /** Loads a pipeline of the implementation. */
  protected abstract FittedPipeline load(ObjectSource source, Digest digest);

  private List<FittedPipeline> tested = List.of();

  final List<FittedPipeline> tested() {
    if (tested.isEmpty()) {
      tested = pipelines().toList();
    }
    return tested;
  }

  final List<FittedPipeline> testedForAllocation() {
    return tested().stream().filter(pipeline -> !mayAllocate(pipeline)).toList();
  }

  private long cells() {
    long all = Boolean.getBoolean("mlstack.exhaustive") ? 10_000_000 : 200_000;
    return all / tested().size();
  }

  @ParameterizedTest
  @MethodSource("tested")
  void columnsAndRowsGiveEqualBits(FittedPipeline pipeline) {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    long budget = cells();
    while (budget > 0) {
      int rows = SIZES[random.nextInt(SIZES.length)];
      BoxedTable table = table(pipeline, pipeline.input(), rows, random.nextLong());
      budget -= Math.max(1, (long) rows * table.schema().size());
      float[] columns = columns(pipeline, table);
      RowEncoder encoder = pipeline.encoder(table.schema());
      assertThat(encoder.width()).isEqualTo(pipeline.layout().width());
      assertSameBits(encode(encoder, table.cursor(), rows), columns, pipeline, seed);
      for (int row = 0; row < rows; row++) {
        float[] one = encode(encoder, table.row(row));
        float[] expected =
            Arrays.copyOfRange(columns, row * encoder.width(), (row + 1) * encoder.width());
        assertSameBits(one, expected, pipeline, seed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tested")
  void rowIsEncodedAloneAsAmongOthers(FittedPipeline pipeline) {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    Table table = table(pipeline, pipeline.input(), 700, seed);
    int[] some = random.ints(300, 0, table.rows()).toArray();
    float[] all = columns(pipeline, table);
    float[] selected = columns(pipeline, table.select(some));
    int width = pipeline.layout().width();
    for (int i = 0; i < some.length; i++) {
      assertSameBits(
          Arrays.copyOfRange(selected, i * width, (i + 1) * width),
          Arrays.copyOfRange(all, some[i] * width, (some[i] + 1) * width),
          pipeline,
          seed);
    }
  }

  @ParameterizedTest
  @MethodSource("tested")
  void columnsMayStandInAnyOrderAmongOthers(FittedPipeline pipeline) {
    long seed = RandomTables.seed();
    BoxedTable table = table(pipeline, pipeline.input(), 200, seed);
    List<Field> fields = new ArrayList<>(pipeline.input().fields());
    Schema others =
        Schema.of(
            Field.of("another 1", FieldType.TEXT),
            Field.of("another 2", FieldType.tensor(2)),
            Field.of("another 3", FieldType.FLOAT64));
    fields.addAll(others.fields());
    Collections.shuffle(fields, new Random(seed));
    BoxedTable joined =
        table.join(RandomTables.boxed(others, 200, seed, Map.of()), Schema.of(fields));
    float[] expected = columns(pipeline, table);
    assertSameBits(columns(pipeline, joined), expected, pipeline, seed);
    RowEncoder encoder = pipeline.encoder(joined.schema());
    assertSameBits(encode(encoder, joined.cursor(), 200), expected, pipeline, seed);
  }

  @ParameterizedTest
  @MethodSource("tested")
  void threadsShareAPipelineAndAnEncoder(FittedPipeline pipeline) throws Exception {
    long seed = RandomTables.seed();
    BoxedTable table = table(pipeline, pipeline.input(), 600, seed);
    float[] expected = columns(pipeline, table);
    RowEncoder encoder = pipeline.encoder(table.schema());
    List<Callable<float[]>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(() -> columns(pipeline, table));
      tasks.add(() -> encode(encoder, table.cursor(), table.rows()));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<float[]> result : threads.invokeAll(tasks)) {
        assertSameBits(result.get(), expected, pipeline, seed);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("tested")
  void loadedPipelineHasEqualDigestAndGivesEqualBits(FittedPipeline pipeline) {
    Map<Digest, StoredObject> objects = new HashMap<>();
    Digest root =
        pipeline.writeTo(
            object -> {
              objects.put(object.digest(), object);
              return object.digest();
            });
    FittedPipeline loaded = load(source(objects), root);
    assertThat(root).isEqualTo(pipeline.digest());
    assertThat(loaded.digest()).isEqualTo(root);
    assertThat(loaded.input()).isEqualTo(pipeline.input());
    assertThat(loaded.layout()).isEqualTo(pipeline.layout());
    long seed = RandomTables.seed();
    BoxedTable table = table(pipeline, pipeline.input(), 300, seed);
    assertSameBits(columns(loaded, table), columns(pipeline, table), pipeline, seed);
    assertSameBits(
        encode(loaded.encoder(table.schema()), table.cursor(), 300),
        columns(pipeline, table),
        pipeline,
        seed);
  }

  private static ObjectSource source(Map<Digest, StoredObject> objects) {
    return digest -> {
      StoredObject object = objects.get(digest);
      if (object == null) {
        throw new ObjectNotFoundException(digest, "the test");
      }
      return object;
    };
  }

  @ParameterizedTest
  @MethodSource("tested")
  void missingColumnIsNamed(FittedPipeline pipeline) {
    for (Field field : pipeline.input().fields()) {
      Schema without =
          Schema.of(
              pipeline.input().fields().stream()
                  .map(f -> f.equals(field) ? f.withName("another") : f)
                  .toList());
      assertRefused(pipeline, without, "'" + field.name() + "'");
    }
  }

  @ParameterizedTest
  @MethodSource("tested")
  void columnOfUnsuitableTypeIsNamedWithBothTypes(FittedPipeline pipeline) {
    for (Field field : pipeline.input().fields()) {
      FieldType other =
          field.type() instanceof FieldType.Tensor ? FieldType.TEXT : FieldType.tensor(3);
      Schema wrong = pipeline.input().with(field.name(), f -> f.withType(other));
      assertRefused(
          pipeline, wrong, "'" + field.name() + "'", field.type().toString(), other.toString());
    }
  }

  private static void assertRefused(FittedPipeline pipeline, Schema schema, String... named) {
    assertThatThrownBy(() -> pipeline.encoder(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(named);
    Table table = RandomTables.of(schema, 2, 1);
    assertThatThrownBy(() -> columns(pipeline, table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(named);
  }

  @ParameterizedTest
  @MethodSource("tested")
  void rowOfAnotherSchemaIsRefused(FittedPipeline pipeline) {
    RowEncoder encoder = pipeline.encoder(pipeline.input());
    Schema wider = pipeline.input().with(Field.of("another", FieldType.TEXT));
    Row row = RandomTables.boxed(wider, 1, 1, Map.of()).row(0);
    assertThatThrownBy(() -> encoder.encode(row, new float[encoder.width()], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another");
  }

  @ParameterizedTest
  @MethodSource("tested")
  void slotsComeFromTheInput(FittedPipeline pipeline) {
    assertThat(pipeline.layout().width()).isPositive();
    assertThat(pipeline.layout().slots()).allMatch(slot -> !slot.column().isBlank());
    assertThat(pipeline.layout().names()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("testedForAllocation")
  void encodingARowAllocatesNothing(FittedPipeline pipeline) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    BoxedTable table = table(pipeline, pipeline.input(), 500, 1);
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      rows.add(table.row(row));
    }
    RowEncoder encoder = pipeline.encoder(table.schema());
    float[] to = new float[encoder.width()];
    long fewest = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 20 && fewest > 0; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 2_000; i++) {
        encoder.encode(rows.get(i % rows.size()), to, 0);
      }
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(fewest).as("bytes allocated by 2,000 calls").isZero();
  }

  private static BoxedTable table(FittedPipeline pipeline, Schema schema, int rows, long seed) {
    return RandomTables.boxed(schema, rows, seed, words(pipeline));
  }

  /** Returns the texts that slots name, by column; for columns of type int those that are whole. */
  private static Map<String, List<String>> words(FittedPipeline pipeline) {
    Map<String, List<String>> words = new TreeMap<>();
    for (Slot slot : pipeline.layout().slots()) {
      OptionalInt field = pipeline.input().find(slot.column());
      String prefix = slot.column() + "=";
      if (slot.kind() == Slot.Kind.INDICATOR && slot.name().startsWith(prefix)) {
        String word = slot.name().substring(prefix.length());
        boolean whole =
            field.isPresent()
                && pipeline.input().field(slot.column()).type() instanceof FieldType.Int;
        if (!whole || word.matches("-?[0-9]{1,18}")) {
          words.computeIfAbsent(slot.column(), column -> new ArrayList<>()).add(word);
        }
      }
    }
    return words;
  }

  private static float[] columns(FittedPipeline pipeline, Table table) {
    CheckingSink sink = new CheckingSink(pipeline.layout().width());
    pipeline.apply(table, sink);
    return sink.values(table.rows());
  }

  private static float[] encode(RowEncoder encoder, TableCursor cursor, int rows) {
    float[] to = new float[rows * encoder.width()];
    Arrays.fill(to, GARBAGE);
    for (int row = 0; row < rows; row++) {
      encoder.encode(cursor.moveTo(row), to, row * encoder.width());
    }
    return to;
  }

  /** Encodes a row into the middle of an array and checks that nothing beside it is touched. */
  private static float[] encode(RowEncoder encoder, Row row) {
    int width = encoder.width();
    float[] to = new float[width + 2];
    Arrays.fill(to, GARBAGE);
    encoder.encode(row, to, 1);
    if (to[0] != GARBAGE || to[width + 1] != GARBAGE) {
      throw new AssertionError("encode wrote beside the row");
    }
    return Arrays.copyOfRange(to, 1, width + 1);
  }

  private static void assertSameBits(
      float[] actual, float[] expected, FittedPipeline pipeline, long seed) {
    if (actual.length != expected.length) {
      throw new AssertionError(actual.length + " numbers came instead of " + expected.length);
    }
    for (int i = 0; i < actual.length; i++) {
      if (Float.floatToRawIntBits(actual[i]) != Float.floatToRawIntBits(expected[i])) {
        int width = pipeline.layout().width();
        throw new AssertionError(
            "row "
                + i / width
                + ", slot "
                + pipeline.layout().slots().get(i % width).name()
                + " is "
                + describe(actual[i])
                + " but should be "
                + describe(expected[i])
                + "; repeat with -Dmlstack.seed="
                + seed);
      }
    }
  }

  private static String describe(float value) {
    return value + " (bits " + Integer.toHexString(Float.floatToRawIntBits(value)) + ")";
  }

  /** Collects what a pipeline gives, and checks that it keeps the contract of sinks. */
  private static final class CheckingSink implements FeatureSink {
    private final int width;
    private float @Nullable [] values;
    private boolean[] taken = {};

    CheckingSink(int width) {
      this.width = width;
    }

    float[] values(int rows) {
      assertThat(values).as("begin must be called").isNotNull();
      float[] all = Objects.requireNonNull(values);
      assertThat(all).as("rows begun").hasSize(rows * width);
      return all;
    }

    @Override
    public void begin(int rows) {
      assertThat(values).as("begin must be called once").isNull();
      values = new float[rows * width];
      taken = new boolean[rows * width];
    }

    @Override
    public void numbers(int slot, int row, float[] numbers, int count) {
      for (int i = 0; i < count; i++) {
        put(row + i, slot, numbers[i]);
      }
    }

    @Override
    public void indicators(int firstSlot, int row, int[] offsets, int count) {
      for (int i = 0; i < count; i++) {
        if (offsets[i] >= 0) {
          put(row + i, firstSlot + offsets[i], 1);
        }
      }
    }

    private void put(int row, int slot, float value) {
      int place = row * width + Objects.checkIndex(slot, width);
      assertThat(taken[place]).as("row %d, slot %d put twice", row, slot).isFalse();
      taken[place] = true;
      Objects.requireNonNull(values)[place] = value;
    }
  }
}
