package dev.mlstack.data.transform;

import dev.mlstack.core.feature.BinCode;
import dev.mlstack.core.feature.BinOneHot;
import dev.mlstack.core.feature.Borders;
import dev.mlstack.core.feature.HashCode;
import dev.mlstack.core.feature.HashVector;
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
    plans.put("robust()", x.robust());
    plans.put("robust(double, double)", x.robust(0.1, 0.8));
    plans.put("log1p()", x.log1p());
    plans.put("yeoJohnson()", x.yeoJohnson());
    plans.put("boxCox()", x.impute(1).clip(0.5, 1e6).boxCox());
    plans.put("clip(double, double)", x.clip(-1, 2));
    plans.put("clipToQuantiles(double, double)", x.clipToQuantiles(0.2, 0.7));
    plans.put("flagMissing()", x.impute(Impute.MEDIAN).flagMissing());
    plans.put("codes(Bins)", x.codes(Bins.quantiles(5)));
    plans.put("oneHot(Bins)", x.oneHot(Bins.equalWidth(3)));
    plans.put("texts(Bins)", x.texts(Bins.at(-1, 0, 7)).oneHot());
    plans.put("toCodes(NumberToCode)", x.toCodes(new BinCode(new Borders(0))));
    plans.put("toCodes(Transform)", x.toCodes(new Binning(Bins.quantiles(20), Binning.As.CODE)));
    plans.put(
        "toIndicators(NumberToIndicators)", x.toIndicators(new BinOneHot(new Borders(2), false)));
    plans.put(
        "toIndicators(Transform)",
        x.toIndicators(new Binning(Bins.quantiles(4), Binning.As.INDICATORS)));
    plans.put("toVectors(NumberToVector)", x.toVectors(new CustomTransforms.Powers(3)));
    plans.put("toVectors(Transform)", x.toVectors(new CustomTransforms.Learn("powers")));
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
    plans.put("codes()", x.codes());
    plans.put("codes(int)", x.codes(3));
    plans.put("hashCodes(int)", x.hashCodes(11));
    plans.put("hash(int)", x.hash(7));
    plans.put("signedHash(int)", x.signedHash(5));
    plans.put("frequency()", x.frequency().minMax());
    plans.put("toCodes(TextToCode)", x.toCodes(new HashCode(3)));
    plans.put("toCodes(Transform)", x.toCodes(new OrdinalEncoding(2)));
    plans.put("toVectors(TextToVector)", x.toVectors(new HashVector(300, true)));
    plans.put("toVectors(Transform)", x.toVectors(new CustomTransforms.Learn("hash")));
    plans.put("then(TextToText)", x.then(new CustomTransforms.Keep("A")).oneHot(5));
    plans.put("then(Transform)", x.then(new CustomTransforms.Learn("keep")).oneHot(5));
    plans.put("toNumbers(TextToNumber)", x.toNumbers(new CustomTransforms.Length(2)));
    plans.put("toNumbers(Transform)", x.toNumbers(new CustomTransforms.Learn("length")).minMax());
    plans.put("toIndicators(TextToIndicators)", x.toIndicators(new CustomTransforms.Is("red")));
    plans.put("toIndicators(Transform)", x.toIndicators(new CustomTransforms.Learn("is")));
    return plans;
  }
}
