package dev.mlstack.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.testkit.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sets and indexes of whole numbers against maps. */
class LongSetTest {

  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  /** Returns numbers that come again, collide or are extreme. */
  private long number() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(2000) - 1000L;
      case 1 -> (long) random.nextInt(2000) << 40;
      case 2 -> Long.MIN_VALUE + random.nextInt(3);
      case 3 -> Long.MAX_VALUE - random.nextInt(3);
      default -> random.nextLong();
    };
  }

  @Test
  void addContainsAndLine_areThoseOfAMap() {
    for (int i = 0; i < Seeds.repetitions(5, 200); i++) {
      Map<Long, Long> expected = new HashMap<>();
      LongSet set = new LongSet();
      LongIndex index = new LongIndex();
      for (long line = 1; line <= 20_000; line++) {
        long number = number();
        boolean isNew = expected.putIfAbsent(number, line) == null;
        assertThat(set.add(number)).as("seed %d", seed).isEqualTo(isNew);
        assertThat(index.add(number, line)).as("seed %d", seed).isEqualTo(isNew);
      }
      assertThat(set.contains(0)).isEqualTo(expected.containsKey(0L));
      expected.forEach(
          (number, line) -> {
            assertThat(set.contains(number)).isTrue();
            assertThat(index.line(number)).isEqualTo(line);
          });
    }
  }
}
