package dev.mlstack.core.profile;

import dev.mlstack.core.report.Report;
import dev.mlstack.core.report.SmallCharts;
import dev.mlstack.core.report.SmallCharts.Bar;
import dev.mlstack.core.report.SmallCharts.Chart;
import dev.mlstack.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws profiles: a small chart of the distribution of each column. */
public final class ProfileReport {

  private static final int CELLS = 24;
  private static final int TEXTS = 12;

  private ProfileReport() {}

  /** Returns a page about a profile. */
  public static Report of(String title, Profile profile) {
    String subtitle = profile.rows() + " rows, " + profile.columns().size() + " columns";
    return Report.titled(title, subtitle).section("Columns", charts(profile));
  }

  /** Returns the chart of each column, to be put into a section of any page. */
  public static SmallCharts charts(Profile profile) {
    return charts(profile.columns());
  }

  /** Returns the charts of some columns, to be put into a section of any page. */
  public static SmallCharts charts(List<ColumnProfile> columns) {
    return new SmallCharts(columns.stream().map(ProfileReport::chart).toList());
  }

  private static Chart chart(ColumnProfile column) {
    return column instanceof NumberProfile numbers ? chart(numbers) : chart((TextProfile) column);
  }

  private static Chart chart(NumberProfile column) {
    FieldType type = column.field().type();
    Histogram histogram = column.histogram(CELLS);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < histogram.counts().size(); i++) {
      String from = BinLabels.text(type, histogram.borders().get(i));
      String to = BinLabels.text(type, histogram.borders().get(i + 1));
      long rows = histogram.counts().get(i);
      bars.add(new Bar(from + " to " + to + ": " + rows + " rows", rows));
    }
    return new Chart(
        column.field().name(),
        facts(column),
        bars,
        BinLabels.text(type, column.min()),
        BinLabels.text(type, column.max()));
  }

  private static Chart chart(TextProfile column) {
    List<TextProfile.Frequent> texts = column.frequent(TEXTS);
    List<Bar> bars =
        texts.stream()
            .map(text -> new Bar(text.text() + ": " + text.rows() + " rows", text.rows()))
            .toList();
    boolean some = !texts.isEmpty();
    return new Chart(
        column.field().name(),
        facts(column),
        bars,
        some ? texts.get(0).text() : "no frequent text",
        texts.size() > 1 ? texts.get(texts.size() - 1).text() : "");
  }

  private static String facts(ColumnProfile column) {
    String about = column.distinctError() == 0 ? "" : "about ";
    return column.field().type().getClass().getSimpleName().toLowerCase(Locale.ROOT)
        + ", "
        + about
        + column.distinct()
        + " different, "
        + String.format(Locale.ROOT, "%.1f%%", 100 * column.missingShare())
        + " missing";
  }
}
