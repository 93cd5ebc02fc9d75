package dev.mlstack.train.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.model.MemoryExamples;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Output;
import dev.mlstack.model.Signature;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurveyTest {

  private static Moments survey(Examples examples) {
    return Survey.of(examples, Execution.here());
  }

  @Test
  void moments_areByWeight() {
    Signature signature = LinearData.signature(2, new Output.Array("y", List.of(2)));
    MemoryExamples.Builder builder = LinearData.builder(signature);
    LinearData.add(builder, 1, new double[] {1, 10, 100, -1}, signature, 1);
    LinearData.add(builder, 2, new double[] {5, 10, 200, -2}, signature, 3);
    Moments moments = survey(builder.build());
    assertThat(moments.weight()).isEqualTo(4);
    assertThat(moments.means()).containsExactly(4, 10);
    assertThat(moments.variances()[0]).isEqualTo(3);
    assertThat(moments.labelMeans()).containsExactly(175, -1.75);
    assertThat(moments.classWeights()).isEmpty();
  }

  @Test
  void classWeights_areThoseOfTheirExamples() {
    Signature signature = LinearData.signature(1, LinearData.classes(3));
    MemoryExamples.Builder builder = LinearData.builder(signature);
    LinearData.add(builder, 1, new double[] {0, 2}, signature, 1.5);
    LinearData.add(builder, 2, new double[] {0, 0}, signature, 2);
    LinearData.add(builder, 3, new double[] {0, 2}, signature, 1);
    Moments moments = survey(builder.build());
    assertThat(moments.classWeights()).containsExactly(2, 0, 2.5);
    assertThat(moments.labelMeans()).isEmpty();
    assertThat(moments.variances()).containsExactly(0);
  }

  @Test
  void varianceOfAFeatureFarFromZero_isOfTheRightSize_andThatOfAConstantTiny() {
    Signature signature = LinearData.signature(2, new Output.Quantity("y"));
    MemoryExamples.Builder builder = LinearData.builder(signature);
    for (int row = 0; row < 10_000; row++) {
      double[] example = {1e6 + row % 2, 1e6, 0};
      LinearData.add(builder, row, example, signature, 1);
    }
    double[] variances = survey(builder.build()).variances();
    assertThat(variances[0]).isCloseTo(0.25, within(0.05));
    assertThat(variances[1]).isBetween(1e-3, 0.11);
  }
}
