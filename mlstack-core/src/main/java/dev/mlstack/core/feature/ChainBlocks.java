package dev.mlstack.core.feature;

import dev.mlstack.core.expr.BoundNumber;
import dev.mlstack.core.expr.BoundText;
import dev.mlstack.core.expr.NumberExpr;
import dev.mlstack.core.expr.TextExpr;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.FittedTransform.NumberToNumber;
import dev.mlstack.feature.FittedTransform.NumberToText;
import dev.mlstack.feature.FittedTransform.OutOfFold;
import dev.mlstack.feature.FittedTransform.TextToNumber;
import dev.mlstack.feature.FittedTransform.TextToText;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import dev.mlstack.table.TextColumn;
import dev.mlstack.table.Utf8Block;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntToLongFunction;
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
  private final Utf8Block utf8 = new Utf8Block();
  private final boolean[] missing;
  private final IdentityHashMap<Chain, Texts> textsOfWholes = new IdentityHashMap<>();

  // Expressions, bound to the schema of the tables; at most one of the two for each chain.
  private final IdentityHashMap<Chain, BoundNumber> boundNumbers = new IdentityHashMap<>();
  private final IdentityHashMap<Chain, BoundText> boundTexts = new IdentityHashMap<>();

  /**
   * Creates a reader of tables of one schema.
   *
   * @param capacity the largest number of rows in a block
   */
  public ChainBlocks(int capacity) {
    this.capacity = capacity;
    this.numbers = new double[capacity];
    this.wholes = new long[capacity];
    this.codes = new int[capacity];
    this.texts = new String[capacity];
    this.missing = new boolean[capacity];
  }

  /** Returns the largest number of rows in a block. */
  public int capacity() {
    return capacity;
  }

  /**
   * Returns what the steps of a chain make of some of its values; a last step that ends a chain is
   * left out.
   *
   * @param chain reads numbers or texts
   * @param table has its columns, of types that it can read; of the same schema in each call
   * @param from the first row
   * @param count how many rows, at most {@link #capacity()}
   * @return valid until the next call
   */
  public ValueBlock read(Chain chain, Table table, int from, int count) {
    return read(chain, table, from, count, null);
  }

  /**
   * Returns what the steps of a chain make of some of its values, in rows that they were fitted on.
   *
   * @param rowIds gives the identity of each row; {@code null} if the steps were not fitted on them
   * @see #read(Chain, Table, int, int)
   */
  public ValueBlock read(
      Chain chain, Table table, int from, int count, @Nullable IntToLongFunction rowIds) {
    boolean isNumber = chain.reading() != Reading.TEXT;
    if (isNumber) {
      readNumbers(chain, table, from, count);
    } else {
      readTexts(chain, table, from, count);
    }
    for (FittedTransform step : chain.steps()) {
      if (step.gives().isPresent()) {
        isNumber =
            isNumber
                ? applyToNumbers(step, count)
                : (rowIds != null && step instanceof OutOfFold transform)
                    ? applyInTraining(transform, from, count, rowIds)
                    : applyToTexts(step, count);
      }
    }
    return isNumber ? new ValueBlock.Numbers(numbers, count) : new ValueBlock.Texts(texts, count);
  }

  /** Tells whether a chain reads the texts of one column, which keeps them as bytes or codes. */
  static boolean isEncoded(Chain chain, Table table) {
    if (chain.reading() != Reading.TEXT || !(chain.input() instanceof ChainInput.Column)) {
      return false;
    }
    ColumnData column = table.column(chain.name());
    return column instanceof TextColumn || column instanceof CategoryColumn;
  }

  /**
   * Returns what {@link #read(Chain, Table, int, int, IntToLongFunction)} returns, but texts as
   * their column keeps them if no step makes others of them.
   *
   * @return valid until the next call
   */
  public ValueBlock readEncoded(
      Chain chain, Table table, int from, int count, @Nullable IntToLongFunction rowIds) {
    return chain.steps().isEmpty() && isEncoded(chain, table)
        ? readEncoded(chain, table, from, count)
        : read(chain, table, from, count, rowIds);
  }

  /** Returns the texts of a column of texts or categories, before any step. */
  ValueBlock readEncoded(Chain chain, Table table, int from, int count) {
    if (table.column(chain.name()) instanceof CategoryColumn categories) {
      categories.read(from, count, codes, 0);
      return new ValueBlock.Codes(codes, categories.values(), count);
    }
    TextColumn column = (TextColumn) table.column(chain.name());
    column.read(from, count, utf8);
    column.readNulls(from, count, missing, 0);
    return new ValueBlock.Utf8(utf8, missing);
  }

  private void readNumbers(Chain chain, Table table, int from, int count) {
    if (chain.input() instanceof ChainInput.Formula formula) {
      boundNumbers
          .computeIfAbsent(chain, c -> ((NumberExpr) formula.expression()).bind(table.schema()))
          .read(table, from, count, numbers, 0);
    } else {
      read(table.column(chain.name()), from, count, numbers);
    }
  }

  private void read(ColumnData column, int from, int count, double[] to) {
    if (column instanceof DoubleColumn doubles) {
      doubles.read(from, count, to, 0);
      return;
    }
    ((LongColumn) column).read(from, count, wholes, 0);
    for (int i = 0; i < count; i++) {
      to[i] = wholes[i];
    }
    if (column.hasNulls()) {
      for (int i = 0; i < count; i++) {
        if (column.isNull(from + i)) {
          to[i] = Double.NaN;
        }
      }
    }
  }

  private void readTexts(Chain chain, Table table, int from, int count) {
    if (chain.input() instanceof ChainInput.Formula formula) {
      boundTexts
          .computeIfAbsent(chain, c -> ((TextExpr) formula.expression()).bind(table.schema()))
          .read(table, from, count, texts, 0);
      return;
    }
    List<String> columns = chain.input().columns();
    if (columns.size() == 1) {
      read(table.column(columns.get(0)), chain, from, count, texts);
      return;
    }
    @Nullable String[][] parts = new String[columns.size()][count];
    for (int i = 0; i < columns.size(); i++) {
      read(table.column(columns.get(i)), chain, from, count, parts[i]);
    }
    @Nullable String[] row = new String[columns.size()];
    for (int i = 0; i < count; i++) {
      for (int part = 0; part < row.length; part++) {
        row[part] = parts[part][i];
      }
      texts[i] = Crosses.join(row);
    }
  }

  private void read(ColumnData column, Chain chain, int from, int count, @Nullable String[] to) {
    if (column instanceof TextColumn textColumn) {
      textColumn.read(from, count, to, 0);
    } else if (column instanceof CategoryColumn categories) {
      List<String> values = categories.values();
      categories.read(from, count, codes, 0);
      for (int i = 0; i < count; i++) {
        to[i] = codes[i] < 0 ? null : values.get(codes[i]);
      }
    } else {
      ((LongColumn) column).read(from, count, wholes, 0);
      Texts known = textsOfWholes.computeIfAbsent(chain, ChainBlocks::textsOfWholes);
      boolean flags = column.field().type() instanceof FieldType.Bool;
      for (int i = 0; i < count; i++) {
        to[i] =
            column.isNull(from + i) ? null : flags ? Texts.ofFlag(wholes[i]) : known.of(wholes[i]);
      }
    }
  }

  /** Returns the texts that whole numbers become: all of them if they become parts of others. */
  private static Texts textsOfWholes(Chain chain) {
    return Texts.of(chain.input() instanceof ChainInput.Column ? Texts.lookup(chain) : null);
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

  /** Applies a step to texts of rows that it was fitted on; numbers come out. */
  private boolean applyInTraining(
      OutOfFold transform, int from, int count, IntToLongFunction rowIds) {
    for (int i = 0; i < count; i++) {
      numbers[i] = transform.applyInTraining(texts[i], rowIds.applyAsLong(from + i));
    }
    return true;
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
