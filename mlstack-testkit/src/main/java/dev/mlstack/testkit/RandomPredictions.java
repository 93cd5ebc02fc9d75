package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Row;
import dev.mlstack.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Makes entries of a prediction log, with the values in them that break things, and compares
 * entries.
 */
public final class RandomPredictions {

  private static final double[] NASTY_OUTPUTS = {
    0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, -1, Double.MIN_VALUE, 0.1, 1 - 0x1p-53
  };

  private RandomPredictions() {}

  /**
   * Returns entries with rising identities.
   *
   * @param width how many numbers their models give
   * @param first the high half of the first identity
   */
  public static List<LoggedPrediction> of(
      String endpoint, Schema schema, int width, int count, long first, long seed) {
    Random random = new Random(seed);
    Table inputs = RandomTables.of(schema, count, seed);
    List<LoggedPrediction> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] outputs = new double[width];
      for (int j = 0; j < width; j++) {
        outputs[j] =
            random.nextBoolean()
                ? random.nextDouble()
                : NASTY_OUTPUTS[random.nextInt(NASTY_OUTPUTS.length)];
      }
      entries.add(
          new LoggedPrediction(
              new PredictionId(first + i, random.nextLong()),
              endpoint,
              digest("release " + random.nextInt(3)),
              digest("model " + random.nextInt(3)),
              inputs.cursor().moveTo(i),
              outputs,
              random.nextLong()));
    }
    return entries;
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Checks that two lists have equal entries, but for the sign of zero and the payload of NaN. */
  public static void assertSame(List<LoggedPrediction> actual, List<LoggedPrediction> expected) {
    assertThat(actual.stream().map(LoggedPrediction::id))
        .containsExactlyElementsOf(expected.stream().map(LoggedPrediction::id).toList());
    for (int i = 0; i < actual.size(); i++) {
      assertSame(actual.get(i), expected.get(i));
    }
  }

  /** Checks that two entries are equal, but for the sign of zero and the payload of NaN. */
  public static void assertSame(LoggedPrediction actual, LoggedPrediction expected) {
    assertThat(actual.id()).isEqualTo(expected.id());
    assertThat(actual.endpoint()).isEqualTo(expected.endpoint());
    assertThat(actual.release()).isEqualTo(expected.release());
    assertThat(actual.fittedModel()).isEqualTo(expected.fittedModel());
    assertThat(actual.nanos()).isEqualTo(expected.nanos());
    assertThat(bits(actual.outputs())).isEqualTo(bits(expected.outputs()));
    Schema schema = expected.input().schema();
    assertThat(actual.input().schema()).isEqualTo(schema);
    for (int i = 0; i < schema.size(); i++) {
      assertThat(value(actual.input(), i))
          .as("%s of %s", schema.field(i), expected.id())
          .isEqualTo(value(expected.input(), i));
    }
  }

  private static List<Long> bits(double[] numbers) {
    return LongStream.range(0, numbers.length).map(i -> bits(numbers[(int) i])).boxed().toList();
  }

  private static long bits(double number) {
    return Double.doubleToLongBits(number + 0.0);
  }

  /** Returns a value in a form in which equal values are equal objects. */
  private static Object value(Row row, int field) {
    FieldType type = row.schema().field(field).type();
    if (row.isNull(field)) {
      return "missing";
    } else if (type instanceof FieldType.Real) {
      return bits(row.number(field));
    } else if (type instanceof FieldType.Text || type instanceof FieldType.Category) {
      return "text " + row.text(field);
    } else if (type instanceof FieldType.Tensor tensor) {
      float[] numbers = new float[tensor.size()];
      row.tensor(field, numbers, 0);
      List<Long> bits = new ArrayList<>();
      for (float number : numbers) {
        bits.add(bits(number));
      }
      return bits;
    }
    return row.integer(field);
  }
}
