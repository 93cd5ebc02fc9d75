package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The laws of a {@link Tracker} and of its {@link Run}s. */
public abstract class TrackerKit extends RunEndingKit {

  /** Creates the tests. */
  protected TrackerKit() {}

  // Starting and finding

  @Test
  void start_isFoundAtOnceAsItWasRequested() {
    RunRequest request =
        REQUEST.withParent(RunId.random()).withTags(Map.of("branch", "main", "empty", ""));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (Tracker tracker = open();
        Run run = tracker.start(request)) {
      RunInfo info = tracker.find(run.id()).orElseThrow();

      assertThat(info.id()).isEqualTo(run.id());
      assertThat(info.request()).isEqualTo(request);
      assertThat(info.tags()).isEqualTo(request.tags());
      assertThat(info.status()).isEqualTo(RunStatus.RUNNING);
      assertThat(info.started()).isBetween(before, Instant.now());
      assertThat(info.ended()).isEmpty();
      assertThat(info.record()).isEmpty();
      assertThat(info.params()).isEmpty();
      assertThat(info.metrics()).isEmpty();
      assertThat(info.inputs()).isEmpty();
      assertThat(info.outputs()).isEmpty();
    }
  }

  @Test
  void find_runThatNobodyStarted_isNothing() {
    try (Tracker tracker = open()) {
      RunId unknown = RunId.random();
      assertThat(tracker.find(unknown)).isEmpty();
      assertThat(tracker.history(unknown, "loss")).isEmpty();
      assertThat(tracker.list(RunQuery.all())).isEmpty();
    }
  }

  @Test
  void runs_doNotMix() {
    try (Tracker tracker = open();
        Run a = tracker.start(REQUEST);
        Run b = tracker.start(REQUEST)) {
      assertThat(a.id()).isNotEqualTo(b.id());
      a.metric("loss", 1, 0.5);
      b.metric("loss", 1, 0.7);
      a.param("depth", Value.of(3));
      b.tag("note", "b");

      assertThat(info(tracker, a).params()).containsOnlyKeys("depth");
      assertThat(info(tracker, b).params()).isEmpty();
      assertThat(info(tracker, b).tags()).containsOnlyKeys("note");
      assertThat(tracker.history(a.id(), "loss"))
          .extracting(MetricPoint::value)
          .containsExactly(0.5);
      assertThat(tracker.history(b.id(), "loss"))
          .extracting(MetricPoint::value)
          .containsExactly(0.7);
    }
  }

  @Test
  void close_ofATracker_killsRunsThatAreOpen() {
    Tracker tracker = open();
    Run open = tracker.start(REQUEST);
    Run finished = tracker.start(REQUEST);
    open.metric("loss", 1, 1);
    finished.finish(RunStatus.FINISHED);
    tracker.close();
    tracker.close();
    open.close();
    finished.close();

    assertThatThrownBy(() -> open.metric("loss", 2, 2)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tracker.start(REQUEST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> tracker.find(open.id()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> tracker.list(RunQuery.all()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tracker.history(open.id(), "loss"))
        .isInstanceOf(IllegalStateException.class);
    try (Tracker next = open()) {
      assertThat(next.find(open.id()).orElseThrow().status()).isEqualTo(RunStatus.KILLED);
      assertThat(next.find(finished.id()).orElseThrow().status()).isEqualTo(RunStatus.FINISHED);
      assertThat(next.history(open.id(), "loss")).hasSize(1);
    }
  }

  // Knowing again

  @Test
  void runsOfATrackerOpenedBefore_areKnownInAllTheirParts() {
    List<RunInfo> before = new ArrayList<>();
    List<List<MetricPoint>> histories = new ArrayList<>();
    try (Tracker tracker = open()) {
      for (int i = 0; i < 5; i++) {
        try (Run run = tracker.start(REQUEST.withTags(Map.of("i", "" + i)))) {
          fill(run, i);
          run.finish(i % 2 == 0 ? RunStatus.FINISHED : RunStatus.FAILED);
          before.add(tracker.find(run.id()).orElseThrow());
          histories.add(tracker.history(run.id(), "loss"));
        }
      }
    }
    try (Tracker tracker = open()) {
      for (int i = 0; i < before.size(); i++) {
        RunInfo info = before.get(i);
        assertThat(tracker.find(info.id())).contains(info);
        assertThat(tracker.history(info.id(), "loss")).isEqualTo(histories.get(i));
      }
      assertThat(tracker.list(RunQuery.all())).containsExactlyInAnyOrderElementsOf(before);
    }
  }

  private void fill(Run run, int number) {
    run.param("number", Value.of(number));
    run.param("doc", Value.doc().put("eta", 0.1 * number).put("nan", Double.NaN).build());
    for (int i = 0; i < 100; i++) {
      run.metric("loss", (i * 37) % 50, i == 7 ? Double.NaN : -1.0 / i);
      run.metric("größe", i, -0.0);
    }
    run.tag("i", "changed");
    run.input("data", output("data " + number));
    run.output("model", output("model " + number));
    run.output("recipe", output("recipe " + number));
  }

  // Listing

  private static Run started(Tracker tracker, String experiment) {
    // Starts are known to the millisecond; so that their order is known, each has its own.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    while (!Instant.now().truncatedTo(ChronoUnit.MILLIS).isAfter(now)) {
      Thread.onSpinWait();
    }
    return tracker.start(RunRequest.of(experiment, "run", "ada"));
  }

  private static List<RunId> ids(Tracker tracker, RunQuery query) {
    return tracker.list(query).stream().map(RunInfo::id).toList();
  }

  @Test
  void list_withoutAnOrder_givesTheLatestStartFirst() {
    try (Tracker tracker = open()) {
      List<RunId> expected = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        expected.add(0, started(tracker, i % 2 == 0 ? "even" : "odd").id());
      }

      assertThat(ids(tracker, RunQuery.all())).isEqualTo(expected);
      assertThat(ids(tracker, RunQuery.all().limit(2))).isEqualTo(expected.subList(0, 2));
      assertThat(ids(tracker, RunQuery.all().inExperiment("even")))
          .containsExactly(expected.get(1), expected.get(3), expected.get(5));
      assertThat(ids(tracker, RunQuery.all().inExperiment("none"))).isEmpty();
    }
  }

  @Test
  void list_startedInTheSameMoment_isSortedByIdentity() {
    try (Tracker tracker = open()) {
      for (int i = 0; i < 50; i++) {
        tracker.start(REQUEST);
      }

      List<RunInfo> listed = tracker.list(RunQuery.all());
      assertThat(listed)
          .hasSize(50)
          .isSortedAccordingTo(
              Comparator.comparing(RunInfo::started).reversed().thenComparing(RunInfo::id));
    }
  }

  @Test
  void list_byStatus_givesThoseAlone() {
    try (Tracker tracker = open()) {
      Run running = tracker.start(REQUEST);
      Run finished = tracker.start(REQUEST);
      Run failed = tracker.start(REQUEST);
      finished.finish(RunStatus.FINISHED);
      failed.close();

      assertThat(ids(tracker, RunQuery.all().withStatus(RunStatus.RUNNING)))
          .containsExactly(running.id());
      assertThat(ids(tracker, RunQuery.all().withStatus(RunStatus.FINISHED)))
          .containsExactly(finished.id());
      assertThat(ids(tracker, RunQuery.all().withStatus(RunStatus.FAILED).inExperiment("credit")))
          .containsExactly(failed.id());
      assertThat(ids(tracker, RunQuery.all().withStatus(RunStatus.KILLED))).isEmpty();
    }
  }

  @Test
  void list_byMetric_sortsByLastValueWithTheMissingLast() {
    double[] values = {0.5, Double.NEGATIVE_INFINITY, 0.9, Double.POSITIVE_INFINITY, -3};
    try (Tracker tracker = open()) {
      List<Run> runs = new ArrayList<>();
      for (double value : values) {
        Run run = tracker.start(REQUEST);
        run.metric("auc", 1, 100);
        run.metric("auc", 2, value);
        runs.add(run);
      }
      Run nan = tracker.start(REQUEST);
      nan.metric("auc", 1, Double.NaN);
      Run none = tracker.start(REQUEST);
      none.metric("loss", 1, 1);
      for (Run run : runs) {
        run.flush().join();
      }
      nan.flush().join();
      none.flush().join();

      List<RunId> missing = Stream.of(nan.id(), none.id()).sorted().toList();
      List<RunId> rising = new ArrayList<>();
      for (int i : new int[] {1, 4, 0, 2, 3}) {
        rising.add(runs.get(i).id());
      }
      List<RunId> falling = new ArrayList<>(rising);
      Collections.reverse(falling);
      rising.addAll(missing);
      falling.addAll(missing);
      assertThat(ids(tracker, RunQuery.all().lowestFirst("auc"))).isEqualTo(rising);
      assertThat(ids(tracker, RunQuery.all().highestFirst("auc"))).isEqualTo(falling);
      assertThat(ids(tracker, RunQuery.all().highestFirst("auc").limit(3)))
          .isEqualTo(falling.subList(0, 3));
    }
  }

  @Test
  void list_equalValues_areSortedByIdentity() {
    try (Tracker tracker = open()) {
      List<RunId> ids = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Run run = tracker.start(REQUEST);
        run.metric("auc", 1, i % 2 == 0 ? 0.0 : -0.0);
        run.flush().join();
        ids.add(run.id());
      }
      Collections.sort(ids);

      assertThat(ids(tracker, RunQuery.all().lowestFirst("auc"))).isEqualTo(ids);
      assertThat(ids(tracker, RunQuery.all().highestFirst("auc"))).isEqualTo(ids);
      assertThat(ids(tracker, RunQuery.all().highestFirst("other"))).isEqualTo(ids);
    }
  }

  @Test
  void list_moreThanTheDefaultLimit_isCut() {
    try (Tracker tracker = open()) {
      int runs = RunQuery.DEFAULT_LIMIT + 5;
      for (int i = 0; i < runs; i++) {
        tracker.start(REQUEST);
      }
      assertThat(tracker.list(RunQuery.all())).hasSize(RunQuery.DEFAULT_LIMIT);
      assertThat(tracker.list(RunQuery.all().limit(runs + 1))).hasSize(runs);
    }
  }

  @Test
  void parent_isFoundAndNeedNotBeKnown() {
    try (Tracker tracker = open();
        Run parent = tracker.start(REQUEST);
        Run child = tracker.start(REQUEST.withParent(parent.id()))) {
      assertThat(info(tracker, child).request().parent()).contains(parent.id());
      child.finish(RunStatus.FINISHED);
      assertThat(tracker.find(child.id()).orElseThrow().request().parent())
          .isEqualTo(Optional.of(parent.id()));
    }
  }

  // Many at once

  @Test
  void manyRuns_loggedFromManyThreads_doNotMixAndLoseNothing() {
    int runs = 100;
    int threads = 8;
    int each = 5000;
    try (Tracker tracker = open()) {
      List<Run> open = IntStream.range(0, runs).mapToObj(i -> tracker.start(REQUEST)).toList();
      Together.run(
          threads,
          thread ->
              () -> {
                for (int i = 0; i < each; i++) {
                  open.get((i * 7 + thread) % runs).metric("t" + thread, i, i);
                }
                return thread;
              });
      open.get(0).flush().join();

      for (int run = 0; run < runs; run++) {
        Digest record = open.get(run).finish(RunStatus.FINISHED);
        assertThat(store().contains(record)).isTrue();
        for (int thread = 0; thread < threads; thread++) {
          int number = run;
          int own = thread;
          List<Long> expected =
              IntStream.range(0, each)
                  .filter(i -> (i * 7 + own) % runs == number)
                  .mapToObj(i -> (long) i)
                  .toList();
          assertThat(tracker.history(open.get(run).id(), "t" + thread))
              .extracting(MetricPoint::step)
              .isEqualTo(expected);
        }
      }
    }
  }

  // Anything at all

  @Test
  void whateverIsLogged_isAnsweredBeforeAndAfterTheEnd() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    List<RunInfo> ended = new ArrayList<>();
    try (Tracker tracker = open()) {
      for (int i = 0; i < 10; i++) {
        Run run = tracker.start(RunRequest.of(text(random), text(random), text(random)));
        RunModel model = new RunModel();
        for (int k = random.nextInt(200); k > 0; k--) {
          model.logSomething(run, random);
        }
        model.requireEqual(info(tracker, run), tracker, seed);
        run.finish(RunStatus.FINISHED);
        RunInfo info = tracker.find(run.id()).orElseThrow();
        model.requireEqual(info, tracker, seed);
        ended.add(info);
      }
    }
    try (Tracker tracker = open()) {
      assertThat(tracker.list(RunQuery.all()))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(ended);
    }
  }

  private static String text(SplittableRandom random) {
    return RunModel.name(random);
  }
}
