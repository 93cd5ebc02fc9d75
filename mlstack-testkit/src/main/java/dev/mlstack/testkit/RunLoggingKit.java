package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.RunLimits;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.store.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of logging into a {@link Run}. A part of {@link TrackerKit}. */
abstract class RunLoggingKit {

  /** The request that most runs of these tests start with. */
  static final RunRequest REQUEST = RunRequest.of("credit", "first try", "ada");

  RunLoggingKit() {}

  /** Returns the store of the trackers of this test. */
  protected abstract ObjectStore store();

  /** Returns the refs of the trackers of this test. */
  protected abstract Refs refs();

  /**
   * Opens a tracker on {@link #store()} and {@link #refs()}, which knows the runs that ended in
   * trackers opened by this test before. The test closes it.
   */
  protected abstract Tracker open();

  static RunInfo info(Tracker tracker, Run run) {
    run.flush().join();
    return tracker.find(run.id()).orElseThrow();
  }

  static MetricPoint last(RunInfo info, String metric) {
    return Objects.requireNonNull(info.metrics().get(metric), metric);
  }

  final Digest output(String text) {
    return StoredModels.content(store(), "thing", text);
  }

  // Parameters

  @Test
  void param_ofEveryKind_isFound() {
    Map<String, Value> params = new TreeMap<>();
    params.put("text", Value.of("ünï \" ' ; -- DROP TABLE run \u0000 \n 😀"));
    params.put("whole", Value.of(Long.MIN_VALUE));
    params.put("real", Value.of(0.1));
    params.put("round", Value.of(100.0));
    params.put("tiny", Value.of(Double.MIN_VALUE));
    params.put("flag", Value.of(true));
    params.put("null", new Value.Null());
    params.put("items", Value.of(List.of(Value.of(1), Value.of("b"))));
    params.put("doc", Value.doc().put("depth", 3).put("eta", 0.3).build());
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      params.forEach(run::param);

      assertThat(info(tracker, run).params()).isEqualTo(params);
    }
  }

  @Test
  void param_thatJsonCannotWrite_isFoundAsItsText() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.param("limit", Value.of(Double.POSITIVE_INFINITY));
      run.param("missing", Value.of(Double.NaN));

      RunInfo info = info(tracker, run);
      assertThat(info.params())
          .isEqualTo(Map.of("limit", Value.of("Infinity"), "missing", Value.of("NaN")));
      assertThat(new Value.Doc(info.params()).real("limit")).isEqualTo(Double.POSITIVE_INFINITY);
    }
  }

  @Test
  void param_loggedAgain_isRefusedUnlessItIsTheSame() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.param("depth", Value.of(3));
      run.param("depth", Value.of(3));

      for (Value other : List.of(Value.of(4), Value.of(3.0), Value.of("3"))) {
        assertThatThrownBy(() -> run.param("depth", other))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("'depth'")
            .hasMessageContaining("3")
            .hasMessageContaining(other.canonicalJson());
      }
      assertThat(info(tracker, run).params()).isEqualTo(Map.of("depth", Value.of(3)));
    }
  }

  @Test
  void param_fromManyThreads_onlyOneValueWins() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      List<Integer> accepted =
          Together.run(
              8,
              thread ->
                  () -> {
                    try {
                      run.param("depth", Value.of(thread));
                      return thread;
                    } catch (IllegalArgumentException e) {
                      return -1;
                    }
                  });

      List<Integer> winners = accepted.stream().filter(thread -> thread >= 0).toList();
      assertThat(winners).hasSize(1);
      assertThat(info(tracker, run).params()).isEqualTo(Map.of("depth", Value.of(winners.get(0))));
    }
  }

  // Metrics

  @Test
  void metric_isFoundWithItsTime() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.metric("loss", 7, 0.25);

      MetricPoint point = last(info(tracker, run), "loss");
      assertThat(point.step()).isEqualTo(7);
      assertThat(point.value()).isEqualTo(0.25);
      assertThat(point.at()).isBetween(before, Instant.now());
      assertThat(tracker.history(run.id(), "loss")).containsExactly(point);
      assertThat(tracker.history(run.id(), "accuracy")).isEmpty();
    }
  }

  @Test
  void metric_valuesOfEveryKind_keepTheirBits() {
    double[] values = {
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      0.1,
      5,
      -3,
      0.0,
      1e15,
      1e16,
      0x1.fffffffffffffp-1
    };
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      for (int i = 0; i < values.length; i++) {
        run.metric("m" + i, 0, values[i]);
        run.metric("all", i, values[i]);
      }

      RunInfo info = info(tracker, run);
      for (int i = 0; i < values.length; i++) {
        assertThat(last(info, "m" + i).value()).isEqualTo(Double.valueOf(values[i]));
      }
      assertThat(tracker.history(run.id(), "all"))
          .extracting(MetricPoint::value)
          .containsExactly(boxed(values));
    }
  }

  private static Double[] boxed(double[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toArray(Double[]::new);
  }

  @Test
  void metric_negativeZero_isZero() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.metric("loss", 0, -0.0);

      assertThat(1 / last(info(tracker, run), "loss").value()).isPositive();
      assertThat(1 / tracker.history(run.id(), "loss").get(0).value()).isPositive();
    }
  }

  @Test
  void metric_stepsOutOfOrder_areSortedAndTheHighestIsLast() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.metric("loss", 5, 0.5);
      run.metric("loss", -1, 0.1);
      run.metric("loss", 5, 0.55);
      run.metric("loss", 2, 0.2);
      run.metric("loss", 5, 0.555);
      assertThat(last(info(tracker, run), "loss").value()).isEqualTo(0.555);
      run.metric("loss", 3, 0.3);
      run.metric("loss", Long.MIN_VALUE, 0.0);

      assertThat(last(info(tracker, run), "loss").value()).isEqualTo(0.555);
      assertThat(tracker.history(run.id(), "loss"))
          .extracting(MetricPoint::value)
          .containsExactly(0.0, 0.1, 0.2, 0.3, 0.5, 0.55, 0.555);
      run.metric("loss", Long.MAX_VALUE, 9);
      assertThat(last(info(tracker, run), "loss").value()).isEqualTo(9);
    }
  }

  @Test
  void metric_manyAtRandom_answerLikeAStableSort() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    List<MetricPoint> logged = new ArrayList<>();
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      for (int i = 0; i < 20_000; i++) {
        long step = random.nextInt(3000);
        run.metric("loss", step, i);
        logged.add(new MetricPoint(step, Instant.EPOCH, i));
        if (random.nextInt(2000) == 0) {
          run.flush().join();
        }
      }
      logged.sort(Comparator.comparingLong(MetricPoint::step));

      MetricPoint last = last(info(tracker, run), "loss");
      assertThat(tracker.history(run.id(), "loss"))
          .as("seed %d", seed)
          .usingElementComparator(
              Comparator.comparingLong(MetricPoint::step).thenComparing(MetricPoint::value))
          .isEqualTo(logged);
      assertThat(last.value()).as("seed %d", seed).isEqualTo(logged.get(logged.size() - 1).value());
    }
  }

  @Test
  void metric_fromManyThreads_keepsTheOrderOfEach() {
    int threads = 6;
    int each = 4000;
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      Together.run(
          threads,
          thread ->
              () -> {
                for (int i = 0; i < each; i++) {
                  run.metric("t" + thread, 0, i);
                }
                return thread;
              });

      run.flush().join();
      for (int thread = 0; thread < threads; thread++) {
        List<MetricPoint> history = tracker.history(run.id(), "t" + thread);
        assertThat(history)
            .hasSize(each)
            .isSortedAccordingTo(Comparator.comparing(MetricPoint::value));
      }
    }
  }

  @Test
  void metric_moreThanTheQueueHolds_areAllKept() {
    int points = Boolean.getBoolean("mlstack.exhaustive") ? 5_000_000 : 200_000;
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      for (int i = 0; i < points; i++) {
        run.metric("loss", i, i);
      }
      run.flush().join();

      List<MetricPoint> history = tracker.history(run.id(), "loss");
      assertThat(history).hasSize(points);
      for (int i = 0; i < points; i++) {
        assertThat(history.get(i).step()).isEqualTo(i);
        assertThat(history.get(i).value()).isEqualTo(i);
      }
    }
  }

  @Test
  void metric_threadIsInterrupted_isLoggedAllTheSame() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      Thread.currentThread().interrupt();
      run.metric("loss", 1, 1);
      CompletableFuture<Void> flushed = run.flush();
      assertThat(Thread.interrupted()).isTrue();
      flushed.join();

      assertThat(tracker.history(run.id(), "loss")).hasSize(1);
    }
  }

  // Tags and links

  @Test
  void tag_setAgain_isReplacedAndTheRequestStays() {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST.withTags(Map.of("stage", "new")))) {
      run.tag("stage", "done");
      run.tag("note", "a");
      run.tag("note", "it's \"b\"; \u0000 \n 😀");

      RunInfo info = info(tracker, run);
      assertThat(info.tags())
          .isEqualTo(Map.of("stage", "done", "note", "it's \"b\"; \u0000 \n 😀"));
      assertThat(info.request().tags()).isEqualTo(Map.of("stage", "new"));
    }
  }

  @Test
  void inputsAndOutputs_areFoundByRole() {
    Digest data = output("data");
    Digest model = output("model");
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.input("train", data);
      run.input("test.2026", data);
      run.output("model", model);
      run.output("train", model);
      run.input("train", data);

      RunInfo info = info(tracker, run);
      assertThat(info.inputs()).isEqualTo(Map.of("train", data, "test.2026", data));
      assertThat(info.outputs()).isEqualTo(Map.of("model", model, "train", model));
    }
  }

  @Test
  void link_otherDigestInTheSameRole_isRefused() {
    Digest one = output("one");
    Digest two = output("two");
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.input("data", one);
      run.output("model", one);
      assertThatThrownBy(() -> run.input("data", two))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("input 'data'");
      assertThatThrownBy(() -> run.output("model", two))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("output 'model'");
      assertThat(info(tracker, run).outputs()).isEqualTo(Map.of("model", one));
    }
  }

  @Test
  void tag_setAgainAndAgain_takesNoMoreRoom() {
    String value = "x".repeat(RunLimits.MAX_VALUE_LENGTH);
    int room = RunLimits.MAX_TOTAL_LENGTH / RunLimits.MAX_VALUE_LENGTH;
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      for (int i = 0; i < 2 * room; i++) {
        run.tag("progress", value);
        run.param("depth", Value.of(value.substring(2)));
      }
      assertThat(info(tracker, run).tags()).isEqualTo(Map.of("progress", value));
    }
  }

  // Limits

  @Test
  void names_ofEveryKind_areKept() {
    List<String> names =
        List.of(
            "a",
            "Größe",
            "日本語",
            "😀",
            "a b",
            "'; DROP TABLE run; --",
            "%",
            "_",
            "\"",
            "\\",
            "null",
            "x".repeat(RunLimits.MAX_NAME_LENGTH),
            "val/loss",
            "\u00a0x",
            "-1",
            "NaN",
            "$.a[0]");
    try (Tracker tracker = open()) {
      for (String name : names) {
        try (Run run =
            tracker.start(RunRequest.of(name, name, name).withTags(Map.of(name, name)))) {
          run.param(name, Value.of(name));
          run.metric(name, 1, 1);

          RunInfo info = info(tracker, run);
          assertThat(info.request().experiment()).isEqualTo(name);
          assertThat(info.request().name()).isEqualTo(name);
          assertThat(info.request().by()).isEqualTo(name);
          assertThat(info.tags()).isEqualTo(Map.of(name, name));
          assertThat(info.params()).isEqualTo(Map.of(name, Value.of(name)));
          assertThat(info.metrics()).containsOnlyKeys(name);
          assertThat(tracker.history(run.id(), name)).hasSize(1);
          assertThat(tracker.list(RunQuery.all().inExperiment(name)))
              .extracting(RunInfo::id)
              .containsExactly(run.id());
        }
      }
    }
  }

  static Stream<String> badNames() {
    return Stream.of(
        "",
        " ",
        "\t",
        "a\nb",
        "\u0000",
        "a\u007f",
        "\ud800",
        "x\udc00y",
        "x".repeat(RunLimits.MAX_NAME_LENGTH + 1));
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void name_outOfLimits_isRefusedAndNothingIsLogged(String name) {
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      for (Runnable call :
          List.<Runnable>of(
              () -> run.param(name, Value.of(1)),
              () -> run.metric(name, 1, 1),
              () -> run.tag(name, "value"),
              () -> run.input(name, Digest.of(new byte[0])),
              () -> run.output(name, Digest.of(new byte[0])))) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
      }
      RunInfo info = info(tracker, run);
      assertThat(info.params()).isEmpty();
      assertThat(info.metrics()).isEmpty();
      assertThat(info.tags()).isEmpty();
      assertThat(info.inputs()).isEmpty();
      assertThat(info.outputs()).isEmpty();
    }
  }

  @Test
  void value_longest_isKeptAndALongerOneRefused() {
    String longest = "\"\n€😀".repeat(RunLimits.MAX_VALUE_LENGTH / 5);
    String param = "x".repeat(RunLimits.MAX_VALUE_LENGTH - 2);
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      run.tag("long", longest);
      run.param("long", Value.of(param));
      assertThat(info(tracker, run).tags()).isEqualTo(Map.of("long", longest));
      assertThat(info(tracker, run).params()).isEqualTo(Map.of("long", Value.of(param)));

      String tooLong = "x".repeat(RunLimits.MAX_VALUE_LENGTH + 1);
      assertThatThrownBy(() -> run.tag("longer", tooLong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'longer'")
          .hasMessageContaining("65536");
      assertThatThrownBy(() -> run.param("longer", Value.of(tooLong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'longer'")
          .hasMessageContaining("65536");
    }
  }

  @Test
  void values_moreThanARecordHasRoomFor_areRefusedAndTheRunIsSealed() {
    Value value = Value.of("x".repeat(RunLimits.MAX_VALUE_LENGTH - 2));
    int room = RunLimits.MAX_TOTAL_LENGTH / RunLimits.MAX_VALUE_LENGTH;
    try (Tracker tracker = open();
        Run run = tracker.start(REQUEST)) {
      for (int i = 0; i < room; i++) {
        run.param("p" + i, value);
      }
      assertThatThrownBy(() -> run.param("one more", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at most");
      assertThatThrownBy(() -> run.tag("one more", "value"))
          .isInstanceOf(IllegalArgumentException.class);
      run.finish(RunStatus.FINISHED);

      assertThat(tracker.find(run.id()).orElseThrow().params()).hasSize(room);
    }
  }
}
