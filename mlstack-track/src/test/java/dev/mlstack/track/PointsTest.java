package dev.mlstack.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.run.MetricPoint;
import dev.mlstack.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PointsTest {

  private static Points random(SplittableRandom random, int size, List<MetricPoint> expected) {
    Points points = new Points();
    for (int i = 0; i < size; i++) {
      long step = random.nextBoolean() ? random.nextInt(10) : random.nextLong();
      double value = Double.longBitsToDouble(random.nextLong());
      points.add(step, i, value);
      expected.add(new MetricPoint(step, Instant.ofEpochMilli(i), value));
    }
    return points;
  }

  @Test
  void byStepAndLast_areThoseOfAStableSort() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    for (int size = 1; size < 60; size++) {
      List<MetricPoint> expected = new ArrayList<>();
      Points points = random(random, size, expected);
      assertThat(points.toList()).as("seed %d", seed).isEqualTo(expected);
      expected.sort(Comparator.comparingLong(MetricPoint::step));
      assertThat(points.byStep().toList()).as("seed %d", seed).isEqualTo(expected);
      assertThat(points.get(points.last())).as("seed %d", seed).isEqualTo(expected.get(size - 1));
      assertThat(points.byStep().get(points.byStep().last())).isEqualTo(expected.get(size - 1));
    }
  }

  @Test
  void encodeAndDecode_inPieces_giveTheSamePoints() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    List<MetricPoint> expected = new ArrayList<>();
    Points points = random(random, 1000, expected);
    Points decoded = new Points();
    for (int from = 0; from < 1000; ) {
      int to = Math.min(1000, from + 1 + random.nextInt(300));
      decoded.decode(points.encode(from, to));
      from = to;
    }
    assertThat(decoded.toList()).as("seed %d", seed).isEqualTo(expected);
    assertThat(decoded.last()).isEqualTo(points.last());
    Points added = new Points();
    added.addAll(points);
    assertThat(added.toList()).isEqualTo(expected);
  }

  @Test
  void encode_isWhatFilesHold() {
    Points points = new Points();
    points.add(1, 2, 1.0);
    assertThat(points.encode(0, 1))
        .containsExactly(
            1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F);
  }
}
