package dev.mlstack.core.profile;

import dev.mlstack.core.math.ExactSum;
import dev.mlstack.core.profile.NumberScan.Ends;
import dev.mlstack.core.profile.RankSearch.Found;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.ColumnData;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column of numbers after its first round: the second sums the squares of how far they are from
 * their mean; it and those that follow search the quantiles.
 */
final class NumberRefinement implements ColumnScan {

  /** The quantiles that borders are made of, in percent. */
  private static final List<Integer> BORDER_PERCENTS =
      IntStream.range(1, Bins.MAX).mapToObj(i -> i * 100 / Bins.MAX).toList();

  /** About how many bytes the searches of all columns take at most, for each thread: 64 MiB. */
  private static final long MEMORY = 64 << 20;

  /** Three numbers for each part of each range, of which there are no more than quantiles. */
  private static final long BYTES_PER_PART =
      3L * Long.BYTES * (BORDER_PERCENTS.size() + NumberProfile.PERCENTS.size());

  private static final int MIN_BITS = 5;
  private static final int MAX_BITS = 11;

  private final Field field;
  private final Ends ends;
  private final double mean;
  private final RankSearch search;
  private final @Nullable ExactSum squares;

  private NumberRefinement(
      Field field, Ends ends, double mean, RankSearch search, @Nullable ExactSum squares) {
    this.field = field;
    this.ends = ends;
    this.mean = mean;
    this.search = search;
    this.squares = squares;
  }

  /**
   * Returns what is known after the first round.
   *
   * @param ends what it found; at least one number
   * @param columns how many columns are scanned at once
   */
  static NumberRefinement start(Field field, Ends ends, int columns) {
    List<Long> ranks =
        Stream.concat(BORDER_PERCENTS.stream(), NumberProfile.PERCENTS.stream())
            .map(percent -> rank(percent, ends.count()))
            .distinct()
            .sorted()
            .toList();
    RankSearch search =
        RankSearch.start(ends.min(), ends.max(), ends.count(), ranks, bits(columns, ends.count()));
    return new NumberRefinement(field, ends, ends.mean(), search, null);
  }

  /** Returns the rank of the least number that at least so many percent of all do not exceed. */
  private static long rank(int percent, long count) {
    return Math.max(1, (percent * count + 99) / 100);
  }

  /** Returns the logarithm of the number of parts: as many as memory allows or numbers need. */
  private static int bits(int columns, long count) {
    long parts = Math.min(count, MEMORY / (BYTES_PER_PART * columns));
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(parts);
    return Math.max(MIN_BITS, Math.min(MAX_BITS, bits));
  }

  @Override
  public Tally tally() {
    return new Refined(field.type(), squares == null, mean, search.parts());
  }

  @Override
  public ColumnScan next(Tally total) {
    Refined refined = (Refined) total;
    ExactSum known = squares == null ? refined.squares : squares;
    RankSearch next = search.next(refined.parts);
    return next.done()
        ? new Done(profile(known, next))
        : new NumberRefinement(field, ends, mean, next, known);
  }

  private NumberProfile profile(ExactSum sumOfSquares, RankSearch found) {
    List<Double> quantiles =
        NumberProfile.PERCENTS.stream()
            .map(percent -> found.at(rank(percent, ends.count())).value())
            .toList();
    return new NumberProfile(
        field,
        ends.missing(),
        ends.min(),
        ends.max(),
        mean,
        Math.sqrt(sumOfSquares.value() / (ends.count() - 1.0)),
        quantiles,
        bins(found));
  }

  private Bins bins(RankSearch found) {
    if (!ends.values().isMany()) {
      return Bins.of(NumberReader.numbers(field.type()), ends.values());
    }
    List<Found> atBorders =
        BORDER_PERCENTS.stream().map(percent -> found.at(rank(percent, ends.count()))).toList();
    return Bins.of(NumberReader.numbers(field.type()), ends, atBorders);
  }

  /** What a later round finds. */
  private static final class Refined implements Tally, NumberReader.Sink {
    private final NumberReader reader;
    private final boolean needsSquares;
    private final double mean;
    private final RankSearch.Parts parts;
    private final ExactSum squares = new ExactSum();

    Refined(FieldType type, boolean needsSquares, double mean, RankSearch.Parts parts) {
      this.reader = new NumberReader(type);
      this.needsSquares = needsSquares;
      this.mean = mean;
      this.parts = parts;
    }

    @Override
    public void add(ColumnData column) {
      reader.read(column, this);
    }

    @Override
    public void add(double[] numbers, int size) {
      for (int i = 0; i < size; i++) {
        double number = numbers[i];
        if (!Double.isNaN(number)) {
          parts.add(number);
          if (needsSquares) {
            squares.add((number - mean) * (number - mean));
          }
        }
      }
    }

    @Override
    public void merge(Tally other) {
      Refined refined = (Refined) other;
      parts.add(refined.parts);
      squares.add(refined.squares);
    }
  }
}
