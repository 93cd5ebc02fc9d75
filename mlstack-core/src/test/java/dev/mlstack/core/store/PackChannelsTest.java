package dev.mlstack.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackChannelsTest {

  private final Path directory;

  PackChannelsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private List<Path> files(int count, int bytes) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[bytes];
      new Random(i).nextBytes(content);
      files.add(Files.write(directory.resolve("file" + i), content));
    }
    return files;
  }

  private static byte[] expected(Path file, int offset, int length) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return Arrays.copyOfRange(all, offset, offset + length);
  }

  @Test
  void whatIsRead_isWhatTheFileHas() throws IOException {
    Path file = files(1, 1_000_000).get(0);
    try (PackChannels channels = new PackChannels()) {
      for (int[] part : new int[][] {{0, 0}, {0, 1}, {17, 999_983}, {999_999, 1}, {5, 131_073}}) {
        assertThat(channels.read(file, part[0], part[1]).array())
            .isEqualTo(expected(file, part[0], part[1]));
      }
      assertThatExceptionOfType(EOFException.class)
          .isThrownBy(() -> channels.read(file, 999_999, 2))
          .withMessageContaining("1000000");
      assertThatExceptionOfType(NoSuchFileException.class)
          .isThrownBy(() -> channels.read(directory.resolve("none"), 0, 1));
    }
  }

  @Test
  void onlySomeFiles_stayOpen() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(descriptors), "open files can be counted on Linux");
    List<Path> files = files(3 * PackChannels.MAX_OPEN, 10);
    PackChannels channels = new PackChannels();
    for (Path file : files) {
      channels.read(file, 0, 10);
    }
    assertThat(countOpen(descriptors)).isEqualTo(PackChannels.MAX_OPEN);
    channels.drop(files.get(files.size() - 1));
    assertThat(countOpen(descriptors)).isEqualTo(PackChannels.MAX_OPEN - 1);
    channels.close();
    assertThat(countOpen(descriptors)).isZero();
    assertThatIllegalStateException().isThrownBy(() -> channels.read(files.get(0), 0, 10));
  }

  private long countOpen(Path descriptors) throws IOException {
    return Disk.files(descriptors, "").stream()
        .filter(descriptor -> isBelow(descriptor, directory))
        .count();
  }

  private static boolean isBelow(Path descriptor, Path directory) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(directory.toRealPath());
    } catch (IOException e) {
      return false; // It was closed since.
    }
  }

  @Test
  void anInterruptedThread_readsToTheEndAndStaysInterrupted() throws IOException {
    Path file = files(1, 1000).get(0);
    try (PackChannels channels = new PackChannels()) {
      Thread.currentThread().interrupt();
      assertThat(channels.read(file, 10, 20).array()).isEqualTo(expected(file, 10, 20));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(channels.read(file, 30, 20).array()).isEqualTo(expected(file, 30, 20));
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void readersWhoseFilesAreClosedByOthers_readOn() throws IOException, InterruptedException {
    List<Path> files = files(2 * PackChannels.MAX_OPEN, 50_000);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    try (PackChannels channels = new PackChannels()) {
      List<Thread> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Random random = new Random(i);
        Thread reader =
            new Thread(
                () -> {
                  while (!done.get()) {
                    try {
                      Path file =
                          files.get(random.nextInt(files.size()) / (1 + random.nextInt(20)));
                      channels.read(file, random.nextInt(10), 40_000);
                      reads.incrementAndGet();
                    } catch (IOException | RuntimeException e) {
                      failures.add(e);
                    }
                  }
                });
        reader.start();
        readers.add(reader);
      }
      while (reads.get() < 4_000 && failures.isEmpty()) {
        readers.get(reads.get() % 4).interrupt();
        channels.drop(files.get(0));
      }
      done.set(true);
      for (Thread reader : readers) {
        reader.join();
      }
    }
    assertThat(failures).isEmpty();
  }
}
