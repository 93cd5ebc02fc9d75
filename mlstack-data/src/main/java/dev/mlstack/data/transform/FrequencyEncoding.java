package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Frequency;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;

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
    List<String> texts = counts.mostFrequent(Integer.MAX_VALUE).stream().sorted().toList();
    double total = counts.total();
    return new Frequency(
        texts, texts.stream().mapToDouble(text -> counts.count(text) / total).toArray());
  }
}
