package dev.mlstack.samples;

import dev.mlstack.compute.Progress;
import dev.mlstack.compute.ProgressListener;
import java.io.PrintStream;
import java.util.Locale;

/** Says on the console what is being done, a line for each task and for each second of it. */
final class ConsoleProgress implements ProgressListener {

  private static final long EVERY_NANOS = 1_000_000_000;

  private final PrintStream out;
  private String task = "";
  private long said;

  ConsoleProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void onProgress(Progress progress) {
    long now = System.nanoTime();
    boolean isNew = !progress.task().equals(task);
    if (isNew || now - said > EVERY_NANOS) {
      task = progress.task();
      said = now;
      out.println("  " + describe(progress));
    }
  }

  private static String describe(Progress progress) {
    StringBuilder text = new StringBuilder(progress.task());
    if (progress.done() > 0) {
      text.append(' ').append(progress.done());
      if (progress.total() > 0) {
        text.append(" of ").append(progress.total());
      }
    }
    progress
        .measures()
        .forEach(
            (name, value) -> text.append(String.format(Locale.ROOT, ", %s %.4g", name, value)));
    return text.toString();
  }
}
