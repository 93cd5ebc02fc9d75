package dev.mlstack.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileReportTest {

  @Test
  void everyColumn_hasAChart() {
    String page = ProfileReport.of("Things", Profile.of(RandomTables.of(1, 2000))).toHtml();
    assertThat(page.split("<svg", -1)).hasSize(RandomTables.SCHEMA.size() + 1);
    assertThat(page)
        .contains("2000 rows, 17 columns", "category, 3 different", "1970-01-", "float")
        .doesNotContain("NaN");
  }

  @Test
  void bars_haveTheCountsOfTheHistogram() {
    Object[] values = IntStream.range(0, 48).mapToObj(i -> (double) i).toArray();
    Profile profile = Profile.of(ProfileTest.table(Field.of("x", FieldType.FLOAT64), values));
    assertThat(ProfileReport.charts(profile).charts().get(0).bars())
        .hasSize(24)
        .allMatch(bar -> bar.value() >= 1 && bar.value() <= 3);
  }

  @Test
  void texts_cannotBecomeMarkup() {
    Profile profile = Profile.of(ProfileTest.table(Field.of("x", FieldType.TEXT), "<b>", "<b>"));
    assertThat(ProfileReport.of("<i>", profile).toHtml())
        .contains("&lt;b&gt;: 2 rows")
        .doesNotContain("<b>", "<i>");
  }

  @Test
  void emptyColumns_areDrawn() {
    Profile profile = Profile.of(ProfileTest.table(Field.of("x", FieldType.FLOAT64)));
    assertThat(ProfileReport.of("Nothing", profile).toHtml()).contains("0 different");
    Profile texts = Profile.of(ProfileTest.table(Field.of("x", FieldType.TEXT)));
    assertThat(ProfileReport.of("Nothing", texts).toHtml()).contains("no frequent text");
  }
}
