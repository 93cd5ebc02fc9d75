package dev.mlstack.data.transform;

import static dev.mlstack.data.transform.Fitting.encode;
import static dev.mlstack.data.transform.Fitting.fit;
import static dev.mlstack.data.transform.Fitting.learned;
import static dev.mlstack.data.transform.Fitting.numbers;
import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.json.Json;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same numbers as scikit-learn 1.9.1, whose SimpleImputer, StandardScaler, MinMaxScaler and
 * OneHotEncoder were fitted to the same columns.
 */
class SklearnTest {

  /**
   * What scikit-learn says of a column.
   *
   * @param standardized the transformed column
   * @param minMax the transformed column
   */
  record Column(
      String name,
      double[] values,
      double mean,
      double median,
      double mostFrequent,
      double deviation,
      double[] standardized,
      double[] minMax) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Column> columns() {
    return Stream.of(
        new Column(
            "plain",
            new double[] {3, 1, 4, 1, 5, 9, 2, 6},
            3.875,
            3.5,
            1.0,
            2.5708704751503917,
            new double[] {
              -0.3403516468284206, -1.118298268150525, 0.048621663832631515, -1.118298268150525,
              0.4375949744936836, 1.9934882171378923, -0.7293249574894728, 0.8265682851547358
            },
            new double[] {0.25, 0.0, 0.375, 0.0, 0.5, 1.0, 0.125, 0.625}),
        new Column(
            "missing",
            new double[] {2.5, NaN, -1.5, NaN, 0.0, 7.25, 1e-3, NaN},
            1.6502000000000003,
            0.001,
            -1.5,
            3.0804772617242286,
            new double[] {
              0.2758663440107144,
              NaN,
              -1.0226337454725265,
              NaN,
              -0.5356962119163111,
              1.8178352002720632,
              -0.5353715868939404,
              NaN
            },
            new double[] {
              0.45714285714285713, NaN, 0.0, NaN, 0.17142857142857143, 1.0, 0.17154285714285714, NaN
            }),
        new Column(
            "far from zero",
            new double[] {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4, 1e9 + 5, 1e9 + 6, 1e9 + 7, 1e9 + 9},
            1000000004.625,
            1000000004.5,
            1000000001.0,
            2.496873044429772,
            new double[] {
              -1.4518159055331008, -1.0513149660756937, -0.6508140266182866, -0.25031308716087947,
              0.15018785229652767, 0.5506887917539348, 0.9511897312113419, 1.752191610126156
            },
            new double[] {0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 1.0}),
        new Column(
            "constant",
            new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1},
            0.1,
            0.1,
            0.1,
            1.0,
            new double[7],
            new double[7]),
        new Column(
            "tiny",
            new double[] {1e-12, 2e-12, -3e-12, 5e-12, 8e-12, -13e-12, 21e-12, NaN},
            2.9999999999999993e-12,
            2e-12,
            -1.3e-11,
            9.636241116594316e-12,
            new double[] {
              -0.20754980866510828,
              -0.1037749043325541,
              -0.6226494259953249,
              0.20754980866510836,
              0.5188745216627708,
              -1.6603984693208664,
              1.8679482779859748,
              NaN
            },
            new double[] {
              0.411764705882353,
              0.44117647058823534,
              0.29411764705882354,
              0.5294117647058824,
              0.6176470588235294,
              0.0,
              1.0,
              NaN
            }),
        new Column(
            "huge",
            new double[] {1e150, -2e150, 3e150, NaN, 5e150, -7e150, 11e150, 13e150},
            3.428571428571429e+150,
            3e+150,
            -7e+150,
            6.499607523472758e+150,
            new double[] {
              -0.3736489349242793,
              -0.8352152663013301,
              -0.06593804733957871,
              NaN,
              0.24177284024512186,
              -1.6044924852630815,
              1.1649055029992237,
              1.4726163905839245
            },
            new double[] {0.4, 0.25, 0.5, NaN, 0.6, 0.0, 0.9, 1.0}),
        new Column(
            "ties",
            new double[] {7, 7, 3, 3, NaN, 5, -1, -1},
            3.2857142857142856,
            3.0,
            -1.0,
            3.103651568914347,
            new double[] {
              1.1967470032678207,
              1.1967470032678207,
              -0.0920574617898323,
              -0.0920574617898323,
              NaN,
              0.5523447707389941,
              -1.380861926847485,
              -1.380861926847485
            },
            new double[] {1.0, 1.0, 0.5, 0.5, NaN, 0.75, 0.0, 0.0}));
  }

  @ParameterizedTest
  @MethodSource("columns")
  void impute(Column column) {
    close(imputed(Impute.MEAN, column), column.mean());
    assertThat(imputed(Impute.MEDIAN, column)).isEqualTo(column.median());
    assertThat(imputed(Impute.MOST_FREQUENT, column)).isEqualTo(column.mostFrequent());
  }

  private static double imputed(Impute by, Column column) {
    return parameter(Features.numeric().impute(by), column, "number");
  }

  private static double parameter(Features plan, Column column, String name) {
    return Json.parse(learned(plan, numbers(column.values()))).asDoc().real(name);
  }

  /** Two roundings may differ in the last place. */
  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(2 * Math.ulp(expected)));
  }

  @ParameterizedTest
  @MethodSource("columns")
  void standardize(Column column) {
    Features plan = Features.numeric().standardize();
    close(parameter(plan, column, "mean"), column.mean());
    close(parameter(plan, column, "deviation"), column.deviation());
    assertEncoded(plan, column, column.standardized());
  }

  @ParameterizedTest
  @MethodSource("columns")
  void minMax(Column column) {
    assertEncoded(Features.numeric().minMax(), column, column.minMax());
  }

  private static void assertEncoded(Features plan, Column column, double[] expected) {
    Table table = numbers(column.values());
    float[][] encoded = encode(fit(plan, table), table);
    for (int row = 0; row < expected.length; row++) {
      if (Double.isNaN(expected[row])) {
        assertThat(encoded[row][0]).isNaN();
      } else {
        float value = (float) expected[row];
        assertThat(encoded[row][0]).isCloseTo(value, within(Math.ulp(value)));
      }
    }
  }

  private static final double[] PLAIN = {3, 1, 4, 1, 5, 9, 2, 6};
  private static final double[] MISSING = {2.5, NaN, -1.5, NaN, 0.0, 7.25, 1e-3, NaN};
  private static final double[] SKEWED = {1, 2, 2, 3, 4, 7, 11, 30, 80, 250};

  private static double number(Features plan, String name, double... values) {
    return Json.parse(learned(plan, numbers(values))).asDoc().real(name);
  }

  /** RobustScaler, with quantile_range=(10, 90) in the last lines. */
  @Test
  void robust() {
    Features quartiles = Features.numeric().robust();
    assertThat(number(quartiles, "center", PLAIN)).isEqualTo(3.5);
    close(number(quartiles, "scale", PLAIN), 3.5);
    assertThat(number(quartiles, "center", MISSING)).isEqualTo(0.001);
    close(number(quartiles, "scale", MISSING), 2.5);
    close(number(quartiles, "scale", SKEWED), 23.0);
    close(number(Features.numeric().robust(0.1, 0.9), "scale", PLAIN), 5.8999999999999995);
    assertThat(number(Features.numeric().robust(0.1, 0.9), "scale", SKEWED))
        .isCloseTo(95.09999999999994, within(1e-12));
  }

  /** PowerTransformer(standardize=False); its search stops about 1e-8 from the best power. */
  @Test
  void powers() {
    Features yeoJohnson = Features.numeric().yeoJohnson();
    assertThat(number(yeoJohnson, "lambda", PLAIN)).isCloseTo(0.04802363231196567, within(2e-5));
    assertThat(number(yeoJohnson, "lambda", MISSING)).isCloseTo(0.3526957685599015, within(2e-5));
    assertThat(number(yeoJohnson, "lambda", SKEWED)).isCloseTo(-0.3788304633834968, within(2e-5));
    Features boxCox = Features.numeric().boxCox();
    assertThat(number(boxCox, "lambda", PLAIN)).isCloseTo(0.21766081690309103, within(2e-5));
    assertThat(number(boxCox, "lambda", SKEWED)).isCloseTo(-0.2505533522008248, within(2e-5));
    float[][] encoded = encode(fit(yeoJohnson, numbers(PLAIN)), numbers(PLAIN));
    double[] expected = {1.4334818918890058, 0.7048128098128646, 1.6732693763510254};
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) encoded[i][0]).isCloseTo(expected[i], within(1e-4));
    }
  }

  @Test
  void boxCox_refusesNumbersThatAreNotAboveZero() {
    assertThatThrownBy(() -> fit(Features.numeric().boxCox(), numbers(MISSING)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("box-cox/1 takes numbers above 0 but there is -1.5");
  }

  /** KBinsDiscretizer(4, strategy='quantile', quantile_method='linear') and 'uniform'. */
  @Test
  void bins() {
    assertBins(Bins.quantiles(4), PLAIN, new double[] {1.75, 3.5, 5.25}, 1, 0, 2, 0, 2, 3, 1, 3);
    assertBins(
        Bins.quantiles(4), SKEWED, new double[] {2.25, 5.5, 25.25}, 0, 0, 0, 1, 1, 2, 2, 3, 3, 3);
    assertBins(Bins.equalWidth(4), PLAIN, new double[] {3, 5, 7}, 1, 0, 1, 0, 2, 3, 0, 2);
    assertBins(
        Bins.equalWidth(4),
        SKEWED,
        new double[] {63.25, 125.5, 187.75},
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        3);
  }

  private static void assertBins(Bins bins, double[] values, double[] borders, int... expected) {
    Features plan = Features.numeric().codes(bins);
    Table table = numbers(values);
    assertThat(Json.parse(learned(plan, table)).asDoc().reals("borders")).containsExactly(borders);
    float[][] encoded = encode(fit(plan, table), table);
    for (int row = 0; row < expected.length; row++) {
      assertThat(encoded[row][0]).isEqualTo(expected[row]);
    }
  }

  @Test
  void clipToQuantiles() {
    // numpy.quantile(PLAIN, [0.1, 0.9])
    Features plan = Features.numeric().clipToQuantiles(0.1, 0.9);
    close(number(plan, "low", PLAIN), 1.0);
    close(number(plan, "high", PLAIN), 6.8999999999999995);
  }

  private static final Table LETTERS =
      Fitting.column(FieldType.TEXT, "b", "a", "c", "a", "b", "d", "a", "e", "c");

  @Test
  void oneHot() {
    FittedPipeline all = fit(Features.categorical().oneHot(), LETTERS);
    assertThat(all.layout().names()).containsExactly("x=a", "x=b", "x=c", "x=d", "x=e");
    assertThat(places(all, LETTERS)).containsExactly(1, 0, 2, 0, 1, 3, 0, 4, 2);
    assertThat(places(all, Fitting.column(FieldType.TEXT, "zzz", null))).containsExactly(-1, -1);
  }

  @Test
  void oneHot_withALimit() {
    // max_categories=4 and handle_unknown='infrequent_if_exist': three categories and the rest.
    FittedPipeline limited = fit(Features.categorical().oneHot(3), LETTERS);
    assertThat(limited.layout().names()).containsExactly("x=a", "x=b", "x=c", "x=(other)");
    assertThat(places(limited, LETTERS)).containsExactly(1, 0, 2, 0, 1, 3, 0, 3, 2);
    assertThat(places(limited, Fitting.column(FieldType.TEXT, "zzz", null))).containsExactly(3, 3);
    FittedPipeline five = fit(Features.categorical().oneHot(5), LETTERS);
    assertThat(five.layout().width()).isEqualTo(5);
  }

  @Test
  void oneHot_withMissingTexts() {
    Table table = Fitting.column(FieldType.TEXT, "b", null, "a", "b", null);
    FittedPipeline pipeline = fit(Features.categorical().oneHot(), table);
    assertThat(pipeline.layout().names()).containsExactly("x=a", "x=b", "x=(missing)");
    assertThat(places(pipeline, table)).containsExactly(1, 2, 0, 1, 2);
    assertThat(places(pipeline, Fitting.column(FieldType.TEXT, "q"))).containsExactly(-1);
  }

  @Test
  void mostFrequentText() {
    Table table = Fitting.column(FieldType.TEXT, "b", null, "a", "b", "a", "c");
    FittedPipeline pipeline =
        fit(Features.categorical().impute(Impute.MOST_FREQUENT).oneHot(), table);
    assertThat(places(pipeline, table)).containsExactly(1, 0, 0, 1, 0, 2);
  }

  /** Returns which slot of each row is 1. */
  private static List<Integer> places(FittedPipeline pipeline, Table table) {
    return Arrays.stream(encode(pipeline, table)).map(SklearnTest::place).toList();
  }

  private static int place(float[] row) {
    int place = -1;
    for (int i = 0; i < row.length; i++) {
      if (row[i] == 1) {
        assertThat(place).isEqualTo(-1);
        place = i;
      } else {
        assertThat(row[i]).isZero();
      }
    }
    return place;
  }
}
