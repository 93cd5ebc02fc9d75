package dev.mlstack.data.transform;

import java.util.LinkedHashMap;
import java.util.Map;

/** Plans for one column named {@code x}: every step that there is, by the method that adds it. */
final class Plans {

  private Plans() {}

  /** Returns the plans for columns that are read as numbers, by the method that adds the step. */
  static Map<String, Features> ofNumbers() {
    Map<String, Features> plans = new LinkedHashMap<>();
    NumericFeatures x = Features.numeric("x");
    plans.put("numeric", x);
    plans.put("impute(Impute) MEAN", x.impute(Impute.MEAN));
    plans.put("impute(Impute) MEDIAN", x.impute(Impute.MEDIAN));
    plans.put("impute(Impute) MOST_FREQUENT", x.impute(Impute.MOST_FREQUENT));
    plans.put("impute(double)", x.impute(-1.5));
    plans.put("standardize()", x.standardize());
    plans.put("minMax()", x.minMax());
    plans.put("then(NumberToNumber)", x.then(new CustomTransforms.Clip(-2, 2)));
    plans.put("then(Transform)", x.then(new CustomTransforms.Learn("clip")));
    plans.put("toTexts(NumberToText)", x.toTexts(new CustomTransforms.Split(0)).oneHot());
    plans.put("toTexts(Transform)", x.toTexts(new CustomTransforms.Learn("split-at")).oneHot());
    return plans;
  }

  /** Returns the plans for columns that are read as texts, by the method that adds the step. */
  static Map<String, Features> ofTexts() {
    Map<String, Features> plans = new LinkedHashMap<>();
    CategoricalColumns x = Features.categorical("x");
    plans.put("impute(Impute) MOST_FREQUENT", x.impute(Impute.MOST_FREQUENT).oneHot(4));
    plans.put("impute(String)", x.impute("red").oneHot(4));
    plans.put("oneHot()", x.oneHot());
    plans.put("oneHot(int)", x.oneHot(3));
    plans.put("then(TextToText)", x.then(new CustomTransforms.Keep("A")).oneHot(5));
    plans.put("then(Transform)", x.then(new CustomTransforms.Learn("keep")).oneHot(5));
    plans.put("toNumbers(TextToNumber)", x.toNumbers(new CustomTransforms.Length(2)));
    plans.put("toNumbers(Transform)", x.toNumbers(new CustomTransforms.Learn("length")).minMax());
    plans.put("toIndicators(TextToIndicators)", x.toIndicators(new CustomTransforms.Is("red")));
    plans.put("toIndicators(Transform)", x.toIndicators(new CustomTransforms.Learn("is")));
    return plans;
  }
}
