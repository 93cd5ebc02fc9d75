package dev.mlstack.core.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Rounds;
import dev.mlstack.core.math.ExactSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LocalRoundsTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Adds up numbers in three rounds, each of which adds the mean of the round before. */
  private static final class Sums implements Rounds<List<Double>, ExactSum, double[]> {
    @Override
    public List<Double> start() {
      return List.of();
    }

    @Override
    public boolean done(List<Double> state) {
      return state.size() == 3;
    }

    @Override
    public ExactSum partial(List<Double> state, double[] block) {
      double shift = state.isEmpty() ? 0 : state.get(state.size() - 1) / 1000;
      ExactSum sum = new ExactSum();
      for (double value : block) {
        sum.add(value + shift);
      }
      return sum;
    }

    @Override
    public ExactSum merge(ExactSum left, ExactSum right) {
      left.add(right);
      return left;
    }

    @Override
    public List<Double> update(List<Double> state, ExactSum total) {
      List<Double> next = new ArrayList<>(state);
      next.add(total.value());
      return List.copyOf(next);
    }
  }

  /** Counts blocks in one round; {@code look} is called with each block. */
  private record Count(java.util.function.IntConsumer look)
      implements Rounds<Integer, Integer, Integer> {
    @Override
    public Integer start() {
      return -1;
    }

    @Override
    public boolean done(Integer state) {
      return state >= 0;
    }

    @Override
    public Integer partial(Integer state, Integer block) {
      look.accept(block);
      return 1;
    }

    @Override
    public Integer merge(Integer left, Integer right) {
      return left + right;
    }

    @Override
    public Integer update(Integer state, Integer total) {
      return total;
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "1, 7", "2, 7", "3, 7", "4, 7", "4, 100", "64, 100"})
  void anyNumberOfThreads_givesTheSameBits(int parallelism, int blocks) {
    Random random = new Random(blocks);
    double[][] data = new double[blocks][];
    for (int i = 0; i < blocks; i++) {
      data[i] = random.doubles(50, -1e10, 1e10).toArray();
    }
    List<Double> expected = LocalRounds.run(new Sums(), blocks, i -> data[i], Execution.here());
    List<Double> actual =
        LocalRounds.run(new Sums(), blocks, i -> data[i], Execution.on(threads, parallelism));
    assertThat(actual).hasSize(3).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5", "4, 1", "4, 3", "4, 1000", "100, 7"})
  void eachBlockIsTakenOnce(int parallelism, int blocks) {
    AtomicInteger[] taken = new AtomicInteger[blocks];
    java.util.Arrays.setAll(taken, i -> new AtomicInteger());
    int count =
        LocalRounds.run(
            new Count(block -> taken[block].incrementAndGet()),
            blocks,
            i -> i,
            Execution.on(threads, parallelism));
    assertThat(count).isEqualTo(blocks);
    assertThat(taken).allMatch(times -> times.get() == 1);
  }

  @Test
  void executorLendsItsThreads() {
    CountDownLatch together = new CountDownLatch(3);
    LocalRounds.run(
        new Count(
            block -> {
              together.countDown();
              awaitUninterruptibly(together);
            }),
        3,
        i -> i,
        Execution.on(threads, 3));
    assertThat(together.getCount()).isZero();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void executorWithoutFreeThreads_callerFinishesAlone() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < 4; i++) {
      threads.execute(() -> awaitUninterruptibly(release));
    }
    int count = LocalRounds.run(new Count(block -> {}), 20, i -> i, Execution.on(threads, 4));
    assertThat(count).isEqualTo(20);
    release.countDown();
  }

  @Test
  void roundsInsideRoundsOnOneExecutor_finish() {
    Execution execution = Execution.on(threads, 4);
    AtomicInteger inner = new AtomicInteger();
    LocalRounds.run(
        new Count(
            block -> inner.addAndGet(LocalRounds.run(new Count(b -> {}), 10, i -> i, execution))),
        16,
        i -> i,
        execution);
    assertThat(inner).hasValue(160);
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void failure_isThrownAsItIs_andNobodyWorksOn(int parallelism) {
    IllegalStateException failure = new IllegalStateException("block 5");
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    Count rounds =
        new Count(
            block -> {
              atWork.incrementAndGet();
              taken.incrementAndGet();
              try {
                if (block == 5) {
                  throw failure;
                }
              } finally {
                atWork.decrementAndGet();
              }
            });
    assertThatThrownBy(
            () -> LocalRounds.run(rounds, 100_000, i -> i, Execution.on(threads, parallelism)))
        .isSameAs(failure);
    assertThat(atWork).hasValue(0);
    assertThat(taken).hasValueLessThan(100_000);
  }

  @Test
  void errorOfAHelper_isThrownAsItIs() {
    Thread caller = Thread.currentThread();
    AssertionError failure = new AssertionError("in a helper");
    CountDownLatch failed = new CountDownLatch(1);
    Count rounds =
        new Count(
            block -> {
              if (Thread.currentThread() == caller) {
                awaitUninterruptibly(failed);
              } else {
                failed.countDown();
                throw failure;
              }
            });
    assertThatThrownBy(() -> LocalRounds.run(rounds, 10, i -> i, Execution.on(threads, 2)))
        .isSameAs(failure);
  }

  @Test
  void failureOfABlockSupplier_isThrown() {
    assertThatThrownBy(
            () ->
                LocalRounds.run(
                    new Count(block -> {}),
                    3,
                    i -> {
                      throw new IllegalArgumentException("no block " + i);
                    },
                    Execution.on(threads, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no block");
  }

  @Test
  void executorThatIsShutDown_throws() {
    threads.shutdown();
    assertThatThrownBy(
            () -> LocalRounds.run(new Count(b -> {}), 3, i -> i, Execution.on(threads, 2)))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void cancelledExecution_throwsAndStops(int parallelism) {
    AtomicBoolean cancelled = new AtomicBoolean();
    AtomicInteger taken = new AtomicInteger();
    Count rounds =
        new Count(
            block -> {
              if (taken.incrementAndGet() == 10) {
                cancelled.set(true);
              }
            });
    Execution execution = Execution.on(threads, parallelism).withCancellation(cancelled::get);
    assertThatThrownBy(() -> LocalRounds.run(rounds, 100_000, i -> i, execution))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("cancelled");
    assertThat(taken).hasValueLessThan(10 + 2 * parallelism);
  }

  @Test
  void interruptedCaller_isCancelledAndStaysInterrupted() {
    Count rounds =
        new Count(
            block -> {
              if (block == 3) {
                Thread.currentThread().interrupt();
              }
            });
    assertThatThrownBy(() -> LocalRounds.run(rounds, 10, i -> i, Execution.here()))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void noBlocks_areRefused() {
    assertThatThrownBy(() -> LocalRounds.run(new Count(block -> {}), 0, i -> i, Execution.here()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("blocks must be at least 1 but was 0");
  }
}
