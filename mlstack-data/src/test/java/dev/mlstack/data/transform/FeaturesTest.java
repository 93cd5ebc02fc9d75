package dev.mlstack.data.transform;

import static dev.mlstack.data.transform.Fitting.fit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.feature.FeaturePipeline;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.RandomTables;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What plans select, say and refuse. */
class FeaturesTest {

  private static final Schema PATIENTS =
      Schema.of(
          Field.of("id", FieldType.INT64).withRole(Role.KEY),
          Field.of("age", FieldType.FLOAT64),
          Field.of("color", FieldType.TEXT),
          Field.of("height", FieldType.INT32),
          Field.of("smoker", FieldType.BOOL),
          Field.of("born", FieldType.DATE).withTags(Set.of(LaterThanEvent.PLANNED)),
          Field.of("seen", FieldType.INSTANT).withRole(Role.EVENT_TIME),
          Field.of("weight", FieldType.FLOAT64).withRole(Role.WEIGHT),
          Field.of("ward", FieldType.TEXT).withRole(Role.GROUP),
          Field.of("remark", FieldType.TEXT).withRole(Role.NOTE),
          Field.of("pixels", FieldType.tensor(2)),
          Field.of("ill", FieldType.BOOL).withRole(Role.LABEL),
          Field.of("days", FieldType.FLOAT64));

  private static Table patients() {
    return RandomTables.of(PATIENTS, 50, 1);
  }

  private static List<String> slots(FeaturePipeline plan, String... targets) {
    return fit(plan, patients(), targets).layout().names();
  }

  @Test
  void selectors_takeFeaturesOfTheirKind_inTheOrderOfTheColumns() {
    assertThat(slots(Features.numeric(), "days")).containsExactly("age", "height", "smoker");
    assertThat(slots(Features.numeric())).containsExactly("age", "height", "smoker", "days");
    assertThat(slots(Features.temporal())).containsExactly("born");
    assertThat(slots(Features.tensors())).containsExactly("pixels[0]", "pixels[1]");
    assertThat(slots(Features.categorical().oneHot(1)))
        .hasSize(3)
        .allMatch(name -> name.startsWith("color="))
        .endsWith("color=(other)", "color=(missing)");
  }

  @Test
  void namedColumns_areTakenOutOfTheSelectors() {
    FittedPipeline pipeline =
        fit(
            Features.of(
                Features.numeric().standardize(),
                Features.numeric("height", "born"),
                Features.categorical("smoker").oneHot()),
            patients(),
            "days");
    assertThat(pipeline.layout().names())
        .containsExactly(
            "age", "height", "smoker=false", "smoker=true", "smoker=(missing)", "born");
    assertThat(pipeline.input().names()).containsExactly("age", "height", "smoker", "born");
    assertThat(pipeline.input().field("height")).isEqualTo(PATIENTS.field("height"));
  }

  @Test
  void columnMayBeNamedTwice_ifItsSlotsDiffer() {
    FeaturePipeline both =
        Features.of(Features.numeric("smoker"), Features.categorical("smoker").oneHot());
    assertThat(slots(both))
        .containsExactlyInAnyOrder("smoker", "smoker=false", "smoker=true", "smoker=(missing)");
    refused(
        () -> slots(Features.of(Features.numeric("age"), Features.numeric("age").minMax())),
        "two are named 'age'");
  }

  @Test
  void except_leavesColumnsOut() {
    assertThat(slots(Features.numeric().except("age").except("days", "id").standardize()))
        .containsExactly("height", "smoker");
    assertThat(slots(Features.standard().except("color", "pixels", "born"), "age"))
        .containsExactly("height", "smoker", "days");
    assertThat(slots(Features.categorical().except("remark").oneHot(1))).hasSize(3);
    refused(
        () -> Features.numeric("age", "days").except("age"),
        "columns must not be named by the plan that they are left out of, but it names 'age'");
    refused(
        () -> slots(Features.numeric().except("agee")),
        "there is no excepted column 'agee' (did you mean 'age'?) among the columns [id, age,");
  }

  @Test
  void standard_isSensibleForEveryType() {
    FittedPipeline pipeline =
        fit(Features.standard(), RandomTables.of(RandomTables.everyType(), 300, 2));
    assertThat(pipeline.input()).isEqualTo(RandomTables.everyType());
    assertThat(pipeline.layout().names())
        .contains("flag", "tiny", "long", "double", "day", "instant", "color=red", "pixels[5]");
  }

  @Test
  void columnsThatCannotBeFeatures_areRefusedByName() {
    refused(
        () -> slots(Features.numeric("id")),
        "column 'id' is in the role KEY and cannot be a feature; leave it out, or give it the role"
            + " FEATURE");
    refused(
        () -> slots(Features.numeric("days"), "days"),
        "column 'days' will be predicted and cannot be a feature; leave it out");
    refused(
        () -> slots(Features.numeric("Age")),
        "there is no column 'Age' (did you mean 'age'?) among");
    refused(
        () -> slots(Features.numeric(), "dayz"),
        "there is no target 'dayz' (did you mean 'days'?) among");
    refused(
        () -> slots(Features.numeric("color")),
        "column 'color' is text and cannot be read as a number; use"
            + " Features.categorical(\"color\")");
    refused(
        () -> slots(Features.categorical("age").oneHot()),
        "column 'age' is float64 and cannot be read as a text; use Features.numeric(\"age\")");
    refused(
        () -> slots(Features.categorical("born").oneHot()),
        "column 'born' is date and cannot be read as a text; use Features.numeric(\"born\")");
  }

  @Test
  void planThatSelectsNothing_isRefusedWithWhatThereIs() {
    Schema schema =
        Schema.of(
            Field.of("id", FieldType.INT64).withRole(Role.KEY),
            Field.of("color", FieldType.TEXT),
            Field.of("days", FieldType.FLOAT64));
    refused(
        () -> fit(Features.numeric(), RandomTables.of(schema, 5, 1), "days"),
        "the plan selects no column as a feature; there are ['id' (int64, KEY), 'color' (text,"
            + " FEATURE), 'days' (float64, target)]");
  }

  @Test
  void planWithoutSense_isRefusedWhenItIsMade() {
    refused(() -> Features.numeric(new String[0]), "columns must name at least one column");
    refused(
        () -> Features.of(Features.standard(), Features.numeric().minMax()),
        "parts must be for different columns but two are for all numeric columns; name the columns"
            + " that shall be treated in another way");
    refused(
        () -> Features.categorical().impute(Impute.MEAN),
        "by must be MOST_FREQUENT for columns that are read as texts but was MEAN");
    refused(() -> Features.categorical().oneHot(0), "limit must be at least 1 but was 0");
    refused(() -> Features.numeric().impute(Double.NaN), "number must be finite but was NaN");
    refused(() -> Features.categorical().impute("\uD83D"), "half a surrogate pair");
  }

  private static void refused(ThrowingCallable make, String message) {
    assertThatThrownBy(make)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void dataWithoutRows_isRefused() {
    refused(
        () -> fit(Features.numeric(), MemoryTable.builder(PATIENTS).build()),
        "train must have at least 1 row but has none");
  }

  @Test
  void equalPlans_haveEqualDocuments_whateverTheOrderOfTheirParts() {
    Features one =
        Features.of(
            Features.numeric().impute(Impute.MEDIAN).standardize().except("b", "a"),
            Features.categorical().impute("?").oneHot(10),
            Features.numeric("y", "x").minMax());
    Features same =
        Features.of(
            Features.numeric("x", "y", "x").minMax(),
            Features.of(
                Features.categorical().impute("?").oneHot(10),
                Features.numeric().except("a").except("b").impute(Impute.MEDIAN).standardize()));
    assertThat(same).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(same.toValue()).isEqualTo(one.toValue());
    assertThat(one.toValue().canonicalJson())
        .isEqualTo(
            "{\"features\":[{\"all\":\"CATEGORICAL\",\"read\":\"TEXT\",\"steps\":["
                + "{\"operation\":\"impute/1\",\"parameters\":{\"text\":\"?\"}},"
                + "{\"operation\":\"one-hot/1\",\"parameters\":{\"limit\":10}}]},"
                + "{\"all\":\"NUMERIC\",\"except\":[\"a\",\"b\"],\"read\":\"NUMBER\",\"steps\":["
                + "{\"operation\":\"impute/1\",\"parameters\":{\"by\":\"MEDIAN\"}},"
                + "{\"operation\":\"standardize/1\",\"parameters\":{}}]},"
                + "{\"columns\":[\"x\",\"y\"],\"read\":\"NUMBER\",\"steps\":["
                + "{\"operation\":\"min-max/1\",\"parameters\":{}}]}]}");
  }

  @Test
  void differentPlans_haveDifferentDocuments() {
    List<Features> plans =
        List.of(
            Features.numeric(),
            Features.numeric("numeric"),
            Features.temporal(),
            Features.tensors(),
            Features.numeric().impute(0),
            Features.numeric().impute(1),
            Features.numeric().impute(Impute.MEAN),
            Features.numeric().impute(Impute.MEDIAN),
            Features.numeric().standardize(),
            Features.numeric().minMax(),
            Features.numeric().minMax().standardize(),
            Features.numeric().standardize().minMax(),
            Features.numeric().except("a"),
            Features.categorical().oneHot(),
            Features.categorical().oneHot(3),
            Features.categorical("a").oneHot(),
            Features.tensors("a"),
            Features.standard());
    assertThat(plans).doesNotHaveDuplicates();
    assertThat(plans.stream().map(plan -> plan.toValue().canonicalJson())).doesNotHaveDuplicates();
  }

  @Test
  void seed_changesNothing_becauseNothingIsDrawn() {
    Features plan = Features.standard();
    Table table = patients();
    assertThat(plan.fit(Cut.whole(table), Set.of(), 1, Execution.here()).digest())
        .isEqualTo(plan.fit(Cut.whole(table), Set.of(), 2, Execution.here()).digest());
  }
}
