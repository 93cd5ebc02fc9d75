package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.ZstdOutputStream;
import dev.mlstack.data.internal.Unpacking;
import dev.mlstack.store.Digest;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files, streams, and what is compressed. */
class CsvInputsTest {

  private final Path directory;

  CsvInputsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private Path write(String name, String text) throws IOException {
    return write(name, bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] zstd(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }

  @Test
  void glob_readsTheFilesInOrderOfTheirNames() throws IOException {
    write("orders-2.csv", "id,n\n3,x\n4,40\n");
    write("orders-1.csv.gz", gzip(bytes("id,n\n1,10\n2,20")));
    write("other.csv", "a\n1\n");
    Csv csv = Csv.glob(directory, "orders-*.csv*");
    CsvResult result = CsvResult.read(csv);
    assertThat(result.texts("id")).containsExactly("1", "2", "3", "4");
    assertThat(result.texts("n")).containsExactly("10", "20", "x", "40");
    assertThat(result.lines()).containsExactly(2L, 3L, 5L, 6L);
    byte[] stored =
        joined(
            Files.readAllBytes(directory.resolve("orders-1.csv.gz")),
            Files.readAllBytes(directory.resolve("orders-2.csv")));
    assertThat(result.origin().name()).isEqualTo("orders-*.csv*");
    assertThat(result.origin().digest()).isEqualTo(Digest.of(stored));
    assertThat(csv.origin()).isEqualTo(result.origin());
  }

  @Test
  void files_badRow_tellsItsFileAndTheLineThere() throws IOException {
    record Order(int id, int n) {}
    Path one = write("one.csv", "id,n\n1,10\n");
    Path two = write("two.csv", "id,n\n2,20\n3,x\n");
    for (int chunk : new int[] {2, 7, 1000}) {
      CsvResult result =
          CsvResult.read(Csv.files(List.of(one, two)).as(Order.class).chunkBytes(chunk));
      assertThat(result.texts("n")).containsExactly("10", "20");
      RejectedRow row = result.rejected().get(0);
      assertThat(row.source()).isEqualTo("two.csv");
      assertThat(row.line()).isEqualTo(3);
      assertThat(row.offset()).isEqualTo(10);
    }
  }

  @Test
  void files_otherColumns_areRefused() throws IOException {
    Path one = write("one.csv", "id,n\n1,10\n");
    Path two = write("two.csv", "id,m\n2,20\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(Csv.files(List.of(one, two))))
        .withMessage(
            "two.csv has the columns [id, m] but one.csv has [id, n]; read files of different"
                + " columns one by one");
  }

  @Test
  void files_nothing_isRefused() throws IOException {
    assertThatIllegalArgumentException().isThrownBy(() -> Csv.files(List.of()));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(Csv.glob(directory, "*.csv")))
        .withMessageEndingWith("has a name like *.csv");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> CsvResult.read(Csv.glob(directory.resolve("none"), "*.csv")));
  }

  @Test
  void stream_isOpenedAgainForEachReading() throws IOException {
    byte[] text = bytes("\ufeffa,b\n1,x\n2,y\n");
    Csv csv = Csv.stream("upload", () -> new ByteArrayInputStream(text));
    CsvResult result = CsvResult.read(csv);
    assertThat(result.texts("a")).containsExactly("1", "2");
    assertThat(result.origin().name()).isEqualTo("upload");
    assertThat(result.origin().digest()).isEqualTo(Digest.of(text));
  }

  /** Bytes may come one by one, and members of gzip while nothing is available. */
  @Test
  void gzip_ofSeveralMembersFromASlowStream_isReadToItsEnd() throws IOException {
    byte[] packed = joined(gzip(bytes("a\n1\n")), gzip(bytes("2\n")), gzip(bytes("3\n")));
    InputSupplier slow =
        () ->
            new InputStream() {
              private int at;

              @Override
              public int read() {
                return at == packed.length ? -1 : packed[at++] & 0xFF;
              }

              @Override
              public int read(byte[] to, int from, int length) {
                int next = read();
                if (next >= 0 && length > 0) {
                  to[from] = (byte) next;
                }
                return next < 0 ? -1 : Math.min(length, 1);
              }
            };
    assertThat(CsvResult.read(Csv.stream("slow", slow)).texts("a")).containsExactly("1", "2", "3");
  }

  @Test
  void zstd_isUnpacked() throws IOException {
    byte[] packed = joined(zstd(bytes("a\n1\n")), zstd(bytes("2\n")));
    CsvResult result = CsvResult.read(Csv.file(write("a.csv.zst", packed)));
    assertThat(result.texts("a")).containsExactly("1", "2");
    assertThat(result.origin().digest()).isEqualTo(Digest.of(packed));
  }

  @Test
  void read_damagedOrCutOff_isRefused() throws IOException {
    byte[] text = bytes("a\n" + "12345,abc\n".repeat(50_000));
    for (byte[] packed : new byte[][] {gzip(text), zstd(text)}) {
      for (int length = 1; length < packed.length; length += 1 + packed.length / 50) {
        Path cut = write("cut.csv", Arrays.copyOf(packed, length));
        assertThatExceptionOfType(DataException.class)
            .isThrownBy(() -> CsvResult.read(Csv.file(cut)))
            .withMessageStartingWith("cut.csv");
      }
    }
  }

  @Test
  void read_absurdRatio_isRefused() throws IOException {
    byte[] text = new byte[(int) Unpacking.FREE_BYTES + (1 << 20)];
    Arrays.fill(text, (byte) '\n');
    text[0] = 'a';
    text[text.length - 2] = '1';
    Path bomb = write("bomb.csv.zst", zstd(text));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(Csv.file(bomb)))
        .withMessage(
            "bomb.csv.zst unpacks to more than 500 times the bytes that are stored; if it is no"
                + " mistake, allow more with .maxUnpacked(bytes)");
    assertThat(CsvResult.read(Csv.file(bomb).maxUnpacked(1 << 30)).rows()).isEqualTo(1);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(Csv.file(bomb).maxUnpacked(1000)))
        .withMessageContaining("unpacks to more than 1000 bytes");
    assertThatIllegalArgumentException().isThrownBy(() -> Csv.file(bomb).maxUnpacked(0));
  }
}
