package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TargetMeanTest {

  private static final TargetMean STEP = SamplePipelines.TARGET_MEAN;

  @Test
  void rowsThatWereNotTrainedOn_getTheMeansOfAll() {
    assertThat(STEP.apply("1")).isEqualTo(0.25);
    assertThat(STEP.apply("red")).isEqualTo(0.75);
    assertThat(STEP.apply("blue")).isEqualTo(0.5);
    assertThat(STEP.apply(null)).isEqualTo(0.5);
  }

  @Test
  void rowsThatWereTrainedOn_getTheMeansOfTheOtherFolds() {
    int[] rows = new int[2];
    for (long id = 0; id < 1000; id++) {
      int fold = TargetMean.fold(7, 2, id);
      rows[fold]++;
      assertThat(STEP.applyInTraining("1", id)).isEqualTo(fold == 0 ? 0 : -1);
      assertThat(STEP.applyInTraining("red", id)).isEqualTo(fold == 0 ? 1 : 2);
      assertThat(STEP.applyInTraining(null, id)).isEqualTo(fold == 0 ? 0.4 : 0.6);
    }
    assertThat(rows[0]).isBetween(420, 580);
  }

  @Test
  void fewerThanTwoFolds_areRefused() {
    TargetMean.Means means = new TargetMean.Means(0);
    assertThatThrownBy(() -> new TargetMean(List.of(), 1, means, List.of(means)))
        .hasMessage("folds must be at least 2 but were 1");
    assertThatThrownBy(() -> new TargetMean(List.of("a"), 1, means, List.of(means, means)))
        .hasMessage("means must be 1 numbers but were 0");
  }
}
