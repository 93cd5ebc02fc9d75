package dev.mlstack.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.predict.PredictionId;
import dev.mlstack.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PredictionIdsTest {

  @Test
  void next_ofSeveralThreads_isDistinctAndGrowsInEach() {
    PredictionIds ids = new PredictionIds();
    List<List<PredictionId>> given =
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(thread -> Stream.generate(ids::next).limit(20_000).toList())
            .toList();
    Set<PredictionId> distinct = new HashSet<>();
    for (List<PredictionId> ofThread : given) {
      assertThat(ofThread).isSorted();
      distinct.addAll(ofThread);
    }
    assertThat(distinct).hasSize(80_000);
  }

  @Test
  void next_growsWhileTheClockJumpsBackAndForth() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    PredictionIds ids =
        new PredictionIds(() -> 1_700_000_000_000L + random.nextInt(2000) - random.nextInt(2000));
    List<PredictionId> given = Stream.generate(ids::next).limit(5000).toList();
    assertThat(given).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void next_growsWhileTheClockStandsStill_intoTheFollowingMilliseconds() {
    long now = 1_700_000_000_000L;
    PredictionIds ids = new PredictionIds(() -> now);
    assertThat(ids.next().at()).isEqualTo(Instant.ofEpochMilli(now));
    List<PredictionId> given = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      given.add(ids.next());
    }
    assertThat(given).isSorted().doesNotHaveDuplicates();
    assertThat(given.get(given.size() - 1).at()).isEqualTo(Instant.ofEpochMilli(now + 1));
  }

  @Test
  void next_tellsEndpointsApart_andWhenItWas() {
    Instant before = Instant.now();
    PredictionId left = new PredictionIds(() -> 5).next();
    PredictionId right = new PredictionIds(() -> 5).next();
    assertThat(left.high()).isEqualTo(right.high());
    assertThat(left.low()).isNotEqualTo(right.low());
    assertThat(new PredictionIds().next().at())
        .isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
  }
}
