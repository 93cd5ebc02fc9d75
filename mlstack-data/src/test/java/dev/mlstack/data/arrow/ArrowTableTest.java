package dev.mlstack.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mlstack.core.table.ColumnCodec;
import dev.mlstack.core.table.EncodedColumn;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.core.table.TableCodec;
import dev.mlstack.data.testing.RandomTables;
import dev.mlstack.data.testing.TableAssert;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import dev.mlstack.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArrowTableTest {

  private final BufferAllocator allocator = new RootAllocator();
  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  @AfterEach
  void nothingIsLeft() {
    assertThat(allocator.getAllocatedMemory()).as("seed %d", seed).isZero();
    allocator.close();
  }

  private MemoryTable table(int rows, double missing) {
    return RandomTables.table(RandomTables.schema(), rows, missing, random);
  }

  private static ArrowTableBuilder builderOf(Table table) {
    ArrowTableBuilder builder = new ArrowTableBuilder(table.schema());
    builder.append(table, 0, table.rows(), ids(table), 0);
    return builder;
  }

  private static long[] ids(Table table) {
    return IntStream.range(0, table.rows()).mapToLong(table::rowId).toArray();
  }

  /** Sets the values of a row one by one, each column by the setter of its form. */
  private static void setRow(ArrowTableBuilder builder, Table from, int row) {
    for (int i = 0; i < from.schema().size(); i++) {
      ColumnData column = from.column(i);
      ArrowColumnBuilder to = builder.column(i);
      if (column.isNull(row)) {
        to.setNull();
      } else if (to instanceof LongColumnBuilder longs) {
        longs.set(((LongColumn) column).get(row));
      } else if (to instanceof DoubleColumnBuilder doubles) {
        doubles.set(((DoubleColumn) column).get(row));
      } else if (to instanceof CategoryColumnBuilder categories) {
        categories.set(((CategoryColumn) column).code(row));
      } else if (to instanceof TextColumnBuilder texts) {
        String text = String.valueOf(((TextColumn) column).get(row));
        byte[] utf8 = ("<" + text).getBytes(StandardCharsets.UTF_8);
        texts.set(utf8, 1, utf8.length - 1);
      } else {
        float[] numbers = new float[((FieldType.Tensor) column.field().type()).size() + 1];
        ((TensorColumn) column).read(row, numbers, 1);
        ((TensorColumnBuilder) to).set(numbers, 1);
      }
    }
  }

  @Test
  void types_coverEveryKind() {
    assertThat(RandomTables.types().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(FieldType.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void append_range_readsAsItWas(int rows, double missing) {
    MemoryTable expected = table(rows, missing);
    try (ArrowTable table = builderOf(expected).build(allocator)) {
      TableAssert.assertEqual(table, expected);
      TableAssert.assertEqual(MemoryTable.copyOf(table), expected);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void set_rowByRow_readsAsItWas(int rows, double missing) {
    MemoryTable expected = table(rows, missing);
    ArrowTableBuilder builder = new ArrowTableBuilder(expected.schema());
    for (int row = 0; row < rows; row++) {
      if (random.nextInt(3) == 0) {
        // What is set and not completed is replaced.
        setRow(builder, expected, random.nextInt(rows));
      }
      setRow(builder, expected, row);
      builder.endRow(expected.rowId(row));
    }
    assertThat(builder.rows()).isEqualTo(rows);
    try (ArrowTable table = builder.build(allocator)) {
      assertThat(builder.rows()).isZero();
      TableAssert.assertEqual(table, expected);
    }
  }

  static Stream<Arguments> sizes() {
    return Stream.of(0, 1, 7, 8, 9, 1500)
        .flatMap(rows -> Stream.of(0.0, 0.3, 1.0).map(missing -> Arguments.of(rows, missing)));
  }

  @Test
  void append_rangesOfArrowAndHeapTables_oneBehindTheOther() {
    MemoryTable all = table(3000, 0.2);
    ArrowTableBuilder builder = new ArrowTableBuilder(all.schema());
    long[] ids = ids(all);
    try (ArrowTable arrow = builderOf(all).build(allocator)) {
      int at = 0;
      while (at < all.rows()) {
        int count = Math.min(all.rows() - at, random.nextInt(300));
        builder.append(random.nextBoolean() ? arrow : all, at, count, ids, at);
        at += count;
      }
    }
    try (ArrowTable table = builder.build(allocator)) {
      TableAssert.assertEqual(table, all);
    }
  }

  /** What is left of one table does not show in the next that the builder makes. */
  @Test
  void builder_isUsedAgain() {
    ArrowTableBuilder builder = new ArrowTableBuilder(RandomTables.schema());
    for (int round = 0; round < 5; round++) {
      MemoryTable expected = table(random.nextInt(2000), random.nextDouble());
      builder.append(expected, 0, expected.rows(), ids(expected), 0);
      if (round == 3) {
        builder.clear();
      } else {
        try (ArrowTable table = builder.build(allocator)) {
          TableAssert.assertEqual(table, expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void encode_givesTheCanonicalBytes(int rows, double missing) {
    MemoryTable table = table(rows, missing);
    ArrowTableBuilder builder = builderOf(table);
    for (int i = 0; i < table.schema().size(); i++) {
      assertThat(builder.encodeColumn(i))
          .as("%s, seed %d", table.schema().field(i), seed)
          .isEqualTo(ColumnCodec.encode(table.column(i)));
    }
    assertThat(builder.encodeRowIds()).isEqualTo(TableCodec.encodeRowIds(table));
  }

  /** Words that differ only in bytes above 127, or that begin with each other. */
  @Test
  void encode_dictionary_isSortedByUnsignedBytes() {
    Schema schema = Schema.of(Field.of("t", FieldType.TEXT));
    MemoryTable.Builder rows = MemoryTable.builder(schema);
    String[] words = {"z", "é", "", "ab", "a", "\ud83d\udc0e", "\uffff", "abc"};
    for (int i = 0; i < 60; i++) {
      rows.add(i, words[i % words.length]);
    }
    MemoryTable table = rows.build();
    assertThat(builderOf(table).encodeColumn(0)).isEqualTo(ColumnCodec.encode(table.column(0)));
  }

  private static EncodedTable encoded(Table table, AtomicInteger fetched) {
    return new EncodedTable() {
      @Override
      public long[] rowIds() {
        return TableCodec.decodeRowIds(TableCodec.encodeRowIds(table));
      }

      @Override
      public EncodedColumn column(int index) {
        fetched.incrementAndGet();
        return new EncodedColumn(
            table.schema().field(index), ColumnCodec.encode(table.column(index)));
      }
    };
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void decoding_readsWhatWasEncoded(int rows, double missing) {
    MemoryTable table = table(rows, missing);
    AtomicInteger fetched = new AtomicInteger();
    try (ArrowTable decoded =
        ArrowTable.decoding(table.schema(), rows, encoded(table, fetched), allocator)) {
      assertThat(allocator.getAllocatedMemory()).isZero();
      // The canonical form has one NaN and one zero.
      try (ArrowTable again = builderOf(decoded).build(allocator)) {
        TableAssert.assertEqual(decoded, again);
      }
      for (int i = 0; i < table.schema().size(); i++) {
        assertThat(ColumnCodec.encode(decoded.column(i)))
            .isEqualTo(ColumnCodec.encode(table.column(i)));
      }
      for (int row = 0; row < rows; row++) {
        assertThat(decoded.rowId(row)).isEqualTo(table.rowId(row));
      }
      assertThat(fetched).hasValue(table.schema().size());
    }
  }

  @Test
  void decoding_columnIsFetchedWhenAsked_once_byManyThreads() {
    MemoryTable table = table(500, 0.1);
    AtomicInteger fetched = new AtomicInteger();
    try (ArrowTable decoded =
        ArrowTable.decoding(table.schema(), 500, encoded(table, fetched), allocator)) {
      CompletableFuture<?>[] readers =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      CompletableFuture.runAsync(
                          () -> {
                            TableAssert.assertEqual(decoded.column("c4"), table.column("c4"));
                            assertThat(decoded.rowId(3)).isEqualTo(table.rowId(3));
                          }))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(readers).join();
      assertThat(fetched).hasValue(1);
    }
  }

  @Test
  void decoding_wrongNumberOfRows_isRefused() {
    MemoryTable table = table(10, 0);
    try (ArrowTable decoded =
        ArrowTable.decoding(table.schema(), 11, encoded(table, new AtomicInteger()), allocator)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> decoded.column(0))
          .withMessage("column 'c0' has 10 rows where the table has 11");
      assertThatIllegalArgumentException().isThrownBy(() -> decoded.rowId(0));
    }
  }

  @Test
  void decoding_bytesThatAreCutShort_isRefused() {
    MemoryTable table = table(100, 0.3);
    for (int i = 0; i < table.schema().size(); i++) {
      Field field = table.schema().field(i);
      byte[] whole = ColumnCodec.encode(table.column(i));
      for (int length = 5; length < whole.length; length += 1 + random.nextInt(9)) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatIllegalArgumentException()
            .as("%s cut to %d of %d, seed %d", field.name(), length, whole.length, seed)
            .isThrownBy(
                () -> VectorDecoder.decode(new EncodedColumn(field, cut), 100, allocator).close());
      }
    }
  }

  static Stream<Arguments> vectorClasses() {
    return Stream.of(
        Arguments.of(FieldType.BOOL, BitVector.class),
        Arguments.of(new FieldType.Int(8), TinyIntVector.class),
        Arguments.of(new FieldType.Int(16), SmallIntVector.class),
        Arguments.of(FieldType.INT32, IntVector.class),
        Arguments.of(FieldType.INT64, BigIntVector.class),
        Arguments.of(FieldType.FLOAT32, Float4Vector.class),
        Arguments.of(FieldType.FLOAT64, Float8Vector.class),
        Arguments.of(FieldType.TEXT, VarCharVector.class),
        Arguments.of(FieldType.category(List.of("a")), IntVector.class),
        Arguments.of(FieldType.DATE, DateDayVector.class),
        Arguments.of(FieldType.INSTANT, TimeStampMicroTZVector.class),
        Arguments.of(FieldType.LOCAL_DATE_TIME, TimeStampMicroVector.class),
        Arguments.of(FieldType.tensor(2), FixedSizeListVector.class));
  }

  @ParameterizedTest
  @MethodSource("vectorClasses")
  void root_hasTheVectorOfTheType(FieldType type, Class<? extends FieldVector> vector) {
    Field field = Field.of("x", type);
    MemoryTable table = RandomTables.table(Schema.of(field), 20, 0.5, random);
    try (ArrowTable arrow = builderOf(table).build(allocator)) {
      VectorSchemaRoot root = arrow.root();
      assertThat(root.getRowCount()).isEqualTo(20);
      assertThat(root.getVector("x")).isExactlyInstanceOf(vector);
      assertThat(root.getSchema().findField("x").getMetadata())
          .containsEntry("mlstack.field", field.toValue().canonicalJson());
      for (int row = 0; row < 20; row++) {
        assertThat(root.getVector(0).isNull(row)).isEqualTo(table.column(0).isNull(row));
      }
    }
  }

  /** Arrow's own accessors read what we wrote. */
  @Test
  void root_valuesAreThoseOfTheTable() {
    Schema schema =
        Schema.of(
            Field.of("n", FieldType.INT64),
            Field.of("t", FieldType.TEXT),
            Field.of("f", FieldType.tensor(2)));
    MemoryTable table =
        MemoryTable.builder(schema)
            .add(1, 7, "é", new float[] {1, 2})
            .add(2, null, null, null)
            .add(3, -7, "", new float[] {3, 4})
            .build();
    try (ArrowTable arrow = builderOf(table).build(allocator)) {
      assertThat(arrow.root().contentToTSVString())
          .isEqualTo("n\tt\tf\n7\té\t[1.0,2.0]\nnull\tnull\tnull\n-7\t\t[3.0,4.0]\n");
    }
  }

  @Test
  void read_outsideOfTheRows_isRefused() {
    MemoryTable table = table(10, 0.5);
    try (ArrowTable arrow = builderOf(table).build(allocator)) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> ((LongColumn) arrow.column(3)).read(5, 6, new long[100], 0));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> ((DoubleColumn) arrow.column(6)).read(0, 10, new double[10], 1));
      for (int i = 0; i < arrow.schema().size(); i++) {
        ColumnData column = arrow.column(i);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
            .isThrownBy(() -> column.isNull(10));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
            .isThrownBy(() -> get(column, -1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
            .isThrownBy(() -> get(column, 10));
      }
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> arrow.rowId(10));
    }
  }

  private static void get(ColumnData column, int row) {
    if (column instanceof LongColumn longs) {
      longs.get(row);
    } else if (column instanceof DoubleColumn doubles) {
      doubles.get(row);
    } else if (column instanceof TextColumn texts) {
      texts.get(row);
    } else if (column instanceof CategoryColumn categories) {
      categories.code(row);
    } else {
      ((TensorColumn) column).read(row, new float[6], 0);
    }
  }

  /** Memory that is freed is never read: an exception, not a crash. */
  @Test
  void read_afterClose_isRefused() {
    ArrowTable arrow = builderOf(table(100, 0)).build(allocator);
    List<ColumnData> columns = arrow.schema().names().stream().map(arrow::column).toList();
    arrow.close();
    arrow.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> arrow.column(0))
        .withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(arrow::root);
    for (ColumnData column : columns) {
      assertThatIllegalStateException()
          .as(column.field().toString())
          .isThrownBy(() -> get(column, 0));
    }
  }

  @Test
  void build_allocatorAtItsLimit_leavesNothing() {
    ArrowTableBuilder builder = builderOf(table(1000, 0.1));
    try (BufferAllocator small = allocator.newChildAllocator("small", 0, 20_000)) {
      assertThatExceptionOfType(OutOfMemoryException.class).isThrownBy(() -> builder.build(small));
      assertThat(small.getAllocatedMemory()).isZero();
    }
  }
}
