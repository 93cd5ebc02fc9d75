package dev.mlstack.serve.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final int MOST = 4;

  private final Intake intake = new Intake(MOST, Long.MAX_VALUE);
  private final List<LoggedPrediction> entries = Samples.copied(Samples.entries(0, 10));

  private void append(int from, int to) {
    entries.subList(from, to).forEach(intake::append);
  }

  /** Appends in another thread; returns once that waits for room, or has failed. */
  private CompletableFuture<Void> appendBeyond(int entry) throws InterruptedException {
    CompletableFuture<Void> appended = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                intake.append(entries.get(entry));
                appended.complete(null);
              } catch (RuntimeException e) {
                appended.completeExceptionally(e);
              }
            });
    thread.start();
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    return appended;
  }

  @Test
  void appending_waitsForRoom() throws Exception {
    append(0, MOST);
    CompletableFuture<Void> fifth = appendBeyond(MOST);
    assertThat(fifth).isNotDone();
    CompletableFuture<Void> flush = intake.flush();
    Intake.Work work = intake.take();
    assertThat(work.entries()).isEqualTo(entries.subList(0, MOST));
    assertThat(work.flushes()).containsExactly(flush);
    assertThat(work.last()).isFalse();
    assertThat(fifth).isNotDone();
    intake.saved();
    fifth.join();
    CompletableFuture<Void> next = intake.flush();
    assertThat(intake.take())
        .isEqualTo(new Intake.Work(entries.subList(MOST, MOST + 1), List.of(next), false));
  }

  @Test
  void bytes_areBoundedToo_butOneEntryIsAlwaysTaken() throws Exception {
    Intake narrow = new Intake(1000, Intake.bytes(entries.get(0)) * 3L / 2);
    narrow.append(entries.get(0));
    narrow.append(entries.get(1));
    narrow.failed(new IllegalStateException("no disk"));
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> narrow.append(entries.get(2)));
    Intake tiny = new Intake(1000, 1);
    tiny.append(entries.get(0));
    tiny.failed(new IllegalStateException("no disk"));
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> tiny.append(entries.get(1)));
  }

  @Test
  void whatFailed_isTakenAgainWithWhatCameSince() {
    append(0, 2);
    assertThat(intake.flush()).isNotDone();
    assertThat(intake.take().entries()).hasSize(2);
    intake.failed(new IllegalStateException("no disk"));
    append(2, 3);
    assertThat(intake.flush()).isNotDone();
    assertThat(intake.take().entries()).isEqualTo(entries.subList(0, 3));
    intake.saved();
    append(3, 4);
    // After a second, without being asked.
    assertThat(intake.take().entries()).isEqualTo(entries.subList(3, 4));
  }

  @Test
  void aFullIntake_whoseWriterFails_refuses_alsoThoseWhoWaitAlready() throws Exception {
    append(0, MOST);
    CompletableFuture<Void> waiting = appendBeyond(MOST);
    intake.failed(new IllegalStateException("no disk"));
    assertThatThrownBy(waiting::join)
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("4 entries wait that cannot be written: no disk");
    assertThat(intake.flush()).isNotDone();
    intake.take();
    intake.saved();
    append(MOST, MOST + 1);
  }

  @Test
  void closing_endsTheWaiting_andTheWriterGetsTheRest() throws Exception {
    append(0, MOST);
    CompletableFuture<Void> waiting = appendBeyond(MOST);
    intake.close();
    assertThatThrownBy(waiting::join)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(() -> append(0, 1));
    assertThatIllegalStateException().isThrownBy(intake::flush);
    Intake.Work work = intake.take();
    assertThat(work.last()).isTrue();
    assertThat(work.entries()).isEqualTo(entries.subList(0, MOST));
  }

  @Test
  void anInterrupt_endsTheWaiting_andIsKept() {
    append(0, MOST);
    Thread.currentThread().interrupt();
    assertThatIllegalStateException()
        .isThrownBy(() -> append(MOST, MOST + 1))
        .withMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
