package dev.mlstack.core.feature;

import dev.mlstack.core.internal.Providers;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.TransformFormat;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds how a fitted step is loaded: in a closed table, or in a {@link TransformFormat}. */
final class Operations {

  /** The steps that this package has. */
  static final Map<VersionedName, Function<Value.Doc, FittedTransform>> BUILT_IN =
      Map.ofEntries(
          Map.entry(ImputeNumber.OPERATION, Operations::impute),
          Map.entry(MissingNumber.OPERATION, MissingNumber::load),
          Map.entry(Standardize.OPERATION, Standardize::load),
          Map.entry(MinMax.OPERATION, MinMax::load),
          Map.entry(Robust.OPERATION, Robust::load),
          Map.entry(Clip.OPERATION, Clip::load),
          Map.entry(Log1p.OPERATION, parameters -> new Log1p()),
          Map.entry(YeoJohnson.OPERATION, YeoJohnson::load),
          Map.entry(BoxCox.OPERATION, BoxCox::load),
          Map.entry(Cycle.OPERATION, Cycle::load),
          Map.entry(BinCode.OPERATION, BinCode::load),
          Map.entry(BinOneHot.OPERATION, BinOneHot::load),
          Map.entry(BinText.OPERATION, BinText::load),
          Map.entry(OneHot.OPERATION, OneHot::load),
          Map.entry(Ordinal.OPERATION, Ordinal::load),
          Map.entry(HashCode.OPERATION, HashCode::load),
          Map.entry(HashVector.OPERATION, HashVector::load),
          Map.entry(Frequency.OPERATION, Frequency::load),
          Map.entry(TargetMean.OPERATION, TargetMean::load),
          Map.entry(GramCounts.OPERATION, GramCounts::load),
          Map.entry(TfIdf.OPERATION, TfIdf::load));

  private Operations() {}

  private static FittedTransform impute(Value.Doc parameters) {
    return parameters.has(ImputeText.TEXT)
        ? new ImputeText(parameters.text(ImputeText.TEXT))
        : new ImputeNumber(parameters.real(ImputeNumber.NUMBER));
  }

  /**
   * Returns a fitted step, or nothing if nobody can load its operation.
   *
   * @throws IllegalArgumentException if the parameters are not of such a step
   * @throws IllegalStateException if several formats say that they can load the operation
   */
  static Optional<FittedTransform> load(VersionedName operation, Value.Doc parameters) {
    Function<Value.Doc, FittedTransform> builtIn = BUILT_IN.get(operation);
    if (builtIn != null) {
      return Optional.of(builtIn.apply(parameters));
    }
    List<TransformFormat> formats =
        Providers.of(TransformFormat.class)
            .filter(format -> format.operations().contains(operation))
            .toList();
    if (formats.size() > 1) {
      throw new IllegalStateException(
          "the operation "
              + operation
              + " is provided more than once, by "
              + formats.stream().map(f -> f.getClass().getName()).collect(Collectors.joining(", "))
              + "; leave one of their jars out");
    }
    return formats.stream().findFirst().map(format -> format.load(operation, parameters));
  }
}
