package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.RowEncoder;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.RecordMapper;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.RandomTables;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which columns a pipeline takes in place of those that it was fitted to. */
class BindingTest {

  private static FittedPipeline of(Field field, Reading reading, FittedTransform... steps) {
    return Pipelines.of(
        Schema.of(field), List.of(new Chain(field.name(), reading, List.of(steps))));
  }

  /** Returns the names of the types that are taken in place of one, by the words of Reading. */
  private static String accepted(FieldType fitted, Reading reading) {
    return RandomTables.everyType().fields().stream()
        .filter(given -> reading.accepts(fitted, given.type()))
        .map(Field::name)
        .collect(Collectors.joining(" "));
  }

  @Test
  void numbers_areTakenFromAnyColumnThatMeansTheSame() {
    Map<String, String> taken = new HashMap<>();
    for (Field field : RandomTables.everyType().fields()) {
      if (Reading.NUMBER.reads(field.type())) {
        taken.put(field.name(), accepted(field.type(), Reading.NUMBER));
      }
    }
    String numbers = "flag tiny short int long float double";
    for (String name : numbers.split(" ", -1)) {
      assertThat(taken.remove(name)).isEqualTo(numbers);
    }
    assertThat(taken).isEqualTo(Map.of("day", "day", "instant", "instant", "time", "time"));
  }

  @Test
  void texts_areTakenFromAnyColumnThatMeansTheSame() {
    Map<String, String> taken = new HashMap<>();
    for (Field field : RandomTables.everyType().fields()) {
      if (Reading.TEXT.reads(field.type())) {
        taken.put(field.name(), accepted(field.type(), Reading.TEXT));
      }
    }
    String ints = "tiny short int long";
    assertThat(taken.remove("flag")).isEqualTo("flag text color");
    for (String name : ints.split(" ", -1)) {
      assertThat(taken.remove(name)).isEqualTo(ints + " text color");
    }
    String any = "flag " + ints + " text color";
    assertThat(taken).isEqualTo(Map.of("text", any, "color", any));
  }

  @Test
  void tensors_areTakenFromTensorsOfTheSameShape() {
    assertThat(accepted(FieldType.tensor(2, 3), Reading.TENSOR)).isEqualTo("pixels");
    assertThat(accepted(FieldType.tensor(6), Reading.TENSOR)).isEmpty();
  }

  @Test
  void numberOfAnotherType_isTheSameNumber() {
    FittedPipeline pipeline =
        of(Field.of("x", FieldType.FLOAT64), Reading.NUMBER, new Standardize(3, 2));
    float[] expected = encode(pipeline, FieldType.FLOAT64, 7.0, null, 1.0, 0.0);
    assertThat(expected).containsExactly(2, Float.NaN, -1, -1.5f);
    assertThat(encode(pipeline, FieldType.INT64, 7, null, 1, 0)).isEqualTo(expected);
    assertThat(encode(pipeline, new FieldType.Int(8), 7, null, 1, 0)).isEqualTo(expected);
    assertThat(encode(pipeline, FieldType.FLOAT32, 7f, null, 1f, 0f)).isEqualTo(expected);
    assertThat(encode(pipeline, FieldType.BOOL, true, null, false))
        .containsExactly(-1, Float.NaN, -1.5f);
  }

  @Test
  void textOfAnotherType_isTheSameText() {
    OneHot oneHot = new OneHot(List.of("-7", "12", "false", "true"), true, true);
    FittedPipeline pipeline = of(Field.of("x", FieldType.TEXT), Reading.TEXT, oneHot);
    assertThat(places(encode(pipeline, FieldType.TEXT, "-7", "12", null, "012", "+12")))
        .containsExactly(0, 1, 5, 4, 4);
    assertThat(places(encode(pipeline, FieldType.INT32, -7, 12, null, 13, Integer.MIN_VALUE)))
        .containsExactly(0, 1, 5, 4, 4);
    assertThat(places(encode(pipeline, FieldType.BOOL, true, false, null)))
        .containsExactly(3, 2, 5);
    FieldType category = FieldType.category(List.of("other", "12", "true"));
    assertThat(places(encode(pipeline, category, "12", "other", "true", null)))
        .containsExactly(1, 4, 3, 5);
  }

  private static float[] encode(
      FittedPipeline pipeline, FieldType type, @Nullable Object... values) {
    MemoryTable.Builder builder = MemoryTable.builder(Schema.of(Field.of("x", type)));
    Arrays.stream(values).forEach(value -> builder.add(0, new Object[] {value}));
    Table table = builder.build();
    DenseFeatures features = new DenseFeatures(pipeline.layout().width());
    pipeline.apply(table, features);
    float[] columns = Arrays.copyOf(features.values(), features.rows() * features.width());
    float[] rows = new float[columns.length];
    RowEncoder encoder = pipeline.encoder(table.schema());
    for (int row = 0; row < table.rows(); row++) {
      encoder.encode(table.cursor().moveTo(row), rows, row * encoder.width());
    }
    assertThat(rows).isEqualTo(columns);
    return columns;
  }

  /** Returns which of the six indicators of each row is 1. */
  private static List<Integer> places(float[] values) {
    return java.util.stream.IntStream.range(0, values.length)
        .filter(i -> values[i] == 1)
        .mapToObj(i -> i % 6)
        .toList();
  }

  record Small(int age, Optional<String> color, boolean smoker, OptionalDouble income) {}

  @Test
  void recordWithOtherTypes_servesAPipeline() {
    Schema input =
        Schema.of(
            Field.of("income", FieldType.FLOAT32),
            Field.of("age", FieldType.FLOAT64),
            Field.of("color", FieldType.category(List.of("red", "blue"))),
            Field.of("smoker", FieldType.TEXT));
    FittedPipeline pipeline =
        Pipelines.of(
            input,
            List.of(
                new Chain("income", Reading.NUMBER, List.of(new ImputeNumber(5))),
                new Chain("age", Reading.NUMBER, List.of()),
                new Chain("color", Reading.TEXT, List.of(new OneHot(List.of("red"), false, true))),
                new Chain(
                    "smoker", Reading.TEXT, List.of(new OneHot(List.of("true"), false, false)))));
    RecordMapper<Small> mapper = RecordMapper.of(Small.class);
    RowEncoder encoder = pipeline.encoder(mapper.schema());
    float[] to = new float[encoder.width()];
    encoder.encode(
        mapper.row(new Small(40, Optional.of("red"), true, OptionalDouble.of(2.5))), to, 0);
    assertThat(to).containsExactly(2.5f, 40, 1, 0, 1);
    encoder.encode(
        mapper.row(new Small(41, Optional.empty(), false, OptionalDouble.empty())), to, 0);
    assertThat(to).containsExactly(5, 41, 0, 1, 0);
  }

  @Test
  void unsuitableColumn_isNamedWithBothTypesAndWhatToDo() {
    FittedPipeline days = of(Field.of("x", FieldType.DATE), Reading.NUMBER);
    assertThatThrownBy(() -> days.encoder(Schema.of(Field.of("x", FieldType.INSTANT))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "column 'x' is instant but was date in training; give a column of the same type, or"
                + " fit the pipeline anew");
    FittedPipeline flags =
        of(Field.of("x", FieldType.BOOL), Reading.TEXT, new OneHot(List.of("true"), true, true));
    assertThatThrownBy(() -> flags.encoder(Schema.of(Field.of("x", FieldType.INT32))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is int32 but was bool in training; give a bool, text or category");
  }

  @Test
  void missingColumns_areAllNamed_withWhatIsThereAndWhatWasMeant() {
    Schema input =
        Schema.of(Field.of("mean_radius", FieldType.FLOAT64), Field.of("color", FieldType.FLOAT64));
    FittedPipeline pipeline =
        Pipelines.of(
            input,
            List.of(
                new Chain("mean_radius", Reading.NUMBER, List.of()),
                new Chain("color", Reading.NUMBER, List.of())));
    Schema rows =
        Schema.of(Field.of("meanRadius", FieldType.FLOAT64), Field.of("id", FieldType.INT64));
    assertThatThrownBy(() -> pipeline.encoder(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the pipeline reads more than it is given: there is no column 'mean_radius' (did you"
                + " mean 'meanRadius'?), 'color' among the columns [meanRadius, id]");
  }

  /** A new type of field must be thought about here: which readings it has. */
  @Test
  void everyTypeOfField_isInEveryTypeSchema() {
    TreeSet<String> types = new TreeSet<>();
    for (Class<?> type : FieldType.class.getPermittedSubclasses()) {
      types.add(type.getSimpleName());
    }
    TreeSet<String> covered = new TreeSet<>();
    for (Field field : RandomTables.everyType().fields()) {
      covered.add(field.type().getClass().getSimpleName());
      assertThat(Arrays.stream(Reading.values()).anyMatch(r -> r.reads(field.type()))).isTrue();
    }
    assertThat(covered).isEqualTo(types);
  }
}
