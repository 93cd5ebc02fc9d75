package dev.mlstack.core.store;

import static dev.mlstack.core.store.Samples.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.core.store.RefLog.End;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.StoreException;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefLogTest {

  private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

  private final Path file;
  private final RefLog log;

  RefLogTest(@TempDir Path directory) {
    this.file = directory.resolve("champion.log");
    this.log = new RefLog(file);
  }

  /** Appends moves to {@code digest("1")}, {@code digest("2")} and so on. */
  private List<RefLine> append(int count, String why) throws IOException {
    List<RefLine> lines = new ArrayList<>(log.all());
    for (int i = 0; i < count; i++) {
      Optional<Digest> from = lines.isEmpty() ? Optional.empty() : last(lines).move().to();
      Optional<Digest> to = Optional.of(digest(Integer.toString(lines.size() + 1)));
      RefLine line =
          new RefLine(lines.size() + 1, new RefMove(from, to, AT, new Cause("ada", why)));
      log.append(line, log.end());
      lines.add(line);
    }
    return lines;
  }

  private static RefLine last(List<RefLine> lines) {
    return lines.get(lines.size() - 1);
  }

  /** The checksums were computed with another language's CRC-32C. */
  @Test
  void theFile_isFrozen() throws IOException {
    append(2, "a \"reason\"");
    assertThat(Files.readString(file, StandardCharsets.UTF_8)).isEqualTo(FROZEN);
  }

  private static final String FROZEN =
      "dff758ff 0000008e"
          + " {\"at\":\"2026-01-31T12:00:00Z\",\"by\":\"ada\",\"move\":1,\"to\":\""
          + "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
          + "\",\"why\":\"a \\\"reason\\\"\"}\n"
          + "faf8a5bc 000000d8"
          + " {\"at\":\"2026-01-31T12:00:00Z\",\"by\":\"ada\",\"from\":\""
          + "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
          + "\",\"move\":2,\"to\":\""
          + "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"
          + "\",\"why\":\"a \\\"reason\\\"\"}\n";

  @Test
  void aFileThatDoesNotExist_hasNoLines() throws IOException {
    assertThat(log.end()).isEqualTo(new End(Optional.empty(), 0));
    assertThat(log.all()).isEmpty();
  }

  @Test
  void theLastLine_isFoundInShortAndLongFiles() throws IOException {
    for (int length : new int[] {1, 1, 100, 20_000, 50_000, 3}) {
      List<RefLine> lines = append(1, "w".repeat(length));
      assertThat(log.end()).isEqualTo(new End(Optional.of(last(lines)), Files.size(file)));
      assertThat(log.all()).isEqualTo(lines);
    }
    List<RefLine> lines = append(200, "why");
    assertThat(log.end().last()).contains(last(lines));
    assertThat(log.all()).hasSize(206).isEqualTo(lines);
  }

  @Test
  void aLineThatWasNotFinished_isIgnoredAndCutOffByTheNextWriter() throws IOException {
    List<RefLine> lines = append(2, "why");
    byte[] whole = Files.readAllBytes(file);
    append(1, "why");
    byte[] longer = Files.readAllBytes(file);
    for (int cut = whole.length; cut < longer.length; cut++) {
      Files.write(file, Arrays.copyOf(longer, cut));
      assertThat(log.end()).isEqualTo(new End(Optional.of(last(lines)), whole.length));
      assertThat(log.all()).isEqualTo(lines);
    }
    append(1, "why");
    assertThat(Files.readAllBytes(file)).isEqualTo(longer);
    Files.write(file, Arrays.copyOf(whole, 5));
    assertThat(log.end()).isEqualTo(new End(Optional.empty(), 0));
    assertThat(append(1, "why")).isEqualTo(lines.subList(0, 1));
  }

  @Test
  void anyByteThatChanges_isFoundInTheHistoryAndNeverMisleads() throws IOException {
    List<RefLine> lines = append(3, "why");
    byte[] whole = Files.readAllBytes(file);
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] = (byte) (damaged[i] ^ (1 + random.nextInt(255)));
      Files.write(file, damaged);
      assertThatExceptionOfType(StoreException.class)
          .as("byte %d, seed %d", i, seed)
          .isThrownBy(log::all)
          .withMessageContaining(file + ", byte ");
      try {
        assertThat(log.end().last()).contains(last(lines));
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining(file + ", byte ").hasMessageContaining("damaged");
      }
    }
  }

  @Test
  void damageThatIncludesTheLastNewline_isNotTakenForAnUnfinishedLine() throws IOException {
    append(3, "why");
    byte[] whole = Files.readAllBytes(file);
    for (int damage = 1; damage < 150; damage++) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, whole.length - damage, whole.length, (byte) 0);
      Files.write(file, damaged);
      assertThatExceptionOfType(StoreException.class)
          .as("%d bytes", damage)
          .isThrownBy(log::end)
          .withMessageContaining("newline is gone");
      assertThatExceptionOfType(StoreException.class).isThrownBy(log::all);
    }
  }

  @Test
  void aLineThatIsMissing_isFoundInTheHistory() throws IOException {
    append(3, "why");
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < 2; i++) {
      List<String> others = new ArrayList<>(lines);
      others.remove(i);
      Files.write(file, others);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(log::all)
          .withMessageContaining("does not follow");
    }
    Files.write(file, List.of(lines.get(0), lines.get(1), lines.get(1)));
    assertThatExceptionOfType(StoreException.class).isThrownBy(log::all);
  }

  @Test
  void aLineThatIsNoMove_isDamage() throws IOException {
    for (String json :
        new String[] {
          "{}", "[]", "x", "", "{\"at\":\"now\",\"by\":\"a\",\"why\":\"\",\"move\":1}"
        }) {
      String checked = String.format(" %08x %s", json.length(), json);
      CRC32C sum = new CRC32C();
      sum.update(checked.getBytes(StandardCharsets.UTF_8));
      Files.writeString(file, String.format("%08x%s\n", sum.getValue(), checked));
      assertThatExceptionOfType(StoreException.class)
          .as(json)
          .isThrownBy(log::end)
          .withMessageContaining("not a move");
    }
  }
}
