package dev.mlstack.data.transform;

import dev.mlstack.core.feature.OneHot;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Makes an indicator of each category.
 *
 * @param limit how many categories there are at most, 1 or more
 */
record OneHotEncoding(int limit) implements Transform {

  /** Checks the limit. */
  OneHotEncoding {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1 but was " + limit);
    }
  }

  @Override
  public VersionedName operation() {
    return OneHot.OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put("limit", limit).build();
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(ValueKind.TEXT, kind);
    return new TextCountsFit(this::learned);
  }

  private OneHot learned(TextCounts counts) {
    return new OneHot(counts.mostFrequent(limit), counts.distinct() > limit, counts.anyMissing());
  }
}
