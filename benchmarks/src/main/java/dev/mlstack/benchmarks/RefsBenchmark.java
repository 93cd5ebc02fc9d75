package dev.mlstack.benchmarks;

import dev.mlstack.core.store.DirectoryRefs;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Moves a ref, durably, by compare-and-set, beside a file that is replaced by one with another
 * pointer in it. Ours keeps every move with who and why, and is safe for several processes.
 */
final class RefsBenchmark implements Benchmark {

  private static final int MOVES = 200;
  private static final double MICROS = 1e6;
  private static final Cause CAUSE = new Cause("benchmark", "to see how long it takes");

  @Override
  public String name() {
    return "refs";
  }

  @Override
  public String about() {
    return "move a ref (a file that is replaced)";
  }

  @Override
  public void run(Workbench workbench) throws IOException {
    RefName name = RefName.of("models", "credit", "champion");
    PlainFiles files = new PlainFiles(workbench.newDirectory());
    try (Refs refs = DirectoryRefs.open(workbench.newDirectory())) {
      refs.create(name, target(0), CAUSE);
      new Race(1, 7, () -> moves(i -> move(refs, name, i)))
          .against("POINTER_FILE", () -> moves(i -> files.replace("champion", pointer(i))))
          .report(workbench, "move", "us", MICROS);
    }
  }

  private static Digest target(int number) {
    return Digest.of(new byte[] {(byte) (number % MOVES)});
  }

  private static byte[] pointer(int number) {
    return target(number).hex().getBytes(StandardCharsets.US_ASCII);
  }

  private static void move(Refs refs, RefName name, int number) {
    if (!refs.move(name, target(number), target(number + 1), CAUSE)) {
      throw new IllegalStateException("nobody else moves " + name);
    }
  }

  /** Makes the move of a number. */
  @FunctionalInterface
  private interface Mover {
    void move(int number) throws IOException;
  }

  /** Returns the seconds that each of some moves takes. */
  private static double moves(Mover mover) throws IOException {
    double seconds =
        Race.seconds(
            () -> {
              for (int i = 0; i < MOVES; i++) {
                mover.move(i);
              }
            });
    return seconds / MOVES;
  }
}
