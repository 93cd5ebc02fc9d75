package dev.mlstack.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.testkit.ChildJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@link Presence} and {@link Turns}, also between processes. */
class TurnsTest {

  private static final String SUFFIX = ".turn";

  private final Path directory;
  private final Path live;
  private final Path counter;

  TurnsTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.live = Files.createDirectory(directory.resolve("live"));
    this.counter = Files.createFile(directory.resolve("counter"));
  }

  /** Counts in a file: read, add and write, which loses counts unless it is done in turns. */
  private static void count(Path directory, int times) throws IOException {
    Path live = directory.resolve("live");
    try (Presence presence = new Presence(live)) {
      Turns turns = new Turns(presence, live, SUFFIX);
      for (int i = 0; i < times; i++) {
        Turns.Turn turn = turns.take(() -> {});
        try (turn;
            RandomAccessFile file =
                new RandomAccessFile(directory.resolve("counter").toFile(), "rw")) {
          int before = file.length() == 0 ? 0 : file.readInt();
          file.seek(0);
          file.writeInt(before + 1);
        }
      }
    }
  }

  private int counted() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(counter.toFile(), "r")) {
      return file.readInt();
    }
  }

  /** Another process that counts. */
  static final class Counter {
    private Counter() {}

    public static void main(String[] args) throws IOException {
      ChildJvm.say("started");
      count(Path.of(args[0]), Integer.parseInt(args[1]));
    }
  }

  /** Another process that takes a turn and keeps it until it is killed. */
  static final class Keeper {
    private Keeper() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      Path live = Path.of(args[0], "live");
      Presence presence = new Presence(live);
      Turns.Turn turn = new Turns(presence, live, SUFFIX).take(() -> {});
      try (presence;
          turn) {
        ChildJvm.say(presence.newFile(Path.of(args[0]), ".file").toString());
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  @Test
  void turns_excludeEachOtherAcrossThreadsInstancesAndProcesses() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<?>> running = new ArrayList<>();
    try (ChildJvm child = ChildJvm.start(Counter.class, directory.toString(), "300")) {
      child.awaitFirstLine();
      for (int i = 0; i < 3; i++) {
        running.add(
            threads.submit(
                () -> {
                  count(directory, 100);
                  return null;
                }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
      assertThat(child.await()).isZero();
    } finally {
      threads.shutdownNow();
    }
    assertThat(counted()).isEqualTo(600);
    assertThat(Disk.files(live, "")).isEmpty();
  }

  @Test
  void theDeathOfAProcess_endsItsTurnAndAbandonsItsFiles() throws Exception {
    try (ChildJvm child = ChildJvm.start(Keeper.class, directory.toString());
        Presence presence = new Presence(live)) {
      child.awaitFirstLine();
      Path file = Path.of(child.lines().get(0));
      Files.createFile(file);
      Turns turns = new Turns(presence, live, SUFFIX);
      AtomicInteger waits = new AtomicInteger();
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(
              () ->
                  turns.take(
                      () -> {
                        if (waits.incrementAndGet() == 20) {
                          throw new CancellationException("enough");
                        }
                      }));
      presence.clear(directory, live);
      assertThat(presence.isAbandoned(file)).isFalse();
      assertThat(file).exists();
      child.kill();
      turns.take(() -> {}).close();
      assertThat(presence.isAbandoned(file)).isTrue();
      presence.clear(directory, live);
      assertThat(file).doesNotExist();
      assertThat(counter).exists(); // Nobody's file is left alone.
    }
    assertThat(Disk.files(live, "")).isEmpty();
  }

  @Test
  void anInstance_livesUntilItIsClosed() throws IOException {
    Presence first = new Presence(live);
    try (Presence second = new Presence(live)) {
      Path file = first.newFile(directory, ".file");
      assertThat(first.newFile(directory, ".file")).isNotEqualTo(file);
      assertThat(first.isAbandoned(file)).isFalse();
      assertThat(second.isAbandoned(file)).isFalse();
      second.clear(live);
      assertThat(second.isAbandoned(file)).isFalse();
      first.close();
      first.close();
      assertThat(second.isAbandoned(file)).isTrue();
    }
    assertThat(Disk.files(live, "")).isEmpty();
  }

  @Test
  void whoNeedsNoIdentity_writesNothing() throws IOException {
    try (Presence presence = new Presence(live)) {
      assertThat(presence.isAbandoned(Path.of("1.1.dead-0.file"))).isTrue();
      assertThat(presence.isAbandoned(Path.of("foreign"))).isFalse();
      assertThat(Disk.files(live, "")).isEmpty();
    }
  }
}
