package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.FittedTransform.NumberToNumber;
import dev.mlstack.feature.FittedTransform.NumberToText;
import dev.mlstack.feature.FittedTransform.TextToIndicators;
import dev.mlstack.feature.FittedTransform.TextToNumber;
import dev.mlstack.feature.FittedTransform.TextToText;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.TextColumn;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns through chains of steps, a block of rows at a time. Not safe for use by several
 * threads at once: the blocks it returns share its arrays.
 */
public final class ChainBlocks {

  private final int capacity;
  private final double[] numbers;
  private final long[] wholes;
  private final int[] codes;
  private final @Nullable String[] texts;
  private final IdentityHashMap<Chain, Texts> textsOfWholes = new IdentityHashMap<>();

  /**
   * Creates a reader.
   *
   * @param capacity the largest number of rows in a block
   */
  public ChainBlocks(int capacity) {
    this.capacity = capacity;
    this.numbers = new double[capacity];
    this.wholes = new long[capacity];
    this.codes = new int[capacity];
    this.texts = new String[capacity];
  }

  /** Returns the largest number of rows in a block. */
  public int capacity() {
    return capacity;
  }

  /**
   * Returns what the steps of a chain make of some values of its column; a last step that makes
   * indicators is left out.
   *
   * @param chain reads numbers or texts
   * @param column its column, of a type that it can read
   * @param from the first row
   * @param count how many rows, at most {@link #capacity()}
   * @return valid until the next call
   */
  public ValueBlock read(Chain chain, ColumnData column, int from, int count) {
    boolean isNumber = chain.reading() == Reading.NUMBER;
    if (isNumber) {
      readNumbers(column, from, count);
    } else {
      readTexts(chain, column, from, count);
    }
    for (FittedTransform step : chain.steps()) {
      if (!(step instanceof TextToIndicators)) {
        isNumber = isNumber ? applyToNumbers(step, count) : applyToTexts(step, count);
      }
    }
    return isNumber ? new ValueBlock.Numbers(numbers, count) : new ValueBlock.Texts(texts, count);
  }

  private void readNumbers(ColumnData column, int from, int count) {
    if (column instanceof DoubleColumn doubles) {
      doubles.read(from, count, numbers, 0);
      return;
    }
    ((LongColumn) column).read(from, count, wholes, 0);
    for (int i = 0; i < count; i++) {
      numbers[i] = wholes[i];
    }
    if (column.hasNulls()) {
      for (int i = 0; i < count; i++) {
        if (column.isNull(from + i)) {
          numbers[i] = Double.NaN;
        }
      }
    }
  }

  private void readTexts(Chain chain, ColumnData column, int from, int count) {
    if (column instanceof TextColumn textColumn) {
      textColumn.read(from, count, texts, 0);
    } else if (column instanceof CategoryColumn categories) {
      List<String> values = categories.values();
      categories.read(from, count, codes, 0);
      for (int i = 0; i < count; i++) {
        texts[i] = codes[i] < 0 ? null : values.get(codes[i]);
      }
    } else {
      ((LongColumn) column).read(from, count, wholes, 0);
      boolean flags = column.field().type() instanceof FieldType.Bool;
      Texts known = textsOfWholes.computeIfAbsent(chain, Texts::of);
      for (int i = 0; i < count; i++) {
        texts[i] =
            column.isNull(from + i) ? null : flags ? Texts.ofFlag(wholes[i]) : known.of(wholes[i]);
      }
    }
  }

  /** Applies a step to numbers; tells whether numbers come out. */
  private boolean applyToNumbers(FittedTransform step, int count) {
    if (step instanceof NumberToNumber transform) {
      NumberLoops.apply(transform, numbers, count);
      return true;
    }
    NumberToText transform = (NumberToText) step;
    for (int i = 0; i < count; i++) {
      texts[i] = transform.apply(numbers[i]);
    }
    return false;
  }

  /** Applies a step to texts; tells whether numbers come out. */
  private boolean applyToTexts(FittedTransform step, int count) {
    if (step instanceof TextToText transform) {
      for (int i = 0; i < count; i++) {
        texts[i] = transform.apply(texts[i]);
      }
      return false;
    }
    TextToNumber transform = (TextToNumber) step;
    for (int i = 0; i < count; i++) {
      numbers[i] = transform.apply(texts[i]);
    }
    return true;
  }
}
