package dev.mlstack.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinearModelTest {

  private static final Signature ALL =
      ExampleData.signature(
          2, ExampleData.NUMBER, ExampleData.TWO, ExampleData.THREE, ExampleData.ARRAY);

  private static LinearModel random(Signature signature, long seed) {
    int count = LinearModel.units(signature) * (signature.width() + 1);
    return LinearModel.of(signature, new Random(seed).doubles(count, -2, 2).toArray());
  }

  private static double[] score(LinearModel model, float... features) {
    int rows = features.length / model.signature().width();
    double[] outputs = new double[rows * model.signature().outputWidth()];
    model.score(features, rows, outputs);
    return outputs;
  }

  @Test
  void score_ofEveryKindOfOutput_isWhatTheFormulaSays() {
    double[] c = new Random(1).doubles(21, -2, 2).toArray();
    LinearModel model = LinearModel.of(ALL, c);
    assertThat(model.units()).isEqualTo(7);
    double[] margin = new double[7];
    for (int unit = 0; unit < 7; unit++) {
      margin[unit] = c[3 * unit] * 0.5 + c[3 * unit + 1] * -3 + c[3 * unit + 2];
    }
    double odds = Math.exp(margin[1]);
    double sum = Math.exp(margin[2]) + Math.exp(margin[3]) + Math.exp(margin[4]);
    assertThat(score(model, 0.5f, -3))
        .containsExactly(
            new double[] {
              margin[0],
              1 / (1 + odds),
              odds / (1 + odds),
              Math.exp(margin[2]) / sum,
              Math.exp(margin[3]) / sum,
              Math.exp(margin[4]) / sum,
              margin[5],
              margin[6]
            },
            within(1e-14));
  }

  @Test
  void score_addsInTheOrderOfTheSlots_andTheInterceptLast() {
    Signature signature = ExampleData.signature(3, ExampleData.NUMBER);
    LinearModel model = LinearModel.of(signature, new double[] {1, 1, 1, 1});
    assertThat(score(model, 0x1p60f, 1, -0x1p60f)).containsExactly(1);
    assertThat(score(model, 0x1p60f, -0x1p60f, 1)).containsExactly(2);
    LinearModel zero = LinearModel.of(signature, new double[] {0, 0, 0, -0.0});
    assertThat(1 / score(zero, 1, 2, 3)[0]).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void score_ofFarMargins_saturates() {
    Signature signature = ExampleData.signature(1, ExampleData.TWO, ExampleData.THREE);
    LinearModel model = LinearModel.of(signature, new double[] {1, 0, 1, 0, -1, 0, 0, 0});
    assertThat(score(model, 1e30f)).containsExactly(0, 1, 1, 0, 0);
    double[] likely = score(model, 40);
    assertThat(likely[0]).isCloseTo(Math.exp(-40), within(1e-30));
    assertThat(likely[1]).isEqualTo(1);
  }

  @Test
  void score_ofAMissingFeature_isNaN() {
    assertThat(score(random(ALL, 1), Float.NaN, 1)).containsOnly(Double.NaN);
  }

  @Test
  void score_rowByRow_isThatOfAllAtOnce() {
    LinearModel model = random(ALL, 3);
    double[] together = score(model, 1, 2, 3, 4, 5, 6);
    for (int row = 0; row < 3; row++) {
      assertThat(score(model, 1 + 2 * row, 2 + 2 * row))
          .containsExactly(java.util.Arrays.copyOfRange(together, row * 8, row * 8 + 8));
    }
    model.score(new float[0], 0, new double[0]);
  }

  @Test
  void score_withoutRoom_isRefused() {
    LinearModel model = random(ALL, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.score(new float[3], 2, new double[16]))
        .withMessage("features must have room for 4 numbers but have it for 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.score(new float[4], 2, new double[15]))
        .withMessage("outputs must have room for 16 numbers but have it for 15");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.score(new float[4], -1, new double[15]))
        .withMessage("rows must be at least 0 but was -1");
  }

  @Test
  void aClassThatCanNeverBe_hasProbabilityZero() {
    Signature signature = ExampleData.signature(1, ExampleData.THREE);
    double never = Double.NEGATIVE_INFINITY;
    LinearModel model = LinearModel.of(signature, new double[] {1, 0, 0, never, -1, 0});
    assertThat(score(model, 0)).containsExactly(0.5, 0, 0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearModel.of(signature, new double[] {1, never, 1, never, 1, never}))
        .withMessage("no class of 'three' can ever be");
  }

  @Test
  void coefficientsThatAreImpossible_areRefused() {
    Signature two = ExampleData.signature(1, ExampleData.TWO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearModel.of(two, new double[] {1}))
        .withMessage("coefficients must be 2 but are 1");
    for (double wrong : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LinearModel.of(two, new double[] {1, wrong}))
          .withMessage("coefficients must be finite but that at index 1 is " + wrong);
    }
    Signature three = ExampleData.signature(1, ExampleData.THREE);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> LinearModel.of(three, new double[] {1, 1, 1, Double.POSITIVE_INFINITY, 1, 1}))
        .withMessageContaining("index 3");
  }

  @Test
  void coefficients_areCopied_andReadByUnitAndSlot() {
    double[] coefficients = {1, 2, 3, 4, 5, 6};
    Signature signature = ExampleData.signature(2, ExampleData.ARRAY);
    LinearModel model = LinearModel.of(signature, coefficients);
    coefficients[0] = 9;
    assertThat(model.weight(0, 0)).isEqualTo(1);
    assertThat(model.weight(1, 1)).isEqualTo(5);
    assertThat(model.intercept(0)).isEqualTo(3);
    assertThat(model.intercept(1)).isEqualTo(6);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> model.weight(0, 2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> model.intercept(2));
  }

  @Test
  void savedAndLoaded_isTheSame() {
    MemoryStore store = new MemoryStore();
    LinearModel model = random(ALL, 5);
    Digest digest = save(store, model);
    LinearModel loaded = new LinearFormat().load(store, digest);
    assertThat(loaded).isEqualTo(model).hasSameHashCodeAs(model);
    assertThat(loaded.digest()).isEqualTo(digest).isEqualTo(model.digest());
    assertThat(score(loaded, 0.3f, -7)).isEqualTo(score(model, 0.3f, -7));
    assertThat(model).isNotEqualTo(random(ALL, 6));
    assertThat(model).asString().contains("linear/1", "three", digest.abbreviated());
  }

  private static Digest save(MemoryStore store, LinearModel model) {
    try (Batch batch = store.batch()) {
      Digest digest = model.writeTo(batch);
      batch.commit();
      return digest;
    }
  }

  static Stream<Arguments> forgeries() {
    return Stream.of(
        Arguments.of("logistic", "probit", "links must be"),
        Arguments.of("\"width\":2", "\"width\":3", "it must have 224 bytes but has 168"),
        Arguments.of("\"width\":2", "\"width\":0", "width must be at least 1"),
        Arguments.of("\"width\":2", "\"width\":2147483647", "overflow"),
        Arguments.of("\"width\":2", "\"width\":4611686018427387904", "overflow"),
        Arguments.of("\"signature\"", "\"sign\"", "no member 'signature'"),
        Arguments.of("{", "[", "not a JSON object"));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void load_ofAnotherFormThanItsTypeAllows_isRefused(String from, String to, String message) {
    MemoryStore store = new MemoryStore();
    StoredObject model = store.get(save(store, random(ALL, 5)));
    byte[] payload = model.payloadText().replace(from, to).getBytes(StandardCharsets.UTF_8);
    StoredObject forged =
        StoredObject.of(ObjectKind.CONTENT, LinearModel.TYPE, model.edges(), payload);
    ObjectSource source = digest -> digest.equals(forged.digest()) ? forged : store.get(digest);
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> new LinearFormat().load(source, forged.digest()))
        .withMessageContaining(message);
  }

  @Test
  void load_ofAnotherType_isRefused() {
    MemoryStore store = new MemoryStore();
    Digest digest = save(store, random(ALL, 5));
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> new PriorFormat().load(store, digest))
        .withMessageContaining("a prior/1 was expected");
  }

  @Test
  void units_areThoseOfAllOutputs() {
    assertThat(LinearModel.units(ALL)).isEqualTo(1 + 1 + 3 + 2);
    assertThat(Value.ofTexts(LinearModel.links(ALL)).canonicalJson())
        .isEqualTo("[\"identity\",\"logistic\",\"softmax\",\"identity\"]");
    Output wide = new Output.Array("w", java.util.List.of(3, 5));
    assertThat(LinearModel.units(ExampleData.signature(1, wide))).isEqualTo(15);
  }
}
