package dev.mlstack.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.expr.Expr;
import dev.mlstack.core.feature.Grams;
import dev.mlstack.core.json.Json;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Features of times, of several columns, and of free text. */
class DerivedFeaturesTest {

  private static final Schema ORDERS =
      Schema.of(
          Field.of("ordered", FieldType.INSTANT).withRole(Role.EVENT_TIME),
          Field.of("born", FieldType.DATE),
          Field.of("country", FieldType.TEXT),
          Field.of("device", FieldType.category(List.of("mobile", "web"))),
          Field.of("loan", FieldType.FLOAT64),
          Field.of("income", FieldType.INT32));

  private static Table orders() {
    Random random = new Random(2);
    MemoryTable.Builder table = MemoryTable.builder(ORDERS);
    for (int i = 0; i < 300; i++) {
      Object born = i % 9 == 0 ? null : LocalDate.ofEpochDay(random.nextInt(40_000) - 15_000);
      table.add(
          i,
          Instant.ofEpochSecond(random.nextInt()),
          born,
          random.nextInt(8) == 0 ? null : List.of("DE", "AT", "CH").get(random.nextInt(3)),
          random.nextBoolean() ? "web" : "mobile",
          random.nextInt(7) == 0 ? null : random.nextDouble() * 1e4,
          random.nextInt(100_000));
    }
    return table.build();
  }

  @Test
  void partsOfTimes_areThoseOfTheCalendar() {
    Table table = orders();
    FittedPipeline pipeline =
        Fitting.fit(
            Features.of(
                Features.time("ordered").parts(TimePart.HOUR, TimePart.DAY_OF_WEEK),
                Features.time("born").parts(TimePart.YEAR, TimePart.MONTH)),
            table);
    assertThat(pipeline.layout().names())
        .containsExactly("ordered.hour", "ordered.day_of_week", "born.year", "born.month");
    float[][] encoded = Fitting.encode(pipeline, table);
    for (int row = 0; row < table.rows(); row++) {
      long micros = table.cursor().moveTo(row).integer(0);
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
      assertThat(encoded[row][0]).isEqualTo(time.getHour());
      assertThat(encoded[row][1]).isEqualTo(time.getDayOfWeek().getValue());
      if (table.column(1).isNull(row)) {
        assertThat(encoded[row][2]).isNaN();
      } else {
        LocalDate born = LocalDate.ofEpochDay(table.cursor().moveTo(row).integer(1));
        assertThat(encoded[row][2]).isEqualTo(born.getYear());
        assertThat(encoded[row][3]).isEqualTo(born.getMonthValue());
      }
    }
  }

  @Test
  void cyclicTimes_areSineAndCosine() {
    Table table = orders();
    FittedPipeline pipeline = Fitting.fit(Features.time("ordered").cyclic(TimePart.HOUR), table);
    assertThat(pipeline.layout().names()).containsExactly("ordered.hour.sin", "ordered.hour.cos");
    float[][] encoded = Fitting.encode(pipeline, table);
    for (int row = 0; row < table.rows(); row++) {
      long micros = table.cursor().moveTo(row).integer(0);
      double angle = 2 * Math.PI * Math.floorMod(Math.floorDiv(micros, 3_600_000_000L), 24) / 24;
      assertThat((double) encoded[row][0]).isCloseTo(StrictMath.sin(angle), within(1e-7));
      assertThat((double) encoded[row][1]).isCloseTo(StrictMath.cos(angle), within(1e-7));
    }
    assertThatThrownBy(() -> Features.time().cyclic(TimePart.YEAR))
        .hasMessageContaining("parts must come around but YEAR does not");
    assertThatThrownBy(() -> Fitting.fit(Features.time("income").parts(TimePart.DAY), table))
        .hasMessageContaining("column 'income' is int32 and cannot be read as a time");
    assertThatThrownBy(() -> Fitting.fit(Features.numeric("ordered"), table))
        .hasMessageContaining("is in the role EVENT_TIME");
  }

  @Test
  void crosses_areTextsOfSeveralColumns() {
    Table table = orders();
    FittedPipeline pipeline =
        Fitting.fit(
            Features.of(
                Features.cross("country", "device").oneHot(), Features.categorical().oneHot()),
            table);
    assertThat(pipeline.layout().names())
        .containsExactly(
            "country=AT",
            "country=CH",
            "country=DE",
            "country=(missing)",
            "device=mobile",
            "device=web",
            "country*device=AT|mobile",
            "country*device=AT|web",
            "country*device=CH|mobile",
            "country*device=CH|web",
            "country*device=DE|mobile",
            "country*device=DE|web",
            "country*device=(missing)");
    float[][] encoded = Fitting.encode(pipeline, table);
    for (float[] row : encoded) {
      assertThat(row[8]).isEqualTo(row[1] * row[4]);
      assertThat(row[12]).isEqualTo(row[3]);
    }
  }

  @Test
  void expressions_areComputedOfTheRow() {
    Table table = orders();
    FittedPipeline pipeline =
        Fitting.fit(
            Features.expression(
                    "debt", Expr.number("loan").dividedBy(Expr.number("income").plus(1)))
                .impute(-1),
            table);
    assertThat(pipeline.layout().names()).containsExactly("debt");
    assertThat(pipeline.input().names()).containsExactly("loan", "income");
    float[][] encoded = Fitting.encode(pipeline, table);
    for (int row = 0; row < table.rows(); row++) {
      double loan = table.cursor().moveTo(row).number(4);
      double income = table.cursor().moveTo(row).number(5);
      float expected = Double.isNaN(loan) ? -1 : (float) (loan / (income + 1));
      assertThat(encoded[row][0]).isEqualTo(expected);
    }
  }

  @Test
  void expressionsOfTexts_areTextsLikeOthers() {
    Features plan =
        Features.expression("lower", Expr.text("country").lower().concat("!")).oneHot(2);
    FittedPipeline pipeline = Fitting.fit(plan, orders());
    assertThat(pipeline.layout().names()).contains("lower=(other)", "lower=(missing)");
  }

  @Test
  void columnsThatAreNotThere_andTargets_areRefusedInExpressions() {
    Table table = orders();
    assertThatThrownBy(
            () -> Fitting.fit(Features.cross("country", "income").oneHot(), table, "income"))
        .hasMessageContaining("'income' will be predicted");
    assertThatThrownBy(
            () -> Fitting.fit(Features.expression("x", Expr.number("loann").abs()), table))
        .hasMessageContaining("did you mean 'loan'?");
    assertThatThrownBy(
            () -> Fitting.fit(Features.expression("x", Expr.number("country").abs()), table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("country");
    assertThatThrownBy(() -> Fitting.fit(Features.cross("country", "loan").oneHot(), table))
        .hasMessageContaining("column 'loan' is float64 and cannot be read as a text");
  }

  private static final Table NOTES =
      Fitting.column(
          FieldType.TEXT,
          "the cat sat",
          "the cat sat on the mat",
          "dogs & cats!",
          "The DOG sat",
          "",
          "a mat, a cat");

  /** TfidfVectorizer(token_pattern=r"(?u)[a-z]+") of scikit-learn 1.9.1 on the same texts. */
  @Test
  void tfIdf_isThatOfScikitLearn() {
    Features plan = Features.text("x").tfIdf(Vocabulary.of(Grams.words(1, 1)));
    FittedPipeline pipeline = Fitting.fit(plan, NOTES);
    var learned = Json.parse(Fitting.learned(plan, NOTES)).asDoc();
    assertThat(learned.texts("terms"))
        .containsExactly("a", "cat", "cats", "dog", "dogs", "mat", "on", "sat", "the");
    double[] weights = learned.reals("weights");
    double[] expected = {
      2.252762968495368,
      1.5596157879354227,
      2.252762968495368,
      2.252762968495368,
      2.252762968495368,
      1.8472978603872037,
      2.252762968495368,
      1.5596157879354227,
      1.5596157879354227
    };
    double[] second = {
      0.0,
      0.32462520192613514,
      0.0,
      0.0,
      0.0,
      0.38450459759692024,
      0.4688998657211649,
      0.32462520192613514,
      0.6492504038522703
    };
    float[] encoded = Fitting.encode(pipeline, NOTES)[1];
    for (int i = 0; i < expected.length; i++) {
      assertThat(weights[i]).isCloseTo(expected[i], within(1e-14));
      assertThat((double) encoded[i]).isCloseTo(second[i], within(1e-7));
    }
  }

  @Test
  void vocabulary_hasLimits() {
    Vocabulary words = Vocabulary.of(Grams.words(1, 1));
    assertThat(terms(words.minRows(2).maxShare(0.5))).containsExactly("cat", "mat", "sat", "the");
    assertThat(terms(words.limit(2))).containsExactly("cat", "sat");
    assertThatThrownBy(() -> words.maxShare(0)).hasMessageContaining("maxShare must be above 0");
  }

  private static List<String> terms(Vocabulary vocabulary) {
    Features plan = Features.text("x").tfIdf(vocabulary);
    return Json.parse(Fitting.learned(plan, NOTES)).asDoc().texts("terms");
  }

  @Test
  void flagMissing_addsAnIndicatorOnlyWhereOneWasMissing() {
    Table table = orders();
    FittedPipeline pipeline =
        Fitting.fit(Features.numeric().impute(Impute.MEDIAN).flagMissing(), table);
    assertThat(pipeline.layout().names()).containsExactly("loan", "loan=(missing)", "income");
    float[][] encoded = Fitting.encode(pipeline, table);
    for (int row = 0; row < table.rows(); row++) {
      assertThat(encoded[row][1]).isEqualTo(table.column(4).isNull(row) ? 1 : 0);
    }
  }
}
