package dev.mlstack.train.cuda;

import dev.mlstack.store.Value;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which GPUs the CUDA driver has, or why none.
 *
 * @param driver the version of CUDA that the driver supports, such as {@code 13.0}; empty if there
 *     is no driver
 * @param devices the GPUs, in the order of their numbers
 * @param problem why there are none, in one sentence; empty if there are some
 */
public record CudaStatus(String driver, List<CudaDevice> devices, String problem) {

  /** Copies the devices. */
  public CudaStatus {
    devices = List.copyOf(devices);
    if (devices.isEmpty() == problem.isEmpty()) {
      throw new IllegalArgumentException("there must be devices or a problem, but not both");
    }
  }

  static CudaStatus none(String driver, String problem) {
    return new CudaStatus(driver, List.of(), problem);
  }

  /** Tells whether there is a GPU. */
  public boolean isAvailable() {
    return !devices.isEmpty();
  }

  /** Returns the document that describes this status. */
  public Value.Doc toValue() {
    return Value.doc()
        .put("driver", driver)
        .put("devices", devices.stream().map(CudaDevice::toValue).toList())
        .put("problem", problem)
        .build();
  }

  /** Returns one sentence. */
  @Override
  public String toString() {
    return isAvailable()
        ? "The CUDA driver, of version "
            + driver
            + ", has "
            + devices.stream().map(CudaDevice::toString).collect(Collectors.joining(", "))
            + "."
        : "There is no CUDA device: " + problem + ".";
  }
}
