package dev.mlstack.train.cuda;

/** Looks for CUDA, once for each JVM. */
public final class Cuda {

  private Cuda() {}

  /** Asks the driver when the status is first wanted. */
  private static final class Holder {
    private static final CudaStatus STATUS = CudaProbe.probe();
  }

  /**
   * Returns which GPUs there are, or why there are none. The first call loads the driver; it throws
   * nothing, and the JVM goes on as before.
   */
  public static CudaStatus status() {
    return Holder.STATUS;
  }
}
