package dev.mlstack.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsesTest {

  private final AtomicInteger freed = new AtomicInteger();
  private final Uses uses = new Uses("the thing", freed::incrementAndGet);

  @Test
  void close_withoutUses_freesAtOnceAndOnce() {
    uses.begin();
    uses.end();
    assertThat(freed).hasValue(0);
    uses.close();
    uses.close();
    assertThat(freed).hasValue(1);
    assertThatIllegalStateException()
        .isThrownBy(uses::begin)
        .withMessageContaining("the thing is closed");
  }

  @Test
  void close_duringUses_freesAfterTheLast() {
    uses.begin();
    uses.begin();
    uses.close();
    assertThatIllegalStateException().isThrownBy(uses::begin);
    uses.end();
    assertThat(freed).hasValue(0);
    uses.end();
    assertThat(freed).hasValue(1);
  }

  @Test
  void usesFromManyThreads_neverSeeItFreed() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 50; round++) {
        AtomicBoolean gone = new AtomicBoolean();
        Uses guarded = new Uses("it", () -> gone.set(true));
        CountDownLatch begun = new CountDownLatch(3);
        var tasks =
            IntStream.range(0, 3)
                .mapToObj(i -> executor.submit(() -> sawItFreed(guarded, gone, begun)))
                .toList();
        begun.await();
        guarded.close();
        for (Future<Boolean> task : tasks) {
          assertThat(task.get()).isFalse();
        }
        assertThat(gone).isTrue();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static boolean sawItFreed(Uses uses, AtomicBoolean gone, CountDownLatch begun) {
    boolean seen = false;
    begun.countDown();
    while (true) {
      try {
        uses.begin();
      } catch (IllegalStateException e) {
        return seen;
      }
      seen |= gone.get();
      uses.end();
    }
  }
}
