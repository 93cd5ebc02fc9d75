package dev.mlstack.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.model.FittedModels;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.model.Classification;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.IncompatibleModelException;
import dev.mlstack.model.Label;
import dev.mlstack.model.Regression;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.Prediction;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndpointTest {

  enum Color {
    RED,
    GREEN,
    BLUE
  }

  enum Risk {
    LOW,
    HIGH
  }

  /** Has the columns that the models read, and one more, in another order. */
  record Applicant(String name, Color color, OptionalDouble age, float income) {}

  /** An older application that knows no income. */
  record Nobody(double age, Color color) {}

  private static final Label<Classification<Risk>> LABEL = Label.binary("risk", Risk.HIGH);
  private static final Schema LOWER =
      Schema.of(
          Field.of("age", FieldType.FLOAT64),
          Field.of("income", FieldType.FLOAT32),
          Field.of("color", FieldType.TEXT));

  private final Shop shop = new Shop();
  private final MemoryLog log = new MemoryLog();

  private <I> Endpoint<I, Classification<Risk>> open(EndpointInput<I> input) {
    return Endpoint.open("credit", input, LABEL, shop.store, shop.releases, log);
  }

  private double[] direct(ModelVersion version, Row row) {
    try (FittedModel<Classification<Risk>> fitted =
        FittedModels.load(shop.store, version.fittedModel(), LABEL)) {
      return fitted.predictor(row.schema()).outputs(row);
    }
  }

  @Test
  void aRecord_isAnsweredWithTheTypeOfTheLabel_andLogged() {
    ModelVersion version = shop.linear(LABEL, 1);
    shop.releases.deploy("credit", version, Shop.ADA);
    try (var endpoint = open(EndpointInput.records(Applicant.class, MethodHandles.lookup()))) {
      Prediction<Classification<Risk>> answer =
          endpoint.predict(new Applicant("Ada", Color.GREEN, OptionalDouble.of(36), 1.5f));

      // Texts are upper case here and lower case in training: no indicator is set.
      double[] expected = direct(version, ValuesRow.of(LOWER, 36.0, 1.5f, "GREEN"));
      assertThat(answer.value().probability(Risk.HIGH)).isEqualTo(expected[1]);
      assertThat(answer.value().probability(Risk.LOW)).isEqualTo(expected[0]);
      assertThat(answer.release()).isEqualTo(endpoint.release().digest());
      LoggedPrediction entry = log.find(answer.id()).orElseThrow();
      assertThat(entry.endpoint()).isEqualTo("credit");
      assertThat(entry.release()).isEqualTo(answer.release());
      assertThat(entry.fittedModel()).isEqualTo(version.fittedModel());
      assertThat(entry.outputs()).isEqualTo(expected);
      assertThat(entry.nanos()).isPositive();
      assertThat(entry.input().schema().names()).containsExactly("name", "color", "age", "income");
      assertThat(entry.input().text(0)).isEqualTo("Ada");
      assertThat(entry.input().number(2)).isEqualTo(36);
    }
  }

  @Test
  void aMissingValue_isImputedAndLoggedAsMissing() {
    ModelVersion version = shop.linear(LABEL, 1);
    shop.releases.deploy("credit", version, Shop.ADA);
    try (var endpoint = open(EndpointInput.records(Applicant.class))) {
      Prediction<Classification<Risk>> answer =
          endpoint.predict(new Applicant("Bob", Color.RED, OptionalDouble.empty(), 0));
      assertThat(answer.value().probability(Risk.HIGH))
          .isEqualTo(direct(version, ValuesRow.of(LOWER, null, 0f, "RED"))[1]);
      assertThat(log.find(answer.id()).orElseThrow().input().isNull(2)).isTrue();
    }
  }

  @Test
  void inputsOfTwoSchemas_areAnsweredAlikeUnderOneName() {
    shop.releases.deploy("credit", shop.linear(LABEL, 1), Shop.ADA);
    Row lower = ValuesRow.of(LOWER, 36.0, 0.1f, "red");
    Row fitted = ValuesRow.of(Shop.INPUT, 36.0, 0.1f, "red");
    try (var left = open(EndpointInput.rows(LOWER));
        var right = open(EndpointInput.rows(Shop.INPUT))) {
      assertThat(left.predict(lower).value().probability(Risk.HIGH))
          .isEqualTo(right.predict(fitted).value().probability(Risk.HIGH));
      assertThat(log.entries())
          .extracting(entry -> entry.input().schema())
          .containsExactly(LOWER, Shop.INPUT);
    }
  }

  @Test
  void aRowThatIsReused_isLoggedAsItWas() {
    shop.releases.deploy("credit", shop.linear(LABEL, 1), Shop.ADA);
    Schema schema =
        Schema.of(
            List.of(
                Field.of("age", FieldType.FLOAT64),
                Field.of("income", FieldType.FLOAT32),
                Field.of("color", FieldType.TEXT),
                Field.of("pixels", FieldType.tensor(2))));
    float[] pixels = {1, 2};
    @Nullable Object[] values = {36.0, 0.1, "red", pixels};
    try (var endpoint = open(EndpointInput.rows(schema))) {
      Prediction<?> answer = endpoint.predict(ValuesRow.of(schema, values));
      values[0] = 99.0;
      values[2] = null;
      pixels[0] = -1;
      Row logged = log.find(answer.id()).orElseThrow().input();
      float[] kept = new float[2];
      logged.tensor(3, kept, 0);
      assertThat(logged.number(0)).isEqualTo(36);
      assertThat(logged.number(1)).isEqualTo((float) 0.1);
      assertThat(logged.text(2)).isEqualTo("red");
      assertThat(kept).containsExactly(1, 2);
    }
  }

  @Test
  void routes_takeTheirSharesOfTheTraffic() {
    ModelVersion champion = shop.linear(LABEL, 1);
    ModelVersion challenger = shop.linear(LABEL, 2);
    shop.releases.deploy("credit", Map.of(champion, 0.8, challenger, 0.2), Shop.ADA);
    int requests = 5000;
    try (var endpoint = open(EndpointInput.rows(Shop.INPUT))) {
      for (int i = 0; i < requests; i++) {
        endpoint.predict(ValuesRow.of(Shop.INPUT, (double) i % 90, 0.5f, "red"));
      }
      for (LoggedPrediction entry : log.entries()) {
        if (entry.id().high() % 50 == 0) {
          boolean first = entry.fittedModel().equals(champion.fittedModel());
          assertThat(entry.outputs())
              .isEqualTo(direct(first ? champion : challenger, entry.input()));
        }
      }
    }
    long ofChallenger =
        log.entries().stream()
            .filter(entry -> entry.fittedModel().equals(challenger.fittedModel()))
            .count();
    // Six standard deviations of a binomial variable: fails once in 500 million runs.
    double deviation = Math.sqrt(0.2 * 0.8 / requests);
    assertThat((double) ofChallenger / requests).isCloseTo(0.2, within(6 * deviation));
  }

  @Test
  void nothingLive_isSaid() {
    assertThatIllegalStateException()
        .isThrownBy(() -> open(EndpointInput.records(Applicant.class)))
        .withMessage("nothing is live under 'credit'; deploy a release first");
  }

  @Test
  void anotherLabel_isRefusedNamingBoth() {
    shop.releases.deploy("credit", shop.linear(LABEL, 1), Shop.ADA);
    assertThatExceptionOfType(IncompatibleModelException.class)
        .isThrownBy(
            () ->
                Endpoint.open(
                    "credit",
                    EndpointInput.rows(Shop.INPUT),
                    Label.number("income"),
                    shop.store,
                    shop.releases,
                    log))
        .withMessageContaining("risk")
        .withMessageContaining("income");
  }

  @Test
  void anInputWithoutAColumn_isRefusedWhenOpening() {
    shop.releases.deploy("credit", shop.linear(LABEL, 1), Shop.ADA);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(EndpointInput.records(Nobody.class)))
        .withMessageContaining("'income'");
  }

  @Test
  @SuppressWarnings("NullAway") // Callers without null checks pass such things.
  void badInputs_areRefusedNamingEndpointColumnAndValue_andNotLogged() {
    shop.releases.deploy("credit", shop.linear(LABEL, 1), Shop.ADA);
    try (var records = open(EndpointInput.records(Applicant.class));
        var rows = open(EndpointInput.rows(Shop.INPUT))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> records.predict(null))
          .withMessage("the input of endpoint 'credit' must be a record or a row but was null");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> records.predict(new Applicant(null, Color.RED, OptionalDouble.of(1), 1)))
          .withMessage(
              "endpoint 'credit' cannot take this input: "
                  + "column 'name' must have a value but the row has none");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rows.predict(ValuesRow.of(LOWER, 1.0, 1.0, "red")))
          .withMessageContaining("endpoint 'credit'")
          .withMessageContaining("must be of the schema");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rows.predict(ValuesRow.of(Shop.INPUT, 1.0, 1.0, "purple")))
          .withMessageContaining("endpoint 'credit'")
          .withMessageContaining("'color'")
          .withMessageContaining("'purple'");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rows.predict(ValuesRow.of(Shop.INPUT, "old", 1.0, "red")))
          .withMessageContaining("endpoint 'credit'")
          .withMessageContaining("'age'")
          .withMessageContaining("old");
      assertThat(log.entries()).isEmpty();
    }
  }

  @Test
  void aClosedEndpoint_answersNothing() {
    shop.releases.deploy("credit", shop.linear(LABEL, 1), Shop.ADA);
    var endpoint = open(EndpointInput.rows(Shop.INPUT));
    endpoint.close();
    endpoint.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> endpoint.predict(ValuesRow.of(Shop.INPUT, 1.0, 1.0, "red")))
        .withMessage("endpoint 'credit' is closed; open another one");
    assertThatIllegalStateException().isThrownBy(endpoint::release);
    assertThatIllegalStateException().isThrownBy(endpoint::refresh);
    assertThat(log.entries()).isEmpty();
    assertThat(endpoint.name()).isEqualTo("credit");
  }

  @Test
  void aClosedLog_isSaid() {
    shop.releases.deploy("credit", shop.linear(LABEL, 1), Shop.ADA);
    try (var endpoint = open(EndpointInput.rows(Shop.INPUT))) {
      log.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> endpoint.predict(ValuesRow.of(Shop.INPUT, 1.0, 1.0, "red")))
          .withMessageContaining("log is closed");
    }
  }

  @Test
  void aNumber_isAnsweredAsARegression() {
    Label<Regression> label = Label.number("price");
    shop.releases.deploy("price", shop.linear(label, 3), Shop.ADA);
    try (var endpoint =
        Endpoint.open(
            "price", EndpointInput.rows(Shop.INPUT), label, shop.store, shop.releases, log)) {
      Prediction<Regression> answer = endpoint.predict(ValuesRow.of(Shop.INPUT, 20.0, 1f, "blue"));
      assertThat(log.entries().get(0).outputs()).containsExactly(answer.value().value());
    }
  }
}
