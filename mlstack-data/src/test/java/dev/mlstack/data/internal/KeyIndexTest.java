package dev.mlstack.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  private static long add(KeyIndex index, byte[] key, long line) {
    return index.add(key, key.length, XxHash64.hash(key, 0, key.length, 0), line);
  }

  @Test
  void add_findsTheFirstLine_asAMapWould() {
    KeyIndex index = new KeyIndex();
    Map<String, Long> expected = new HashMap<>();
    List<byte[]> keys = new ArrayList<>();
    for (long line = 1; line <= 50_000; line++) {
      byte[] key;
      if (keys.isEmpty() || random.nextInt(3) > 0) {
        key = new byte[random.nextInt(40)];
        random.nextBytes(key);
        keys.add(key);
      } else {
        key = keys.get(random.nextInt(keys.size()));
      }
      Long before = expected.putIfAbsent(java.util.Arrays.toString(key), line);
      assertThat(add(index, key, line))
          .as("seed %d", seed)
          .isEqualTo(before == null ? KeyIndex.NEW : before);
    }
  }

  /** Equal hashes alone do not make two keys one. */
  @Test
  void add_keysWithEqualHashes_stayTwo() {
    KeyIndex index = new KeyIndex();
    for (int i = 0; i < 100; i++) {
      byte[] key = {(byte) i};
      assertThat(index.add(key, 1, 42, i)).isEqualTo(KeyIndex.NEW);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(index.add(new byte[] {(byte) i}, 1, 42, 1000)).isEqualTo(i);
    }
    assertThat(index.add(new byte[] {1, 0}, 2, 42, 7)).isEqualTo(KeyIndex.NEW);
  }

  @Test
  void add_keysLongerThanASegment_areKept() {
    KeyIndex index = new KeyIndex();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 4; i++) {
        byte[] key = new byte[(1 << 20) - 12 + i];
        key[key.length - 1] = 1;
        assertThat(add(index, key, i)).isEqualTo(round == 0 ? KeyIndex.NEW : i);
        assertThat(add(index, new byte[] {(byte) i}, i)).isEqualTo(round == 0 ? KeyIndex.NEW : i);
      }
    }
  }

  @Test
  void occurrences_countAsAMapWould() {
    Occurrences occurrences = new Occurrences();
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      // Numbers that share their lower bits, and 0, are numbers like others.
      long number = (long) random.nextInt(20_000) << (random.nextBoolean() ? 40 : 0);
      int before = expected.merge(number, 1, Integer::sum) - 1;
      assertThat(occurrences.next(number)).as("seed %d", seed).isEqualTo(before);
    }
  }
}
