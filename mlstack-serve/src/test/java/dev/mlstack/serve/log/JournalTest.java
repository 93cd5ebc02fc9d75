package dev.mlstack.serve.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.store.StoreException;
import dev.mlstack.testkit.RandomPredictions;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal loses when its file is damaged, and what becomes of the file. */
class JournalTest {

  private static final int BLOCKS = 5;
  private static final int IN_BLOCK = 20;

  private final Path directory;
  private final MemoryStore store = new MemoryStore();
  private final MemoryRefs refs = new MemoryRefs();

  JournalTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private StoredPredictionLog open() throws IOException {
    return StoredPredictionLog.open(store, refs, "test", directory);
  }

  private static List<LoggedPrediction> block(int block) {
    return Samples.copied(Samples.entries(100L * block, IN_BLOCK));
  }

  private static List<LoggedPrediction> blocks(int from, int to) {
    List<LoggedPrediction> entries = new ArrayList<>();
    for (int block = from; block < to; block++) {
      entries.addAll(block(block));
    }
    return entries;
  }

  /** Returns the bytes of a journal with some blocks, and where each ends. */
  private byte[] journal(List<Integer> ends) throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Journal journal = Journal.create(elsewhere);
    Path file = Samples.files(elsewhere, ".journal").get(0);
    for (int block = 0; block < BLOCKS; block++) {
      journal.append(block(block), 1000);
      ends.add((int) Files.size(file));
    }
    byte[] bytes = Files.readAllBytes(file);
    journal.delete();
    assertThat(file).doesNotExist();
    return bytes;
  }

  private Path put(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("dead.journal"), bytes);
  }

  private void assertRecovered(List<LoggedPrediction> expected) throws IOException {
    try (StoredPredictionLog log = open()) {
      RandomPredictions.assertSame(Samples.all(log), expected);
    }
  }

  @Test
  void aWholeJournal_isStoredAndDeleted() throws IOException {
    put(journal(new ArrayList<>()));
    assertRecovered(blocks(0, BLOCKS));
    assertThat(Samples.files(directory, "journal")).isEmpty();
    assertRecovered(blocks(0, BLOCKS));
  }

  @Test
  void aJournalCutAnywhere_givesItsWholeBlocks_andIsSetAside() throws IOException {
    List<Integer> ends = new ArrayList<>();
    byte[] whole = journal(ends);
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int round = 0; round < Seeds.repetitions(20, 500); round++) {
      int size = random.nextInt(whole.length);
      JournalTest fresh = new JournalTest(Files.createTempDirectory(directory, "cut"));
      fresh.put(Arrays.copyOf(whole, size));
      int blocks = (int) ends.stream().filter(end -> end <= size).count();
      fresh.assertRecovered(blocks(0, blocks));
      boolean complete = size == 0 || ends.contains(size);
      assertThat(Samples.files(fresh.directory, "dead.journal.damaged"))
          .as("seed %d", seed)
          .hasSize(complete ? 0 : 1);
      assertThat(Samples.files(fresh.directory, ".journal")).isEmpty();
    }
  }

  @Test
  void aFlippedBit_costsAtMostWhatFollowsInDoubt_andTheFileIsKept() throws IOException {
    List<Integer> ends = new ArrayList<>();
    byte[] whole = journal(ends);
    long seed = Seeds.next();
    Random random = new Random(seed);
    for (int round = 0; round < Seeds.repetitions(30, 1000); round++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      int block = (int) ends.stream().filter(end -> end <= at).count();
      boolean inLength = at - (block == 0 ? 0 : ends.get(block - 1)) < Integer.BYTES;
      JournalTest fresh = new JournalTest(Files.createTempDirectory(directory, "bit"));
      fresh.put(damaged);
      try (StoredPredictionLog log = fresh.open()) {
        List<LoggedPrediction> expected = new ArrayList<>(blocks(0, block));
        if (!inLength) {
          expected.addAll(blocks(block + 1, BLOCKS));
          RandomPredictions.assertSame(Samples.all(log), expected);
        } else {
          RandomPredictions.assertSame(Samples.all(log).subList(0, expected.size()), expected);
        }
      }
      Path kept = fresh.directory.resolve("dead.journal.damaged");
      assertThat(Files.readAllBytes(kept)).as("seed %d", seed).isEqualTo(damaged);
    }
  }

  @Test
  void aBlockThatIsIntactButUnknown_isSetAside_andTheRestIsStored() throws IOException {
    List<Integer> ends = new ArrayList<>();
    byte[] whole = journal(ends);
    for (byte[] body :
        List.of(
            new byte[] {0, 0},
            new byte[] {0, 9, 'c'},
            new byte[] {0, 1, '/', 1, 2, 3},
            new byte[] {0, 1, 'c', 0, 0, 0, 9},
            Arrays.copyOfRange(whole, 8, ends.get(0) - 1))) {
      CRC32C crc = new CRC32C();
      crc.update(body);
      ByteBuffer block = ByteBuffer.allocate(8 + body.length + whole.length);
      block.putInt(body.length).putInt((int) crc.getValue()).put(body).put(whole);
      JournalTest fresh = new JournalTest(Files.createTempDirectory(directory, "odd"));
      fresh.put(block.array());
      fresh.assertRecovered(blocks(0, BLOCKS));
      assertThat(Samples.files(fresh.directory, ".damaged")).hasSize(1);
    }
  }

  @Test
  void somethingElseEntirely_isSetAsideAndNotInTheWay() throws IOException {
    put("this is no journal at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertRecovered(List.of());
    assertRecovered(List.of());
    assertThat(Samples.files(directory, ".damaged")).hasSize(1);
  }

  @Test
  void entriesThatWereStoredJustBeforeTheDeath_areNotStoredTwice() throws IOException {
    List<LoggedPrediction> entries = Samples.entries(0, 50);
    Path journals = directory.resolve("journals");
    try (StoredPredictionLog log = StoredPredictionLog.open(store, refs, "test", journals)) {
      entries.forEach(log::append);
      log.flush();
      // As if the process died after it had stored its segment and before it emptied the journal.
      Samples.asIfDead(journals, directory);
    }
    assertThat(Samples.files(directory, ".journal")).hasSize(1);
    assertRecovered(entries);
    assertThat(new Segments(store, refs, "test").of("credit")).hasSize(1);
  }

  @Test
  void theJournalOfALivingLog_isLeftAlone() throws IOException {
    List<LoggedPrediction> entries = Samples.entries(0, 50);
    StoredPredictionLog log = open();
    entries.forEach(log::append);
    log.flush();
    try (StoredPredictionLog other = open()) {
      assertThat(Samples.files(directory, ".journal")).hasSize(2);
      assertThat(Samples.all(other)).isEmpty();
    }
    assertThat(Samples.files(directory, ".journal")).hasSize(1);
    log.close();
    assertThat(Samples.files(directory, "")).isEmpty();
    assertRecovered(entries);
  }

  @Test
  void recoveryThatFails_leavesTheJournal_andSucceedsLater() throws IOException {
    put(journal(new ArrayList<>()));
    MemoryStore closed = new MemoryStore();
    closed.close();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> StoredPredictionLog.open(closed, refs, "test", directory).close())
        .isInstanceOf(IllegalStateException.class);
    assertThat(Samples.files(directory, "dead.journal")).hasSize(1);
    assertRecovered(blocks(0, BLOCKS));
  }

  @Test
  void whatAFailedWriteLeftBehind_isOverwritten() throws IOException {
    Journal journal = Journal.create(directory);
    Path file = Samples.files(directory, ".journal").get(0);
    journal.append(block(0), 1000);
    long end = Files.size(file);
    Path away = Files.move(file, directory.resolve("away"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> journal.append(block(1), 1000))
        .withMessageContaining(file.toString());
    assertThat(Files.size(away)).isGreaterThan(end);
    Files.move(away, file);
    journal.append(block(2), 1000);
    List<Journal.Block> read = journal.read().blocks();
    assertThat(read).hasSize(2);
    RandomPredictions.assertSame(read.get(0).entries(), block(0));
    RandomPredictions.assertSame(read.get(1).entries(), block(2));
    journal.clear();
    assertThat(journal.read()).isEqualTo(new Journal.Contents(List.of(), true));
    journal.delete();
  }
}
