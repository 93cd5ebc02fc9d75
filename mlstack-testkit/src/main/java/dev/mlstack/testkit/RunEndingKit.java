package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.run.Run;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunStatus;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The laws of ending a {@link Run}. A part of {@link TrackerKit}. */
abstract class RunEndingKit extends RunLoggingKit {

  RunEndingKit() {}

  @ParameterizedTest
  @EnumSource(names = {"FINISHED", "FAILED", "KILLED"})
  void finish_sealsTheRunIntoARecord(RunStatus status) {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.metric("loss", 1, 0.5);
      run.param("depth", Value.of(3));

      Digest record = run.finish(status);

      RunInfo info = tracker.find(run.id()).orElseThrow();
      assertThat(info.status()).isEqualTo(status);
      assertThat(info.record()).contains(record);
      assertThat(info.ended().orElseThrow()).isBetween(info.started(), Instant.now());
      assertThat(last(info, "loss").value()).isEqualTo(0.5);
      assertThat(info.params()).isEqualTo(Map.of("depth", Value.of(3)));
      assertThat(refs().find(RefName.of("runs", run.id().value())).orElseThrow().target())
          .isEqualTo(record);
      StoredObject object = store().get(record);
      assertThat(object.kind()).isEqualTo(ObjectKind.RECORD);
      assertThat(object.type()).isEqualTo(RunInfo.TYPE);
      assertThat(object.payloadText()).contains("\"depth\":3", status.name(), run.id().value());
    }
  }

  @Test
  void finish_linksInTheOrderOfTheContract() {
    Digest recipe = output("recipe");
    Digest model = output("model");
    Digest profile = output("profile");
    Digest collected = Digest.of(new byte[] {1});
    Digest data = output("data");
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.output("profile", profile);
      run.output("model", model);
      run.output("recipe", recipe);
      run.output("gone", collected);
      run.input("test", collected);
      run.input("train", data);
      run.metric("loss", 1, 1);

      StoredObject record = store().get(run.finish(RunStatus.FINISHED));

      assertThat(record.edges())
          .containsExactly(
              Edge.holds("recipe", recipe),
              Edge.holds("environment", record.requireTarget("environment")),
              Edge.holds("metrics", record.requireTarget("metrics")),
              Edge.names("input.test", collected),
              Edge.names("input.train", data),
              Edge.names("output.gone", collected),
              Edge.holds("output.model", model),
              Edge.holds("output.profile", profile));
      assertThat(store().get(record.requireTarget("environment")).type().toString())
          .isEqualTo("environment/1");
      assertThat(store().get(record.requireTarget("metrics")).type().toString())
          .isEqualTo("metrics/1");
    }
  }

  @Test
  void finish_twoRuns_shareTheirEnvironment() {
    try (Tracker tracker = open();
        Run a = tracker.start(REQUEST);
        Run b = tracker.start(REQUEST)) {
      StoredObject first = store().get(a.finish(RunStatus.FINISHED));
      StoredObject second = store().get(b.finish(RunStatus.FINISHED));

      assertThat(first.requireTarget("environment")).isEqualTo(second.requireTarget("environment"));
      assertThat(first.target("metrics")).isEmpty();
      assertThat(first.digest()).isNotEqualTo(second.digest());
    }
  }

  @Test
  void finish_asRunning_isRefused() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      assertThatThrownBy(() -> run.finish(RunStatus.RUNNING))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("RUNNING");
      run.metric("loss", 1, 1);
      assertThat(info(tracker, run).status()).isEqualTo(RunStatus.RUNNING);
    }
  }

  @Test
  void logging_afterTheEnd_isRefused() {
    Digest digest = output("thing");
    try (Tracker tracker = open()) {
      Run run = tracker.start(REQUEST);
      run.param("depth", Value.of(3));
      Digest record = run.finish(RunStatus.FINISHED);

      for (Runnable call :
          List.<Runnable>of(
              () -> run.param("depth", Value.of(3)),
              () -> run.param("other", Value.of(3)),
              () -> run.metric("loss", 1, 1),
              () -> run.tag("note", ""),
              () -> run.input("data", digest),
              () -> run.output("model", digest),
              () -> run.flush().join(),
              () -> run.finish(RunStatus.FAILED))) {
        assertThatThrownBy(call::run)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(run.id().value());
      }
      run.close();
      assertThat(tracker.find(run.id()).orElseThrow().record()).contains(record);
      assertThat(tracker.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.FINISHED);
    }
  }

  @Test
  void finish_fromManyThreads_endsOnce() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      List<Boolean> ended =
          Together.run(
              6,
              thread ->
                  () -> {
                    try {
                      run.finish(RunStatus.FINISHED);
                      return true;
                    } catch (IllegalStateException e) {
                      return false;
                    }
                  });
      assertThat(ended).containsOnlyOnce(true);
    }
  }

  @Test
  void finish_whileOthersLog_hasExactlyWhatWasAccepted() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      List<Integer> accepted =
          Together.run(
              4,
              thread ->
                  () -> {
                    int count = 0;
                    try {
                      for (; count < 100_000; count++) {
                        if (thread == 0 && count == 5000) {
                          run.finish(RunStatus.FINISHED);
                        }
                        run.metric("t" + thread, count, count);
                      }
                    } catch (IllegalStateException e) {
                      return count;
                    }
                    return count;
                  });
      for (int thread = 0; thread < 4; thread++) {
        assertThat(tracker.history(run.id(), "t" + thread)).hasSize(accepted.get(thread));
      }
    }
  }

  @Test
  void close_ofARun_isAFailureUnlessItHasEnded() {
    try (Tracker tracker = open()) {
      Run run = tracker.start(REQUEST);
      run.metric("loss", 1, 1);
      run.close();
      run.close();

      RunInfo info = tracker.find(run.id()).orElseThrow();
      assertThat(info.status()).isEqualTo(RunStatus.FAILED);
      assertThat(info.record()).isPresent();
      assertThat(info.metrics()).containsOnlyKeys("loss");
    }
  }

  @Test
  void flush_fromManyThreads_completesEach() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      Together.run(
          6,
          thread ->
              () -> {
                for (int i = 0; i < 10; i++) {
                  run.metric("t" + thread, i, i);
                  run.flush().join();
                  assertThat(tracker.history(run.id(), "t" + thread)).hasSize(i + 1);
                }
                return thread;
              });
    }
  }

  @Test
  void flush_whatFollowsIt_mayLogAgain() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.metric("loss", 1, 1);
      run.flush().thenRun(() -> run.metric("loss", 2, 2)).thenCompose(done -> run.flush()).join();

      assertThat(tracker.history(run.id(), "loss")).hasSize(2);
    }
  }
}
