package dev.mlstack.benchmarks;

import dev.mlstack.compute.Execution;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import dev.mlstack.table.TextColumn;
import dev.mlstack.table.Utf8Block;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * Reads all values of a dataset in blocks and adds them up, on several threads: numbers as such,
 * and of texts each byte, so that none can be left out.
 */
final class PlainRead {

  private static final int BLOCK = 1024;

  private final long[] wholes = new long[BLOCK];
  private final double[] reals = new double[BLOCK];
  private final int[] codes = new int[BLOCK];
  private final Utf8Block texts = new Utf8Block();
  private double sum;

  /** Returns the sum of all values. */
  static double sum(Dataset data, Execution execution) {
    List<Shard> shards = data.shards();
    AtomicInteger next = new AtomicInteger();
    DoubleAdder total = new DoubleAdder();
    CountDownLatch done = new CountDownLatch(execution.parallelism());
    for (int i = 0; i < execution.parallelism(); i++) {
      execution
          .executor()
          .execute(
              () -> {
                total.add(new PlainRead().sum(shards, next));
                done.countDown();
              });
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("reading was interrupted", e);
    }
    return total.sum();
  }

  private double sum(List<Shard> shards, AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < shards.size(); i = next.getAndIncrement()) {
      try (TableReader reader = shards.get(i).open()) {
        for (Table table = reader.next(); table != null; table = reader.next()) {
          for (int column = 0; column < table.schema().size(); column++) {
            add(table.column(column));
          }
        }
      }
    }
    return sum;
  }

  /** Adds the values of a column. */
  void add(ColumnData column) {
    for (int from = 0; from < column.rows(); from += BLOCK) {
      int count = Math.min(BLOCK, column.rows() - from);
      if (column instanceof LongColumn longs) {
        longs.read(from, count, wholes, 0);
        addWholes(count);
      } else if (column instanceof DoubleColumn doubles) {
        doubles.read(from, count, reals, 0);
        addReals(count);
      } else if (column instanceof TextColumn strings) {
        strings.read(from, count, texts);
        addBytes();
      } else if (column instanceof CategoryColumn categories) {
        categories.read(from, count, codes, 0);
        addCodes(count);
      }
    }
  }

  private void addWholes(int count) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += wholes[i];
    }
    sum += total;
  }

  private void addReals(int count) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += Double.isNaN(reals[i]) ? 0 : reals[i];
    }
    sum += total;
  }

  private void addCodes(int count) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += codes[i];
    }
    sum += total;
  }

  private void addBytes() {
    long total = 0;
    byte[] bytes = texts.bytes();
    int end = texts.start(texts.count() - 1) + texts.length(texts.count() - 1);
    for (int i = 0; i < end; i++) {
      total += bytes[i];
    }
    sum += total;
  }
}
