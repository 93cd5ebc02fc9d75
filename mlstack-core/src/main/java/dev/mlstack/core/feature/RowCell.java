package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.FittedTransform.NumberToCode;
import dev.mlstack.feature.FittedTransform.NumberToIndicators;
import dev.mlstack.feature.FittedTransform.NumberToNumber;
import dev.mlstack.feature.FittedTransform.NumberToText;
import dev.mlstack.feature.FittedTransform.NumberToVector;
import dev.mlstack.feature.FittedTransform.TextToCode;
import dev.mlstack.feature.FittedTransform.TextToIndicators;
import dev.mlstack.feature.FittedTransform.TextToNumber;
import dev.mlstack.feature.FittedTransform.TextToText;
import dev.mlstack.feature.FittedTransform.TextToVector;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import java.util.Arrays;

/** Encodes what one chain takes from a row. Immutable; allocates nothing when it encodes. */
@FunctionalInterface
interface RowCell {

  /** Writes the numbers of the chain. */
  void encode(Row row, float[] to, int at);

  /**
   * Returns the cell of a chain.
   *
   * @param rows the schema of the rows, which has the columns that the chain reads
   */
  static RowCell of(Chain chain, Schema rows) {
    if (chain.reading() == Reading.TENSOR) {
      int field = rows.indexOf(chain.name());
      return ofTensor(((FieldType.Tensor) rows.field(field).type()).size(), field);
    }
    return chain.reading() == Reading.TEXT
        ? ofText(RowValues.text(chain, rows), chain, 0)
        : ofNumber(RowValues.number(chain, rows), chain, 0);
  }

  /** Returns the cell of a number that the steps from {@code step} on have yet to take. */
  private static RowCell ofNumber(RowValues.NumberOf number, Chain chain, int step) {
    if (step == chain.steps().size()) {
      return (row, to, at) -> to[at] = Floats.narrow(number.of(row));
    }
    FittedTransform next = chain.steps().get(step);
    if (next instanceof NumberToNumber transform) {
      return ofNumber(row -> transform.apply(number.of(row)), chain, step + 1);
    } else if (next instanceof NumberToText transform) {
      return ofText(row -> transform.apply(number.of(row)), chain, step + 1);
    } else if (next instanceof NumberToCode transform) {
      int size = transform.cardinality();
      return (row, to, at) ->
          to[at] = Choice.code(transform, transform.apply(number.of(row)), size);
    } else if (next instanceof NumberToIndicators transform) {
      int width = transform.indicators().size();
      return (row, to, at) -> indicate(transform, transform.apply(number.of(row)), to, at, width);
    }
    NumberToVector transform = (NumberToVector) next;
    int width = transform.slots(chain.name()).size();
    return (row, to, at) -> {
      Arrays.fill(to, at, at + width, 0);
      transform.apply(number.of(row), to, at);
      Floats.canonical(to, at, width);
    };
  }

  /** Returns the cell of a text that the steps from {@code step} on have yet to take. */
  private static RowCell ofText(RowValues.TextOf text, Chain chain, int step) {
    FittedTransform next = chain.steps().get(step);
    if (next instanceof TextToText transform) {
      return ofText(row -> transform.apply(text.of(row)), chain, step + 1);
    } else if (next instanceof TextToNumber transform) {
      return ofNumber(row -> transform.apply(text.of(row)), chain, step + 1);
    } else if (next instanceof TextToCode transform) {
      int size = transform.cardinality();
      return (row, to, at) -> to[at] = Choice.code(transform, transform.apply(text.of(row)), size);
    } else if (next instanceof TextToIndicators transform) {
      int width = transform.indicators().size();
      return (row, to, at) -> indicate(transform, transform.apply(text.of(row)), to, at, width);
    }
    TextToVector transform = (TextToVector) next;
    int width = transform.slots(chain.name()).size();
    return (row, to, at) -> {
      Arrays.fill(to, at, at + width, 0);
      transform.apply(text.of(row), to, at);
      Floats.canonical(to, at, width);
    };
  }

  private static void indicate(FittedTransform step, int index, float[] to, int at, int width) {
    Arrays.fill(to, at, at + width, 0);
    if (Choice.indicator(step, index, width) >= 0) {
      to[at + index] = 1;
    }
  }

  private static RowCell ofTensor(int size, int field) {
    return (row, to, at) -> {
      row.tensor(field, to, at);
      Floats.canonical(to, at, size);
    };
  }
}
