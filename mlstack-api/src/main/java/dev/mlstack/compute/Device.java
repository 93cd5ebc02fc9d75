package dev.mlstack.compute;

/** Where numbers are crunched. */
public sealed interface Device {

  /** The processor that runs the JVM. */
  Device CPU = new Cpu();

  /**
   * Returns a GPU.
   *
   * @param index its number, 0 or more, as the driver counts
   */
  static Device gpu(int index) {
    return new Gpu(index);
  }

  /** The processor that runs the JVM. Use {@link Device#CPU}. */
  record Cpu() implements Device {
    @Override
    public String toString() {
      return "cpu";
    }
  }

  /**
   * A GPU.
   *
   * @param index its number, 0 or more, as the driver counts
   */
  record Gpu(int index) implements Device {
    /** Checks the number. */
    public Gpu {
      if (index < 0) {
        throw new IllegalArgumentException("index of a GPU must be at least 0 but was " + index);
      }
    }

    @Override
    public String toString() {
      return "gpu" + index;
    }
  }
}
