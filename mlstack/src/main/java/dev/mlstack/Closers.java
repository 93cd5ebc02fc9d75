package dev.mlstack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is to be closed, the last opened first, each even if another cannot be closed. */
final class Closers {

  private final Deque<Runnable> closers = new ArrayDeque<>();

  /** Takes note of something that was opened, and returns it. */
  <T> T add(T opened, Consumer<? super T> close) {
    closers.push(() -> close.accept(opened));
    return opened;
  }

  /** Closes everything. The first failure is thrown, with the others as suppressed ones. */
  void close() {
    RuntimeException first = null;
    while (!closers.isEmpty()) {
      first = close(closers.pop(), first);
    }
    if (first != null) {
      throw first;
    }
  }

  /** Closes everything after a failure, which takes other failures along as suppressed ones. */
  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static @Nullable RuntimeException close(
      Runnable closer, @Nullable RuntimeException first) {
    try {
      closer.run();
    } catch (RuntimeException e) {
      if (first == null) {
        return e;
      }
      first.addSuppressed(e);
    }
    return first;
  }
}
