package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.RowEncoder;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A stored pipeline that every later version must load, and give the same bits with. The file, its
 * digest and the bits were made with json, hashlib and numpy.float32 of Python from the
 * documentation alone.
 */
class FrozenPipelineTest {

  private static final String DIGEST =
      "0490b90e81650a0213d5734dd2e761a68b9a841b7cf001d42c8e5700e93c3193";

  private static final Object[][] ROWS = {
    {40.25, 100.0, 7, LocalDate.ofEpochDay(19000), "blue", "round", true, 9, pixels(0.5f, -0.0f)},
    {null, null, -1, null, null, null, null, null, null},
    {
      Double.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      9007199254740993L,
      LocalDate.ofEpochDay(-1),
      "",
      "square",
      false,
      10,
      pixels(Float.NaN, Float.POSITIVE_INFINITY)
    },
    {
      1e300,
      Float.MAX_VALUE,
      Long.MIN_VALUE,
      LocalDate.ofEpochDay(20000),
      "réd",
      "round",
      true,
      -1,
      pixels(Float.MIN_VALUE, 1)
    },
    {-0.1, 0.1, 1, LocalDate.ofEpochDay(1), "green", "square", false, 11, pixels(3, -3)}
  };

  // age, income, visits, day | color: "", blue, réd, other, missing | shape: round, square
  // | smoker: false, true, missing | code: -1, 10, 9, other | pixels
  private static final List<String> BITS =
      List.of(
          "00000000 3d0a819d 40e00000 3f733333 "
              + "00000000 3f800000 00000000 00000000 00000000 3f800000 00000000 "
              + "00000000 3f800000 00000000 00000000 00000000 3f800000 00000000 3f000000 00000000",
          "be02cd8c 7fc00000 bf800000 3f19999a "
              + "00000000 00000000 00000000 00000000 3f800000 00000000 3f800000 "
              + "00000000 00000000 3f800000 00000000 00000000 00000000 3f800000 7fc00000 7fc00000",
          "7f800000 ff800000 5a000000 b851b717 "
              + "3f800000 00000000 00000000 00000000 00000000 00000000 3f800000 "
              + "3f800000 00000000 00000000 00000000 3f800000 00000000 00000000 7fc00000 7f800000",
          "7f800000 79aeab05 df000000 3f800000 "
              + "00000000 00000000 3f800000 00000000 00000000 3f800000 00000000 "
              + "00000000 3f800000 00000000 3f800000 00000000 00000000 00000000 00000001 3f800000",
          "c03c7f11 3a0bbc05 3f800000 3851b717 "
              + "00000000 00000000 00000000 3f800000 00000000 00000000 3f800000 "
              + "3f800000 00000000 00000000 00000000 00000000 00000000 3f800000 40400000 c0400000");

  private static float[] pixels(float... values) {
    return values;
  }

  private static FittedPipeline load() throws IOException {
    try (InputStream file = FrozenPipelineTest.class.getResourceAsStream("pipeline-1.json")) {
      byte[] payload = Objects.requireNonNull(file).readAllBytes();
      StoredObject object =
          StoredObject.of(ObjectKind.CONTENT, FittedPipeline.TYPE, List.of(), payload);
      return Pipelines.load(digest -> object, object.digest());
    }
  }

  @Test
  void digest_staysTheSame() throws IOException {
    assertThat(load().digest().hex()).isEqualTo(DIGEST);
  }

  @Test
  void bits_stayTheSame() throws IOException {
    FittedPipeline pipeline = load();
    MemoryTable.Builder builder = MemoryTable.builder(pipeline.input());
    Arrays.stream(ROWS).forEach(row -> builder.add(0, row));
    Table table = builder.build();
    DenseFeatures features = new DenseFeatures(pipeline.layout().width());
    pipeline.apply(table, features);
    RowEncoder encoder = pipeline.encoder(table.schema());
    TableCursor cursor = table.cursor();
    for (int row = 0; row < ROWS.length; row++) {
      int from = row * features.width();
      float[] columns = Arrays.copyOfRange(features.values(), from, from + features.width());
      float[] one = new float[encoder.width()];
      encoder.encode(cursor.moveTo(row), one, 0);
      assertThat(hex(columns)).as("row %d by columns", row).isEqualTo(BITS.get(row));
      assertThat(hex(one)).as("row %d alone", row).isEqualTo(BITS.get(row));
    }
  }

  private static String hex(float[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> String.format("%08x", Float.floatToRawIntBits(values[i])))
        .collect(Collectors.joining(" "));
  }
}
