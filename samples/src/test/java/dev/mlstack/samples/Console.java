package dev.mlstack.samples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps what a program prints. */
final class Console {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  /** Returns where to print. */
  PrintStream stream() {
    return stream;
  }

  /** Returns what was printed. */
  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
