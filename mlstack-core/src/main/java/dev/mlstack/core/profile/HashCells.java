package dev.mlstack.core.profile;

import dev.mlstack.schema.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The cells of a column of too many different texts to know each: {@link #SIZE} cells in which
 * texts fall by their hashes, and one for those that are missing. A text that becomes more frequent
 * makes its cell so, whether or not it was known.
 *
 * @param field the column
 * @param missing how many values are missing
 * @param rows how many rows are in each cell of texts
 */
public record HashCells(Field field, long missing, List<Long> rows) implements ColumnCells {

  /** How many cells of texts there are: 64. */
  public static final int SIZE = 64;

  private static final int BUCKETS_OF_A_CELL = HashBuckets.SIZE / SIZE;

  /** Copies the list. */
  public HashCells {
    rows = List.copyOf(rows);
  }

  static HashCells of(Field field, long missing, long[] buckets) {
    long[] rows = new long[SIZE];
    for (int i = 0; i < buckets.length; i++) {
      rows[i / BUCKETS_OF_A_CELL] += buckets[i];
    }
    return new HashCells(field, missing, Arrays.stream(rows).boxed().toList());
  }

  /** Returns the cell of a text. */
  static int cell(long hash) {
    return HashBuckets.bucket(hash) / BUCKETS_OF_A_CELL;
  }

  @Override
  public List<String> names() {
    return Stream.concat(
            IntStream.range(0, SIZE).mapToObj(i -> "hash " + i + " of " + SIZE), Stream.of(MISSING))
        .toList();
  }

  @Override
  public long[] counts() {
    long[] counts = new long[SIZE + 1];
    Arrays.setAll(counts, i -> i < SIZE ? rows.get(i) : missing);
    return counts;
  }
}
