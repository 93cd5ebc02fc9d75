package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks up the texts of a column in the last step of a chain as the column keeps them, as bytes or
 * as codes, without making strings of them. For the rows of one table, and use by one thread.
 */
final class EncodedLookup {

  private static final int NOT_LOOKED_UP = -2;

  private final Utf8Lookup step;
  private final int missing;
  private int[] ofCode = {};

  private EncodedLookup(Utf8Lookup step, int missing) {
    this.step = step;
    this.missing = missing;
  }

  /** Returns how a chain looks its texts up, if nothing but a text for missing ones precedes it. */
  static Optional<EncodedLookup> of(Chain chain, Table table) {
    List<FittedTransform> before = chain.steps().subList(0, Math.max(0, chain.steps().size() - 1));
    boolean possible =
        ChainBlocks.isEncoded(chain, table)
            && before.stream().allMatch(ImputeText.class::isInstance);
    if (possible && chain.ending().orElse(null) instanceof Utf8Lookup step) {
      String instead = before.isEmpty() ? null : ((ImputeText) before.get(0)).text();
      return Optional.of(new EncodedLookup(step, step.apply(instead)));
    }
    return Optional.empty();
  }

  /** Looks up all texts of a block. */
  void apply(ValueBlock block, int[] to) {
    if (block instanceof ValueBlock.Utf8 texts) {
      apply(texts, to);
    } else {
      apply((ValueBlock.Codes) block, to);
    }
  }

  private void apply(ValueBlock.Utf8 block, int[] to) {
    step.apply(block.texts(), to);
    for (int i = 0; i < block.size(); i++) {
      if (block.missing()[i]) {
        to[i] = missing;
      }
    }
  }

  private void apply(ValueBlock.Codes block, int[] to) {
    if (ofCode.length != block.values().size()) {
      ofCode = new int[block.values().size()];
      Arrays.fill(ofCode, NOT_LOOKED_UP);
    }
    for (int i = 0; i < block.size(); i++) {
      int code = block.codes()[i];
      if (code >= 0 && ofCode[code] == NOT_LOOKED_UP) {
        ofCode[code] = step.apply(block.values().get(code));
      }
      to[i] = code < 0 ? missing : ofCode[code];
    }
  }
}
