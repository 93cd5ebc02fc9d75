package dev.mlstack.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.s3.PackIndex.Entry;
import dev.mlstack.s3.PackIndex.Made;
import dev.mlstack.store.Digest;
import dev.mlstack.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackIndexTest {

  private static final long STORED = 1_700_000_000_000L;

  @Test
  void anIndex_saysWhatWasPutIntoIt() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int round = 0; round < Seeds.repetitions(30, 1_000); round++) {
      List<Made> objects = new ArrayList<>();
      long offset = PackIndex.MAGIC.length;
      for (int i = random.nextInt(50); i > 0; i--) {
        int length = 1 + random.nextInt(1_000);
        List<Digest> held = new ArrayList<>();
        for (int j = random.nextInt(4); j > 0; j--) {
          held.add(digest(random));
        }
        objects.add(new Made(new Entry(digest(random), offset, length), held));
        offset += length;
      }
      byte[] tail = PackIndex.tail(offset, objects, STORED);
      PackIndex index = PackIndex.parse("p", offset + tail.length, 1, tail);
      assertThat(index.stored()).isEqualTo(STORED);
      assertThat(index.count()).as("seed %d", seed).isEqualTo(objects.size());
      assertThat(index.digests()).isSorted();
      assertThat(index.inPackOrder()).isEqualTo(objects.stream().map(Made::entry).toList());
      for (Made made : objects) {
        int position = index.find(made.entry().digest().toBytes());
        assertThat(index.entry(position)).as("seed %d", seed).isEqualTo(made.entry());
        assertThat(index.held(position)).as("seed %d", seed).isEqualTo(made.held());
      }
      assertThat(index.find(digest(random).toBytes())).isNegative();
      requireEveryFlipIsFound(tail, offset + tail.length, random);
    }
  }

  private static Digest digest(Random random) {
    byte[] bytes = new byte[Digest.BYTES];
    random.nextBytes(bytes);
    return Digest.ofBytes(bytes);
  }

  private static void requireEveryFlipIsFound(byte[] tail, long size, Random random) {
    byte[] flipped = tail.clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    assertThatIllegalArgumentException().isThrownBy(() -> PackIndex.parse("p", size, 1, flipped));
    byte[] cut = Arrays.copyOf(tail, random.nextInt(tail.length));
    assertThatIllegalArgumentException().isThrownBy(() -> PackIndex.parse("p", size, 1, cut));
  }

  @Test
  void thePackWithoutObjectsAndOneWithTwo_areFrozen() {
    Digest a = Samples.digest("a");
    Digest b = Samples.digest("b");
    byte[] empty = PackIndex.tail(8, List.of(), 0);
    assertThat(HexFormat.of().formatHex(empty))
        .isEqualTo(
            "0000000000000008" + "00000000" + "0000000000000000" + "3fb8e3e7" + "6d6c737473336f66");
    byte[] two =
        PackIndex.tail(
            108,
            List.of(
                new Made(new Entry(a, 8, 60), List.of(b)),
                new Made(new Entry(b, 68, 40), List.of())),
            STORED);
    assertThat(HexFormat.of().formatHex(two))
        .isEqualTo(
            b.hex()
                + "0000000000000044"
                + "00000028"
                + "00000000"
                + a.hex()
                + "0000000000000008"
                + "0000003c"
                + "00000000"
                + b.hex()
                + "000000000000006c"
                + "00000002"
                + "0000018bcfe56800"
                + "6ccf8e86"
                + "6d6c737473336f66");
  }
}
