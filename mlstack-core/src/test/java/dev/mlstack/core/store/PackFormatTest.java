package dev.mlstack.core.store;

import static dev.mlstack.core.store.Samples.digest;
import static dev.mlstack.core.store.Samples.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.core.store.PackTable.Place;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of how packs are written, loaded, read and walked through. */
class PackFormatTest {

  private static final StoredObject FIRST = object("first");
  private static final StoredObject SECOND = object("second", Edge.holds("held", digest("x")));
  private static final long CREATED = 1_700_000_000_123L;

  private final Path directory;

  PackFormatTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Pack write(StoredObject... objects) throws IOException {
    try (PackWriter writer = new PackWriter(directory.resolve("temporary"))) {
      for (StoredObject object : objects) {
        writer.append(object);
      }
      assertThat(writer.size()).isEqualTo(objects.length);
      return writer.publish(directory, CREATED);
    }
  }

  private static PackReader reader(PackChannels channels, Pack pack) {
    Path directory = pack.file().resolveSibling(".");
    return new PackReader(channels, new PackCatalog(directory, new Condemned(directory), channels));
  }

  private static StoredObject read(Pack pack, int position) throws IOException {
    try (PackChannels channels = new PackChannels()) {
      return reader(channels, pack).read(new Place(pack, position));
    }
  }

  private static List<Edge> edges(Pack pack, int position) throws IOException {
    try (PackChannels channels = new PackChannels()) {
      return reader(channels, pack).edges(new Place(pack, position));
    }
  }

  /** Written from the description of the format alone. */
  @Test
  void theFile_isAsDescribed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeBytes("mlstpk01");
    List<Pack.Entry> entries = new ArrayList<>();
    for (StoredObject object : List.of(FIRST, SECOND)) {
      int start = out.size();
      int payload = object.payloadSize();
      int header = object.encodedSize() - payload;
      byte[] prefix = {0, 0, 0, (byte) (header >> 8), (byte) header, 0, 0, 0, (byte) payload};
      CRC32C sum = new CRC32C();
      sum.update(prefix);
      sum.update(object.encoded(), 0, header);
      out.write(prefix);
      out.writeInt((int) sum.getValue());
      out.write(object.encoded());
      entries.add(new Pack.Entry(object.digest(), start, out.size() - start, false));
    }
    entries.sort((a, b) -> a.digest().compareTo(b.digest()));
    int index = out.size();
    for (Pack.Entry entry : entries) {
      out.write(entry.digest().toBytes());
      out.writeLong(entry.offset());
      out.writeInt(entry.length());
    }
    out.writeLong(index);
    out.writeInt(2);
    out.writeLong(CREATED);
    CRC32C sum = new CRC32C();
    sum.update(bytes.toByteArray(), index, out.size() - index);
    out.writeInt((int) sum.getValue());
    out.writeBytes("mlstpkof");
    assertThat(Files.readAllBytes(write(FIRST, SECOND).file())).isEqualTo(bytes.toByteArray());
  }

  @Test
  void aPackThatWasWritten_isLoadedAsItIs() throws IOException {
    Pack written = write(FIRST, SECOND);
    Pack loaded = PackLoader.load(written.file());
    assertThat(loaded.created()).isEqualTo(CREATED);
    assertThat(loaded.damage()).isNull();
    assertThat(entries(loaded)).isEqualTo(entries(written)).hasSize(2);
    for (int i = 0; i < 2; i++) {
      StoredObject expected = loaded.digest(i).equals(FIRST.digest()) ? FIRST : SECOND;
      assertThat(read(loaded, i).encoded()).isEqualTo(expected.encoded());
      assertThat(edges(loaded, i)).isEqualTo(expected.edges());
    }
    assertThat(Samples.files(directory, "")).containsExactly(written.file());
  }

  private static List<Pack.Entry> entries(Pack pack) {
    return IntStream.range(0, pack.size()).mapToObj(pack::entry).toList();
  }

  @Test
  void aHeaderLongerThanUsual_isRead() throws IOException {
    Edge[] edges =
        IntStream.range(0, 200)
            .mapToObj(i -> Edge.holds("chunk." + i, digest("chunk " + i)))
            .toArray(Edge[]::new);
    Pack pack = write(object("many edges", edges));
    assertThat(edges(pack, 0)).containsExactly(edges);
    assertThat(read(pack, 0).edges()).containsExactly(edges);
  }

  @Test
  void aPackWithMoreEntriesThanAreReadAtOnce_isLoaded() throws IOException {
    StoredObject[] objects =
        IntStream.range(0, 40_000).mapToObj(i -> object("o" + i)).toArray(StoredObject[]::new);
    Pack written = write(objects);
    Pack loaded = PackLoader.load(written.file());
    assertThat(loaded.damage()).isNull();
    assertThat(loaded.digests()).isEqualTo(written.digests()).isSorted().hasSize(40_000);
    assertThat(entries(loaded)).isEqualTo(entries(written));
  }

  @Test
  void aWriterThatIsClosedBeforePublishing_leavesNothing() throws IOException {
    try (PackWriter writer = new PackWriter(directory.resolve("temporary"))) {
      writer.append(FIRST);
    }
    assertThat(Samples.files(directory, "")).isEmpty();
  }

  @Test
  void aFileThatIsGone_isNotDamage() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> PackLoader.load(directory.resolve("gone.pack")));
  }

  @Test
  void aPackThatWasCut_givesWhatIsWhole() throws IOException {
    Pack pack = write(FIRST, SECOND);
    byte[] bytes = Files.readAllBytes(pack.file());
    int firstEnd = 8 + PackFormat.PREFIX_BYTES + FIRST.encodedSize();
    int secondEnd = firstEnd + PackFormat.PREFIX_BYTES + SECOND.encodedSize();
    for (int length = 0; length < bytes.length; length++) {
      Files.write(pack.file(), Arrays.copyOf(bytes, length));
      Pack loaded = PackLoader.load(pack.file());
      List<Digest> whole = new ArrayList<>();
      if (length >= firstEnd) {
        whole.add(FIRST.digest());
      }
      if (length >= secondEnd) {
        whole.add(SECOND.digest());
      }
      assertThat(loaded.damage()).as("cut to %d", length).isNotNull();
      assertThat(loaded.digests()).containsExactlyElementsOf(whole);
      for (int i = 0; i < loaded.size(); i++) {
        assertThat(read(loaded, i).digest()).isEqualTo(loaded.digest(i));
      }
    }
  }

  @Test
  void damage_isNamed() throws IOException {
    Pack pack = write(FIRST, SECOND);
    byte[] bytes = Files.readAllBytes(pack.file());
    assertThat(damageOf(pack, new byte[3])).contains("cut short").contains("byte 3");
    assertThat(damageOf(pack, flipped(bytes, 0))).contains("does not begin").contains("byte 0");
    assertThat(damageOf(pack, flipped(bytes, bytes.length - 1))).contains("does not end");
    assertThat(damageOf(pack, flipped(bytes, bytes.length - 50))).contains("checksum");
    assertThat(damageOf(pack, flipped(bytes, bytes.length - PackFormat.FOOTER_BYTES + 7)))
        .contains("does not fit the length");
    assertThat(damageOf(pack, flipped(bytes, bytes.length - PackFormat.FOOTER_BYTES + 19)))
        .contains("checksum");
  }

  private static String damageOf(Pack pack, byte[] bytes) throws IOException {
    Files.write(pack.file(), bytes);
    return String.valueOf(PackLoader.load(pack.file()).damage());
  }

  private static byte[] flipped(byte[] bytes, int position) {
    byte[] copy = bytes.clone();
    copy[position] ^= 0x40;
    return copy;
  }

  @Test
  void anyByteOfARecordThatIsFlipped_isFoundAndNamed() throws IOException {
    Pack pack = write(SECOND);
    byte[] bytes = Files.readAllBytes(pack.file());
    String where = pack.file() + ", byte 8";
    for (int i = 0; i < PackFormat.PREFIX_BYTES + SECOND.encodedSize(); i++) {
      Files.write(pack.file(), flipped(bytes, 8 + i));
      assertThat(PackLoader.load(pack.file()).damage()).isNull();
      if (i >= PackFormat.PREFIX_BYTES) {
        assertThatExceptionOfType(CorruptObjectException.class)
            .as("byte %d of the record", i)
            .isThrownBy(() -> read(pack, 0))
            .withMessageContaining(where)
            .satisfies(e -> assertThat(e.digest()).isEqualTo(SECOND.digest()));
      }
      if (i < PackFormat.PREFIX_BYTES + SECOND.header().length) {
        assertThatExceptionOfType(StoreException.class)
            .as("byte %d of the record", i)
            .isThrownBy(() -> edges(pack, 0))
            .withMessageContaining(where)
            .withMessageContaining(SECOND.digest().hex());
      }
    }
  }

  @Test
  void aCodecOfALaterVersion_isRefusedWithASentence() throws IOException {
    Pack pack = write(FIRST);
    byte[] bytes = Files.readAllBytes(pack.file());
    bytes[8] = 2;
    Files.write(pack.file(), bytes);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> read(pack, 0))
        .withMessageContaining("codec 2")
        .withMessageContaining("later version");
  }

  @Test
  void anIndexThatNamesAPlaceOutside_isDamage() throws IOException {
    Path file = directory.resolve("forged.pack");
    Files.write(file, new byte[0]);
    for (long[] forged :
        new long[][] {{-1, 30}, {0, 30}, {8, 3}, {9, 1 << 30}, {Long.MAX_VALUE, 30}}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeBytes("mlstpk01");
      out.write(new byte[40]);
      out.write(FIRST.digest().toBytes());
      out.writeLong(forged[0]);
      out.writeInt((int) forged[1]);
      CRC32C sum = new CRC32C();
      sum.update(bytes.toByteArray(), 48, PackFormat.ENTRY_BYTES);
      out.write(new PackFormat.Footer(48, 1, 0).toBytes(sum, false));
      Files.write(file, bytes.toByteArray());
      assertThat(PackLoader.load(file).damage()).contains("outside of the file");
    }
  }

  @Test
  void bytesAtRandom_areNeverMoreThanDamage() throws IOException {
    long seed = Seeds.next();
    Random random = new Random(seed);
    Path file = directory.resolve("random.pack");
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (random.nextBoolean() && bytes.length > 30) {
        System.arraycopy(PackFormat.MAGIC, 0, bytes, 0, 8);
        System.arraycopy(PackFormat.END_MAGIC, 0, bytes, bytes.length - 8, 8);
        Arrays.fill(bytes, 8, 16, (byte) 0);
      }
      Files.write(file, bytes);
      assertThat(PackLoader.load(file).damage()).as("seed %d", seed).isNotNull();
    }
  }
}
