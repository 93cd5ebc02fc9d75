package dev.mlstack.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.store.Digest;
import dev.mlstack.testkit.Seeds;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestSetTest {

  @Test
  void behavesLikeASet() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    DigestSet set = new DigestSet();
    Set<Digest> expected = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      Digest digest = anyOf(random);
      boolean known = expected.contains(digest);
      assertThat(set.contains(digest) == known && set.add(digest) == expected.add(digest))
          .as("seed %d", seed)
          .isTrue();
    }
    assertThat(set.size()).isEqualTo(expected.size());
    assertThat(expected).allMatch(set::contains);
  }

  /** Many begin alike, some differ in one word only, and one is all zero. */
  private static Digest anyOf(Random random) {
    byte[] bytes = new byte[Digest.BYTES];
    for (int word = 0; word < 4; word++) {
      bytes[8 * word + 7] = (byte) random.nextInt(12);
      bytes[8 * word] = (byte) random.nextInt(2);
    }
    return Digest.ofBytes(bytes);
  }
}
