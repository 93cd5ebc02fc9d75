package dev.mlstack.benchmarks;

import java.io.IOException;

/** Something of ours that is measured beside peers. */
interface Benchmark {

  /** Returns the name by which it is asked for: lower-case words joined by hyphens. */
  String name();

  /** Returns what is measured, in one line. */
  String about();

  /**
   * Measures, and reports each measure.
   *
   * @throws IOException if a file cannot be written or read, or a peer fails
   */
  void run(Workbench workbench) throws IOException;
}
