package dev.mlstack.compute;

/** Hears how far long work is. */
@FunctionalInterface
public interface ProgressListener {

  /** Hears nothing. */
  ProgressListener NONE = progress -> {};

  /**
   * Called from the thread that works, at most some dozen times a second; must be quick and must
   * not throw.
   */
  void onProgress(Progress progress);
}
