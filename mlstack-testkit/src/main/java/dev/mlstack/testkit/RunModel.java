package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.run.MetricPoint;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunInfo;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What a run should know after some things were logged at random, kept as simply as possible. */
final class RunModel {

  /** A value of a metric without its time, which the tracker decides. */
  private record Logged(long step, double value) {}

  private final Map<String, Value> params = new TreeMap<>();
  private final Map<String, String> tags = new TreeMap<>();
  private final Map<String, Digest> inputs = new TreeMap<>();
  private final Map<String, Digest> outputs = new TreeMap<>();
  private final Map<String, List<Logged>> metrics = new TreeMap<>();

  /** Returns a name of characters of all sorts, some of which mean something to databases. */
  static String name(SplittableRandom random) {
    String sorts = "aZ0 _-./'\"%;:,()[]{}*?#$äß日本\u00a0\u2028\ufeff\ud83d\ude00";
    StringBuilder name = new StringBuilder("n");
    for (int i = random.nextInt(12); i > 0; i--) {
      int at = random.nextInt(sorts.length());
      boolean half = Character.isSurrogate(sorts.charAt(at));
      name.append(half ? "😀" : String.valueOf(sorts.charAt(at)));
    }
    return name.toString();
  }

  private static double number(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(5);
      case 1 -> Double.longBitsToDouble(random.nextLong());
      case 2 -> Double.NaN;
      default -> random.nextDouble();
    };
  }

  private static Value value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 2 ? 5 : 7)) {
      case 0 -> Value.of(name(random) + "\u0000\n\t");
      case 1 -> Value.of(random.nextLong());
      case 2 -> Value.of(random.nextDouble() * Math.scalb(1.0, random.nextInt(200) - 100));
      case 3 -> Value.of(random.nextBoolean());
      case 4 -> new Value.Null();
      case 5 -> Value.of(List.of(value(random, depth + 1), value(random, depth + 1)));
      default -> Value.doc().put(name(random), value(random, depth + 1)).build();
    };
  }

  /** Logs something, and remembers it. */
  void logSomething(Run run, SplittableRandom random) {
    String name = name(random);
    switch (random.nextInt(6)) {
      case 0 -> {
        Value value = value(random, 0);
        if (params.putIfAbsent(name, value) == null) {
          run.param(name, value);
        }
      }
      case 1 -> {
        tags.put(name, name(random) + "\u0000");
        run.tag(name, tags.getOrDefault(name, ""));
      }
      case 2 -> link(run, random);
      default -> {
        String metric = random.nextBoolean() ? "loss" : name;
        Logged logged = new Logged(random.nextInt(20) - 5, number(random));
        metrics.computeIfAbsent(metric, key -> new ArrayList<>()).add(logged);
        run.metric(metric, logged.step(), logged.value());
      }
    }
  }

  private void link(Run run, SplittableRandom random) {
    String role = "role." + random.nextInt(30);
    Digest digest = Digest.of(new byte[] {(byte) random.nextInt()});
    if (random.nextBoolean()) {
      if (inputs.putIfAbsent(role, digest) == null) {
        run.input(role, digest);
      }
    } else if (outputs.putIfAbsent(role, digest) == null) {
      run.output(role, digest);
    }
  }

  /** Checks that a tracker answers what was logged. */
  void requireEqual(RunInfo info, Tracker tracker, long seed) {
    assertThat(info.params()).as("seed %d", seed).isEqualTo(params);
    assertThat(info.tags()).as("seed %d", seed).isEqualTo(tags);
    assertThat(info.inputs()).as("seed %d", seed).isEqualTo(inputs);
    assertThat(info.outputs()).as("seed %d", seed).isEqualTo(outputs);
    assertThat(info.metrics().keySet()).as("seed %d", seed).isEqualTo(metrics.keySet());
    metrics.forEach((name, logged) -> requireEqual(info, tracker, name, logged, seed));
  }

  private static void requireEqual(
      RunInfo info, Tracker tracker, String name, List<Logged> logged, long seed) {
    List<Logged> expected = new ArrayList<>(logged);
    expected.sort(Comparator.comparingLong(Logged::step));
    List<MetricPoint> history = tracker.history(info.id(), name);
    assertThat(history.stream().map(p -> new Logged(p.step(), p.value())))
        .as("seed %d", seed)
        .isEqualTo(expected.stream().map(l -> new Logged(l.step(), l.value() + 0.0)).toList());
    assertThat(info.metrics().get(name)).isEqualTo(history.get(history.size() - 1));
  }
}
