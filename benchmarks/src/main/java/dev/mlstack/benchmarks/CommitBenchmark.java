package dev.mlstack.benchmarks;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.DirectoryRefs;
import dev.mlstack.core.store.DirectoryStore;
import dev.mlstack.data.arrow.ArrowTable;
import dev.mlstack.data.check.Checks;
import dev.mlstack.data.version.Datasets;
import dev.mlstack.data.version.VersionedDataset;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Commits 1,000,000 events of 20 columns that are in memory on two threads, and then changes of 1%.
 * {@code FILE_AND_SHA256} writes the buffers of the same Arrow tables to one file, takes their
 * SHA-256 on the way and forces the file: what an Arrow IPC file costs at least. What is stored is
 * beside what the first commit stored.
 */
final class CommitBenchmark implements Benchmark {

  private static final long ROWS = 1_000_000;
  private static final long PART = ROWS / 100;
  private static final long REGION = ROWS / 2;
  private static final int THREADS = 2;
  private static final int COPY_BYTES = 1 << 20;
  private static final int ROUNDS = 5;
  private static final double MEGABYTE = 1e-6;

  @Override
  public String name() {
    return "commit";
  }

  @Override
  public String about() {
    return "commit 1M x 20 in memory, then 1% appended or changed (one file with its SHA-256)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (BufferAllocator allocator = new RootAllocator();
        EventTables all = events(allocator, 0, ROWS);
        EventTables more = events(allocator, ROWS, ROWS + PART);
        EventTables region =
            new EventTables(allocator, REGION, REGION + PART, row -> false, row -> true);
        EventTables scattered =
            new EventTables(allocator, 0, ROWS, row -> row % 100 == 7, row -> false)) {
      Execution execution = Execution.on(threads, THREADS);
      new Race(1, ROUNDS, () -> commit(workbench.newDirectory(), all, execution))
          .against("FILE_AND_SHA256", () -> write(workbench.newDirectory(), all))
          .report(workbench, "first", "s", 1);
      changes(workbench, all, execution, "append", data -> data.append(more, Checks.none(), ""));
      changes(workbench, all, execution, "region", data -> data.upsert(region, Checks.none(), ""));
      changes(workbench, all, execution, "scattered", data -> data.commit(scattered));
    } finally {
      threads.shutdown();
    }
  }

  private static EventTables events(BufferAllocator allocator, long from, long to) {
    return new EventTables(allocator, from, to, row -> false, row -> false);
  }

  private static double commit(Path directory, EventTables events, Execution execution)
      throws IOException {
    try (ObjectStore store = DirectoryStore.open(directory);
        Refs refs = DirectoryRefs.open(directory)) {
      VersionedDataset data = new Datasets(store, refs, "bench", execution).dataset("events");
      return Race.seconds(() -> data.commit(events));
    } finally {
      Workbench.delete(directory);
    }
  }

  /** Changes a dataset. */
  @FunctionalInterface
  private interface Change {
    void of(VersionedDataset data) throws IOException;
  }

  private static void changes(
      Workbench workbench, EventTables all, Execution execution, String name, Change change)
      throws IOException {
    Path directory = workbench.newDirectory();
    try (ObjectStore store = DirectoryStore.open(directory);
        Refs refs = DirectoryRefs.open(directory)) {
      VersionedDataset data = new Datasets(store, refs, "bench", execution).dataset("events");
      double first = Race.seconds(() -> data.commit(all));
      long before = bytes(directory);
      double second = Race.seconds(() -> change.of(data));
      workbench.report(name, "s", second, "FIRST", first);
      double stored = bytes(directory) - before;
      workbench.report(name + "-stored", "MB", stored * MEGABYTE, "FIRST", before * MEGABYTE);
    } finally {
      Workbench.delete(directory);
    }
  }

  private static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static double write(Path directory, EventTables events) throws IOException {
    Path file = directory.resolve("events");
    try {
      return Race.seconds(
          () -> {
            MessageDigest sha256 = sha256();
            try (FileOutputStream out = new FileOutputStream(file.toFile())) {
              for (ArrowTable table : events.tables()) {
                for (FieldVector vector : table.root().getFieldVectors()) {
                  for (ArrowBuf buffer : vector.getFieldBuffers()) {
                    copy(buffer, out, sha256);
                  }
                }
              }
              out.getFD().sync();
            }
            sha256.digest();
          });
    } finally {
      Workbench.delete(directory);
    }
  }

  private static void copy(ArrowBuf buffer, FileOutputStream out, MessageDigest sha256)
      throws IOException {
    byte[] block = new byte[COPY_BYTES];
    for (long from = 0; from < buffer.writerIndex(); from += block.length) {
      int count = (int) Math.min(block.length, buffer.writerIndex() - from);
      buffer.getBytes(from, block, 0, count);
      sha256.update(block, 0, count);
      out.write(block, 0, count);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every platform has SHA-256", e);
    }
  }
}
