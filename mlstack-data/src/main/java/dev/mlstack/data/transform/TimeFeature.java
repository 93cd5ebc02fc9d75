package dev.mlstack.data.transform;

import dev.mlstack.core.feature.ChainInput;
import dev.mlstack.core.feature.Cycle;
import dev.mlstack.core.feature.Reading;
import dev.mlstack.feature.Transform;
import dev.mlstack.store.Value;
import java.util.List;

/**
 * What is made of a time.
 *
 * @param part which part of it
 * @param cyclic whether as sine and cosine, or as it is
 */
record TimeFeature(TimePart part, boolean cyclic) {

  /** Checks that the part has a cycle if it needs one. */
  TimeFeature {
    if (cyclic && part.period() == 0) {
      throw new IllegalArgumentException(
          "parts must come around but " + part + " does not; use parts(" + part + ")");
    }
  }

  /** Returns what a plan does with a column. */
  PlannedChain of(String column) {
    List<Transform> steps =
        cyclic ? List.of(new FixedStep(new Cycle(part.start(), part.period()))) : List.of();
    return new PlannedChain(
        new ChainInput.Formula(part.nameOf(column), part.of(column)), Reading.NUMBER, steps);
  }

  Value.Doc toValue() {
    return Value.doc().put("part", part.name()).put("cyclic", cyclic).build();
  }
}
