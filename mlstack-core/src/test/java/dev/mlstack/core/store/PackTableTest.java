package dev.mlstack.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.store.PackTable.Place;
import dev.mlstack.store.Digest;
import dev.mlstack.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackTableTest {

  @Test
  void findsWhatAnyPackHas() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    PackTable table = new PackTable();
    Map<Digest, Pack> expected = new HashMap<>();
    List<Pack> packs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Pack pack = pack(i, random.nextInt(60), random);
      table.add(pack);
      packs.add(pack);
      pack.digests().forEach(digest -> expected.put(digest, pack));
      check(table, expected, random, "seed " + seed);
    }
    assertThat(table.packs()).isEqualTo(packs);
    assertThat(Arrays.stream(table.numbers()).mapToObj(n -> table.place(n).entry().digest()))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    check(PackTable.of(packs), expected, random, "seed " + seed);
  }

  private static void check(
      PackTable table, Map<Digest, Pack> expected, Random random, String seed) {
    for (int i = 0; i < 50; i++) {
      Digest digest = digest(random);
      Place place = table.find(digest);
      Pack pack = place == null ? null : place.pack();
      assertThat(pack).as(seed).isEqualTo(expected.get(digest));
      if (place != null) {
        assertThat(place.entry().digest()).isEqualTo(digest);
      }
    }
  }

  private static Pack pack(int number, int size, Random random) {
    List<Pack.Entry> entries =
        IntStream.range(0, size)
            .mapToObj(i -> digest(random))
            .distinct()
            .sorted()
            .map(digest -> new Pack.Entry(digest, random.nextInt(1000), 20, false))
            .toList();
    return Pack.of(Path.of("pack" + number), number, null, entries);
  }

  /** Few enough that packs share some, and alike in the bits that choose a slot. */
  private static Digest digest(Random random) {
    byte[] bytes = new byte[Digest.BYTES];
    bytes[random.nextInt(2) == 0 ? 7 : 0] = (byte) random.nextInt(64);
    bytes[31] = (byte) random.nextInt(64);
    return Digest.ofBytes(bytes);
  }

  @Test
  void aPack_givesBackItsEntries() {
    Pack pack = pack(1, 50, new Random(5));
    List<Pack.Entry> entries = IntStream.range(0, pack.size()).mapToObj(pack::entry).toList();
    assertThat(pack.digests()).isEqualTo(entries.stream().map(Pack.Entry::digest).toList());
    assertThat(Arrays.stream(pack.inFileOrder()).mapToLong(i -> pack.entry(i).offset()))
        .isSorted()
        .hasSize(pack.size());
    assertThat(pack.bytes()).isEqualTo(20L * pack.size());
  }
}
