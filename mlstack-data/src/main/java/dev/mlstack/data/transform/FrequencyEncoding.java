package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Frequency;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.Arrays;

/** Makes of each text how frequent it is. */
record FrequencyEncoding() implements Transform {

  @Override
  public VersionedName operation() {
    return Frequency.OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.Doc.EMPTY;
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(ValueKind.TEXT, kind);
    return new TextCountsFit(FrequencyEncoding::learned);
  }

  private static Frequency learned(TextCounts counts) {
    double total = counts.total();
    return new Frequency(
        counts.mostFrequent(Integer.MAX_VALUE),
        Arrays.stream(counts.inOrder()).mapToDouble(count -> count / total).toArray());
  }
}
