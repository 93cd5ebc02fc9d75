package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.FittedTransform.NumberToNumber;
import dev.mlstack.feature.FittedTransform.NumberToText;
import dev.mlstack.feature.FittedTransform.TextToIndicators;
import dev.mlstack.feature.FittedTransform.TextToNumber;
import dev.mlstack.feature.FittedTransform.TextToText;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.Row;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Encodes what one chain takes from a row. Immutable; allocates nothing when it encodes. */
@FunctionalInterface
interface RowCell {

  /** Writes the numbers of the chain. */
  void encode(Row row, float[] to, int at);

  /** A number of a row. */
  interface NumberOf {
    double of(Row row);
  }

  /** A text of a row. */
  interface TextOf {
    @Nullable String of(Row row);
  }

  /**
   * Returns the cell of a chain.
   *
   * @param type the type of the column in the rows
   * @param field the index of the column in the rows
   */
  static RowCell of(Chain chain, FieldType type, int field) {
    return switch (chain.reading()) {
      case NUMBER -> ofNumber(row -> row.number(field), chain, 0);
      case TEXT -> ofText(text(chain, type, field), chain, 0);
      case TENSOR -> ofTensor(((FieldType.Tensor) type).size(), field);
    };
  }

  private static TextOf text(Chain chain, FieldType type, int field) {
    if (type instanceof FieldType.Bool) {
      return row -> row.isNull(field) ? null : Texts.ofFlag(row.integer(field));
    } else if (type instanceof FieldType.Int) {
      Texts texts = Texts.of(chain);
      return row -> row.isNull(field) ? null : texts.of(row.integer(field));
    }
    return row -> row.text(field);
  }

  /** Returns the cell of a number that the steps from {@code step} on have yet to take. */
  private static RowCell ofNumber(NumberOf number, Chain chain, int step) {
    if (step == chain.steps().size()) {
      return (row, to, at) -> to[at] = Floats.narrow(number.of(row));
    }
    FittedTransform next = chain.steps().get(step);
    if (next instanceof NumberToNumber transform) {
      return ofNumber(row -> transform.apply(number.of(row)), chain, step + 1);
    }
    NumberToText transform = (NumberToText) next;
    return ofText(row -> transform.apply(number.of(row)), chain, step + 1);
  }

  /** Returns the cell of a text that the steps from {@code step} on have yet to take. */
  private static RowCell ofText(TextOf text, Chain chain, int step) {
    FittedTransform next = chain.steps().get(step);
    if (next instanceof TextToText transform) {
      return ofText(row -> transform.apply(text.of(row)), chain, step + 1);
    } else if (next instanceof TextToNumber transform) {
      return ofNumber(row -> transform.apply(text.of(row)), chain, step + 1);
    }
    TextToIndicators transform = (TextToIndicators) next;
    int width = transform.indicators().size();
    return (row, to, at) -> {
      Arrays.fill(to, at, at + width, 0);
      int index = Indicators.of(transform, text.of(row), width);
      if (index >= 0) {
        to[at + index] = 1;
      }
    };
  }

  private static RowCell ofTensor(int size, int field) {
    return (row, to, at) -> {
      row.tensor(field, to, at);
      for (int i = at; i < at + size; i++) {
        to[i] = Floats.narrow(to[i]);
      }
    };
  }
}
