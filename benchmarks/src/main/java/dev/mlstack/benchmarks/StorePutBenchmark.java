package dev.mlstack.benchmarks;

import dev.mlstack.core.store.DirectoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stores objects of 1 KiB, durably: many in one batch, and each in a batch of its own, beside files
 * that are forced to the disk one by one. {@code FILES} forces the bytes alone, {@code
 * FILES_RENAMED} makes the file as durable as the store makes an object. Ours computes digests and
 * writes leases, too.
 */
final class StorePutBenchmark implements Benchmark {

  private static final int IN_BATCH = 10_000;
  private static final int SINGLE = 100;
  private static final int FILES = 100;
  private static final double MICROS = 1e6;

  @Override
  public String name() {
    return "store-put";
  }

  @Override
  public String about() {
    return "store an object of 1 KiB, in a batch of 10,000 and alone (files with fsync)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    Payloads payloads = new Payloads();
    PlainFiles files = new PlainFiles(workbench.newDirectory());
    PlainFiles renamed = new PlainFiles(workbench.newDirectory());
    try (ObjectStore store = DirectoryStore.open(workbench.newDirectory())) {
      new Race(2, 5, () -> batch(store, some(payloads, IN_BATCH)) / IN_BATCH)
          .against("FILES", () -> each(some(payloads, FILES), files::write))
          .report(workbench, "batch", "us", MICROS);
      new Race(1, 7, () -> each(some(payloads, SINGLE), bytes -> put(store, bytes)))
          .against("FILES", () -> each(some(payloads, FILES), files::write))
          .against("FILES_RENAMED", () -> each(some(payloads, FILES), renamed::add))
          .report(workbench, "single", "us", MICROS);
    }
  }

  private static List<byte[]> some(Payloads payloads, int count) {
    return Stream.generate(payloads::next).limit(count).toList();
  }

  private static double batch(ObjectStore store, List<byte[]> all) throws IOException {
    return Race.seconds(
        () -> {
          try (Batch batch = store.batch()) {
            for (byte[] bytes : all) {
              batch.put(Payloads.object(bytes));
            }
            batch.commit();
          }
        });
  }

  private static void put(ObjectStore store, byte[] bytes) {
    try (Batch batch = store.batch()) {
      batch.put(Payloads.object(bytes));
      batch.commit();
    }
  }

  /** Writes some bytes. */
  @FunctionalInterface
  private interface Writer {
    void write(byte[] bytes) throws IOException;
  }

  /** Returns the seconds that each of some bytes takes. */
  private static double each(List<byte[]> all, Writer writer) throws IOException {
    double seconds =
        Race.seconds(
            () -> {
              for (byte[] bytes : all) {
                writer.write(bytes);
              }
            });
    return seconds / all.size();
  }
}
