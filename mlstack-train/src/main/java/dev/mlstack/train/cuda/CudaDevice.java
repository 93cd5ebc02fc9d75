package dev.mlstack.train.cuda;

import dev.mlstack.store.Value;
import java.util.Locale;

/**
 * A GPU that the CUDA driver knows.
 *
 * @param index its number, as the driver counts
 * @param name what its maker calls it
 * @param memory how many bytes of memory it has
 * @param computeMajor the first number of its compute capability: the generation
 * @param computeMinor the second number of its compute capability
 */
public record CudaDevice(int index, String name, long memory, int computeMajor, int computeMinor) {

  private static final double GIBIBYTE = 1L << 30;

  /** Returns the compute capability, such as {@code 9.0}. */
  public String computeCapability() {
    return computeMajor + "." + computeMinor;
  }

  /** Returns the document that describes this device. */
  public Value.Doc toValue() {
    return Value.doc()
        .put("index", index)
        .put("name", name)
        .put("memory", memory)
        .put("compute-capability", computeCapability())
        .build();
  }

  /** Returns the number, the name, the memory and the compute capability. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "gpu%d: %s (%.1f GiB, compute capability %s)",
        index,
        name,
        memory / GIBIBYTE,
        computeCapability());
  }
}
