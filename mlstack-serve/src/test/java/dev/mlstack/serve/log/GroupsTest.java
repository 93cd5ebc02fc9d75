package dev.mlstack.serve.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.testkit.RandomPredictions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupsTest {

  private static final Schema IMAGE =
      Schema.of(Field.of("image", FieldType.tensor(250)).required());

  /** Entries that take 1,000 bytes each for their tensor, and 16 for the rest. */
  private static List<LoggedPrediction> images(int count) {
    return Samples.copied(RandomPredictions.of("digits", IMAGE, 1, count, 0, 1));
  }

  @Test
  void entries_areDividedByEndpointAndShape_inTheirOrder() {
    List<LoggedPrediction> credit = Samples.copied(Samples.entries(0, 10));
    List<LoggedPrediction> wider =
        Samples.copied(RandomPredictions.of("credit", Samples.SCHEMA, 3, 10, 100, 2));
    List<LoggedPrediction> images = images(10);
    List<LoggedPrediction> mixed = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      mixed.addAll(List.of(credit.get(i), images.get(i), wider.get(i)));
    }
    List<Groups.Group> groups = Groups.of(mixed, 100);
    assertThat(groups).extracting(Groups.Group::entries).containsExactly(credit, images, wider);
    assertThat(groups)
        .extracting(Groups.Group::endpoint)
        .containsExactly("credit", "digits", "credit");
    assertThat(groups.get(2).shape()).isEqualTo(new SegmentTable.Shape(Samples.SCHEMA, 3));
  }

  @Test
  void aGroup_hasNoMoreEntriesOrBytesThanAllowed_butAtLeastOne() {
    List<LoggedPrediction> images = images(10);
    assertThat(Groups.of(images, 4))
        .extracting(group -> group.entries().size())
        .containsExactly(4, 4, 2);
    assertThat(Groups.of(images, 100, 3 * 1016))
        .extracting(group -> group.entries().size())
        .containsExactly(3, 3, 3, 1);
    assertThat(Groups.of(images, 100, 10))
        .hasSize(10)
        .extracting(Groups.Group::entries)
        .containsExactlyElementsOf(images.stream().map(List::of).toList());
    Stream.of(4, 3, 1)
        .forEach(
            most ->
                assertThat(Groups.of(images, most).stream().flatMap(g -> g.entries().stream()))
                    .containsExactlyElementsOf(images));
    assertThat(Groups.of(List.of(), 4)).isEmpty();
  }
}
