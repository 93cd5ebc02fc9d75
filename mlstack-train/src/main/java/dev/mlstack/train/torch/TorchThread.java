package dev.mlstack.train.torch;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Sets, for a while, what libtorch keeps for each thread: whether operations are recorded, so that
 * they can be differentiated, and how many threads one operation may use.
 */
final class TorchThread {

  private TorchThread() {}

  /**
   * Runs work that is to be differentiated, on the calling thread.
   *
   * @param threads how many threads each operation may use
   */
  static <T> T training(int threads, Supplier<T> work) {
    return run(/* gradients= */ true, threads, work);
  }

  /** Runs work that only computes values, on the calling thread. */
  static <T> T scoring(int threads, Supplier<T> work) {
    return run(/* gradients= */ false, threads, work);
  }

  private static <T> T run(boolean gradients, int threads, Supplier<T> work) {
    boolean gradientsBefore = JniUtils.isGradMode();
    int threadsBefore = JniUtils.getNumThreads();
    set(gradients, threads);
    try {
      return work.get();
    } finally {
      set(gradientsBefore, threadsBefore);
    }
  }

  private static void set(boolean gradients, int threads) {
    JniUtils.setGradMode(gradients);
    if (JniUtils.getNumThreads() != threads) {
      JniUtils.setNumThreads(threads);
    }
  }
}
