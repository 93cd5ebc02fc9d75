package dev.mlstack.data.transform;

import dev.mlstack.core.feature.BinCode;
import dev.mlstack.core.feature.BinOneHot;
import dev.mlstack.core.feature.BinText;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Divides numbers into bins.
 *
 * @param bins how
 * @param as what is made of them
 */
record Binning(Bins bins, As as) implements Transform {

  /** What can be made of a bin. */
  enum As {
    CODE,
    INDICATORS,
    TEXT
  }

  @Override
  public VersionedName operation() {
    return switch (as) {
      case CODE -> BinCode.OPERATION;
      case INDICATORS -> BinOneHot.OPERATION;
      case TEXT -> BinText.OPERATION;
    };
  }

  @Override
  public Value.Doc parameters() {
    return bins.toValue();
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(ValueKind.NUMBER, kind);
    return new OrderFit(this::learned, bins.fractions());
  }

  private FittedTransform learned(SortedNumbers numbers) {
    return switch (as) {
      case CODE -> new BinCode(bins.borders(numbers));
      case INDICATORS -> new BinOneHot(bins.borders(numbers), numbers.missing());
      case TEXT -> new BinText(bins.borders(numbers));
    };
  }
}
