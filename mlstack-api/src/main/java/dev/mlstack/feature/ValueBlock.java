package dev.mlstack.feature;

import dev.mlstack.table.Utf8Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some values of one column, on which a transform is fitted. Borrowed for the duration of a call.
 */
public sealed interface ValueBlock {

  /** Returns how many values there are. */
  int size();

  /**
   * Numbers.
   *
   * @param values the numbers, NaN where missing; there may be more room than values
   * @param size how many values there are
   */
  record Numbers(double[] values, int size) implements ValueBlock {}

  /**
   * Texts.
   *
   * @param values the texts, {@code null} where missing; there may be more room than values
   * @param size how many values there are
   */
  record Texts(@Nullable String[] values, int size) implements ValueBlock {}

  /**
   * Texts as the bytes of their UTF-8, for steps that ask for encoded texts.
   *
   * @param texts the bytes; none where a text is missing
   * @param missing where a text is missing; there may be more room than texts
   */
  record Utf8(Utf8Block texts, boolean[] missing) implements ValueBlock {
    @Override
    public int size() {
      return texts.count();
    }
  }

  /**
   * Texts as indexes into a list of texts, for steps that ask for encoded texts.
   *
   * @param codes the indexes, -1 where missing; there may be more room than values
   * @param values the texts that the codes stand for; different ones, often the same list in many
   *     blocks
   * @param size how many values there are
   */
  record Codes(int[] codes, List<String> values, int size) implements ValueBlock {}

  /**
   * Values with what is to be predicted of their rows, for steps that ask for it.
   *
   * @param values the values, numbers or texts
   * @param targets what is to be predicted as a number, NaN where missing; there may be more room
   *     than values
   * @param rowIds the identities of the rows; there may be more room than values
   */
  record Labelled(ValueBlock values, double[] targets, long[] rowIds) implements ValueBlock {
    @Override
    public int size() {
      return values.size();
    }
  }
}
