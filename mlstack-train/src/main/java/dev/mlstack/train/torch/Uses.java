package dev.mlstack.train.torch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Frees something once it is closed and nobody uses it any more, whichever comes last: native
 * memory must not go while a thread computes with it.
 *
 * <p>Invariants: the count is the number of uses under way, plus one until it is closed; what is
 * guarded is freed when the count reaches 0, which it never leaves.
 */
final class Uses {

  private final AtomicInteger count = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final String name;
  private final Runnable free;

  /**
   * Creates a guard.
   *
   * @param name what is guarded, for messages: {@code the model}
   * @param free frees it
   */
  Uses(String name, Runnable free) {
    this.name = name;
    this.free = free;
  }

  /**
   * Begins a use; {@link #end} must follow.
   *
   * @throws IllegalStateException if it is closed
   */
  void begin() {
    boolean open = !closed.get() && count.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    if (!open) {
      throw new IllegalStateException(name + " is closed; load it again");
    }
  }

  /** Ends a use. */
  void end() {
    if (count.decrementAndGet() == 0) {
      free.run();
    }
  }

  /** Lets no further use begin, and frees once none is under way. Closing twice does nothing. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      end();
    }
  }
}
