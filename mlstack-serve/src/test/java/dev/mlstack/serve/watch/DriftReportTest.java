package dev.mlstack.serve.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftReportTest {

  private static final DriftReport REPORT =
      new DriftReport(
          Digest.of(new byte[] {1}),
          300,
          DriftPolicy.defaults(),
          List.of(
              new ColumnDrift("mean_radius", 0.4321, 1e-300, 2e-300, 17, true),
              new ColumnDrift("L\u00f6w", 0.05, 0.25, 0.5, 0, false)));

  private static StoredObject frozen() throws IOException {
    try (InputStream in = DriftReportTest.class.getResourceAsStream("/frozen/drift-1.object")) {
      return StoredObject.decode(Objects.requireNonNull(in).readAllBytes());
    }
  }

  private static MemoryStore storeOf(StoredObject object) {
    MemoryStore store = new MemoryStore();
    try (Batch batch = store.batch()) {
      batch.put(object);
      batch.commit();
    }
    return store;
  }

  @Test
  void aReportOfVersion1_isReadAndWrittenTheSame() throws IOException {
    StoredObject frozen = frozen();
    assertThat(DriftReport.read(storeOf(frozen), frozen.digest())).isEqualTo(REPORT);
    assertThat(REPORT.digest()).isEqualTo(frozen.digest());
  }

  @Test
  void aReportOfAnotherForm_isMalformedByName() throws IOException {
    String text = new String(frozen().encoded(), StandardCharsets.UTF_8);
    for (String[] change :
        new String[][] {
          {"\"columns\":[", "\"calumns\":["},
          {"\"alpha\":0.01", "\"alpha\":9.01"},
          {"\"unseen\":17", "\"unseen\":{}"},
        }) {
      StoredObject broken =
          StoredObject.decode(text.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8));
      assertThatExceptionOfType(MalformedObjectException.class)
          .as(change[1])
          .isThrownBy(() -> DriftReport.read(storeOf(broken), broken.digest()))
          .withMessageContaining(broken.digest().hex());
    }
  }

  @Test
  void theVerdict_isASentence() {
    assertThat(REPORT).hasToString("drift in 1 of 2 columns over 300 rows: mean_radius");
    assertThat(REPORT.hasDrift()).isTrue();
    assertThat(REPORT.drifted()).containsExactly(REPORT.columns().get(0));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.1, alpha", "1, 0.1, alpha", "NaN, 0.1, alpha", "0.1, -0.1, minDistance"})
  void aPolicyOutOfRange_isRefusedNamingIt(double alpha, double distance, String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DriftPolicy(alpha, distance))
        .withMessageContaining(name);
  }

  /** Writes what was frozen, into the directory that is its argument. */
  static final class Freeze {
    private Freeze() {}

    public static void main(String[] args) throws IOException {
      MemoryStore store = new MemoryStore();
      try (Batch batch = store.batch()) {
        REPORT.writeTo(batch);
        batch.commit();
      }
      Files.write(Path.of(args[0]).resolve("drift-1.object"), store.get(REPORT.digest()).encoded());
    }
  }
}
