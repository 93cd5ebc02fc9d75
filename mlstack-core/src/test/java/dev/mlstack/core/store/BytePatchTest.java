package dev.mlstack.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What patches make of bytes, and how small they are. */
class BytePatchTest {

  private final Random random = new Random(Seeds.next());

  private static byte[] apply(byte[] base, byte[] steps, int length) {
    return BytePatch.apply(base, ByteBuffer.wrap(steps), length);
  }

  private static byte[] patch(byte[] base, byte[] target) {
    byte[] steps = Objects.requireNonNull(BytePatch.make(base, target, Integer.MAX_VALUE));
    assertThat(apply(base, steps, target.length)).isEqualTo(target);
    return steps;
  }

  /** Bytes of few values, so that there is much to find by chance. */
  private byte[] bytes(int length, int values) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(values);
    }
    return bytes;
  }

  @Test
  void make_anyTwo_giveTheSecond() {
    for (int i = 0; i < 3000; i++) {
      int values = 1 + random.nextInt(i % 3 == 0 ? 2 : 256);
      byte[] base = bytes(random.nextInt(200), values);
      byte[] target = i % 2 == 0 ? bytes(random.nextInt(200), values) : mixed(base);
      patch(base, target);
    }
  }

  /** Pieces of the base in any order, with numbers changed. */
  private byte[] mixed(byte[] base) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 4 && base.length > 0; i++) {
      int from = random.nextInt(base.length);
      byte[] piece = Arrays.copyOfRange(base, from, from + random.nextInt(base.length - from + 1));
      if (random.nextBoolean() && piece.length >= 4) {
        ByteBuffer numbers = ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
        int addend = random.nextInt();
        for (int p = 0; p + 4 <= piece.length; p += 4) {
          numbers.putInt(p, numbers.getInt(p) + addend);
        }
      }
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  @Test
  void make_numbersChangedInPlace_isSmall() {
    ByteBuffer base = ByteBuffer.allocate(8192);
    while (base.hasRemaining()) {
      base.putLong(random.nextLong());
    }
    byte[] target = base.array().clone();
    for (int i = 0; i < 10; i++) {
      ByteBuffer.wrap(target).putLong(8 * random.nextInt(1024), random.nextLong());
    }
    assertThat(patch(base.array(), target)).hasSizeLessThan(160);
  }

  @Test
  void make_textGrows_shiftsItsOffsets() {
    byte[][] columns = new byte[2][];
    for (int version = 0; version < 2; version++) {
      ByteBuffer column = ByteBuffer.allocate(40_000).order(ByteOrder.LITTLE_ENDIAN);
      StringBuilder text = new StringBuilder();
      column.putInt(0);
      for (int row = 0; row < 1024; row++) {
        text.append("row ")
            .append(row * 7919 % 1000)
            .append(version == 1 && row % 100 == 50 ? "changed" : "");
        column.putInt(text.length());
      }
      column.put(text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      columns[version] = Arrays.copyOf(column.array(), column.position());
    }
    assertThat(patch(columns[0], columns[1])).hasSizeLessThan(400);
    assertThat(patch(columns[1], columns[0])).hasSizeLessThan(400);
  }

  @Test
  void make_rowsInsertedAndRemoved_isSmall() {
    byte[] base = bytes(8192, 256);
    byte[] target = new byte[8192];
    System.arraycopy(base, 0, target, 0, 4000);
    System.arraycopy(base, 4016, target, 4000, 2000);
    System.arraycopy(base, 6016, target, 6024, 2168);
    assertThat(patch(base, target)).hasSizeLessThan(60);
  }

  @Test
  void make_tooDifferent_isNull() {
    assertThat(BytePatch.make(bytes(1000, 256), bytes(1000, 256), 500)).isNull();
  }

  @Test
  void apply_damagedSteps_isRefusedOrOther_butNeverCrashes() {
    byte[] base = bytes(300, 256);
    byte[] target = mixed(base);
    byte[] steps = patch(base, target);
    for (int i = 0; i < 2000 && steps.length > 0; i++) {
      byte[] damaged = Arrays.copyOf(steps, 1 + random.nextInt(steps.length));
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(apply(base, damaged, target.length)).hasSize(target.length);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("patch");
      }
    }
    assertThatIllegalArgumentException().isThrownBy(() -> apply(base, new byte[0], 1));
  }
}
