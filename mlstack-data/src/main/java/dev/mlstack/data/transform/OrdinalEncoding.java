package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Ordinal;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;

/**
 * Makes a code of each category.
 *
 * @param limit how many categories have a code of their own at most, 1 or more
 */
record OrdinalEncoding(int limit) implements Transform {

  /** Checks the limit. */
  OrdinalEncoding {
    if (limit < 1 || limit > Ordinal.MAX_CATEGORIES) {
      throw new IllegalArgumentException(
          "limit must be from 1 to " + Ordinal.MAX_CATEGORIES + " but was " + limit);
    }
  }

  @Override
  public VersionedName operation() {
    return Ordinal.OPERATION;
  }

  @Override
  public Value.Doc parameters() {
    return Value.doc().put("limit", limit).build();
  }

  @Override
  public Fit<?, ?> fit(ValueKind kind) {
    Kinds.require(ValueKind.TEXT, kind);
    return new TextCountsFit(counts -> new Ordinal(counts.mostFrequent(limit)));
  }
}
