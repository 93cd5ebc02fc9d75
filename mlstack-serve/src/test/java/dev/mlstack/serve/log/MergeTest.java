package dev.mlstack.serve.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergeTest {

  /** The oracle is a sorted map. */
  @Test
  void overlappingParts_areGivenInOrderAndOnce() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    List<LoggedPrediction> entries = Samples.entries(0, 100);
    for (int round = 0; round < Seeds.repetitions(200, 5000); round++) {
      TreeMap<PredictionId, LoggedPrediction> expected = new TreeMap<>();
      Merge merge = new Merge();
      for (int parts = random.nextInt(6); parts > 0; parts--) {
        int from = random.nextInt(entries.size());
        int to = from + 1 + random.nextInt(entries.size() - from);
        List<LoggedPrediction> part =
            IntStream.range(from, to)
                .filter(i -> i == from || random.nextBoolean())
                .mapToObj(entries::get)
                .toList();
        part.forEach(entry -> expected.put(entry.id(), entry));
        merge.add(part.get(0).id(), () -> part);
      }
      List<LoggedPrediction> merged = new ArrayList<>();
      merge.forEach(merged::add);
      assertThat(merged).as("seed %d", seed).containsExactlyElementsOf(expected.values());
    }
  }

  @Test
  void partsThatFollowEachOther_areLoadedWhenTheyAreDue() {
    List<LoggedPrediction> entries = Samples.entries(0, 40);
    List<String> happened = new ArrayList<>();
    Merge merge = new Merge();
    for (int from : new int[] {20, 0, 30, 10}) {
      List<LoggedPrediction> part = entries.subList(from, from + 10);
      merge.add(
          part.get(0).id(),
          () -> {
            happened.add("load " + from);
            return part;
          });
    }
    merge.forEach(
        entry -> {
          int number = entries.indexOf(entry);
          if (number % 10 == 9) {
            happened.add("give " + number);
          }
        });
    assertThat(happened)
        .containsExactly(
            "load 0", "give 9", "load 10", "give 19", "load 20", "give 29", "load 30", "give 39");
  }
}
