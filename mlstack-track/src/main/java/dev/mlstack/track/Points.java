package dev.mlstack.track;

import dev.mlstack.run.MetricPoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values of one metric, in the order they were logged. Grows as points are added; not safe for
 * use by several threads at once.
 */
final class Points {

  /** How many bytes an encoded point has: 24. */
  static final int POINT_BYTES = 3 * Long.BYTES;

  private static final int FIRST_CAPACITY = 16;

  private long[] steps = new long[FIRST_CAPACITY];
  private long[] times = new long[FIRST_CAPACITY];
  private double[] values = new double[FIRST_CAPACITY];
  private int size;
  private int last;

  /**
   * Adds a point.
   *
   * @param at in milliseconds since 1970
   */
  void add(long step, long at, double value) {
    if (size == steps.length) {
      int capacity = Math.multiplyExact(size, 2);
      steps = Arrays.copyOf(steps, capacity);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    steps[size] = step;
    times[size] = at;
    values[size] = value;
    last = step >= steps[last] ? size : last;
    size++;
  }

  /** Adds all points of another metric or another part of this one. */
  void addAll(Points others) {
    for (int i = 0; i < others.size; i++) {
      add(others.steps[i], others.times[i], others.values[i]);
    }
  }

  int size() {
    return size;
  }

  long step(int index) {
    return steps[index];
  }

  /** Returns when a point was logged, in milliseconds since 1970. */
  long at(int index) {
    return times[index];
  }

  double value(int index) {
    return values[index];
  }

  MetricPoint get(int index) {
    return new MetricPoint(steps[index], Instant.ofEpochMilli(times[index]), values[index]);
  }

  /** Returns the index of the point of the highest step, and of these the latest logged. */
  int last() {
    return last;
  }

  /** Returns the points by step, and those of one step in the order they were logged. */
  Points byStep() {
    boolean sorted = IntStream.range(1, size).allMatch(i -> steps[i - 1] <= steps[i]);
    if (sorted) {
      return this;
    }
    Points points = new Points();
    IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingLong(i -> steps[i]))
        .forEachOrdered(i -> points.add(steps[i], times[i], values[i]));
    return points;
  }

  List<MetricPoint> toList() {
    return IntStream.range(0, size).mapToObj(this::get).toList();
  }

  /** Returns some points as bytes: for each its step, its time and its value, little-endian. */
  byte[] encode(int from, int to) {
    ByteBuffer bytes = order(ByteBuffer.allocate((to - from) * POINT_BYTES));
    for (int i = from; i < to; i++) {
      bytes.putLong(steps[i]).putLong(times[i]).putDouble(values[i]);
    }
    return bytes.array();
  }

  /** Adds the points that were encoded. */
  void decode(byte[] encoded) {
    ByteBuffer bytes = order(ByteBuffer.wrap(encoded));
    while (bytes.hasRemaining()) {
      add(bytes.getLong(), bytes.getLong(), bytes.getDouble());
    }
  }

  private static ByteBuffer order(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }
}
