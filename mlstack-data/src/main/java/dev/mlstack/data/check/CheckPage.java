package dev.mlstack.data.check;

import dev.mlstack.core.profile.ColumnProfile;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.core.profile.ProfileReport;
import dev.mlstack.core.report.Block;
import dev.mlstack.core.report.Report;
import dev.mlstack.core.report.TableBlock;
import dev.mlstack.core.report.TextBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows a report to people. */
final class CheckPage {

  private static final int SHOWN_ROWS = 20;

  private final CheckReport report;
  private final Optional<Profile> profile;

  CheckPage(CheckReport report, Optional<Profile> profile) {
    this.report = report;
    this.profile = profile;
  }

  Report page(String title) {
    long failing = report.results().stream().filter(result -> result.failures() > 0).count();
    String sentence =
        String.format(
            Locale.ROOT,
            "%,d rows, %d rules: %s.",
            report.rows(),
            report.results().size(),
            failing == 0 ? "nothing fails" : failing == 1 ? "one fails" : failing + " fail");
    Report page = Report.titled(title, sentence).section("Rules", rules());
    for (CheckReport.Result result : report.results()) {
      if (result.failures() > 0) {
        page = page.section(result.rule().toString(), details(result));
      }
    }
    List<ColumnProfile> drawn = drawn();
    return drawn.isEmpty() ? page : page.section("Distributions", ProfileReport.charts(drawn));
  }

  private Block rules() {
    List<List<String>> rows = new ArrayList<>();
    for (CheckReport.Result result : report.results()) {
      rows.add(
          List.of(
              result.failures() == 0 ? "holds" : outcome(result.rule().severity()),
              result.rule().toString(),
              result.rule().isWhole() ? result.measured() : share(result.failures())));
    }
    return new TableBlock(List.of("outcome", "rule", "found"), rows, -1);
  }

  private static String outcome(Severity severity) {
    return switch (severity) {
      case NOTE -> "noted";
      case SET_ASIDE -> "set aside";
      case REFUSE -> "REFUSED";
    };
  }

  private String share(long failures) {
    return failures == 0
        ? "no row fails"
        : String.format(
            Locale.ROOT,
            failures == 1 ? "in %,d row, %.3g%%" : "in %,d rows, %.3g%%",
            failures,
            100.0 * failures / report.rows());
  }

  private static Block details(CheckReport.Result result) {
    if (result.rule().isWhole()) {
      return new TextBlock("But " + result.measured() + ".");
    }
    List<List<String>> rows =
        result.first().stream()
            .limit(SHOWN_ROWS)
            .map(row -> List.of(Long.toString(row.line()), row.value()))
            .toList();
    String name = result.rule().columns().isEmpty() ? "value" : result.rule().column();
    return new TableBlock(List.of("row", name), rows, -1);
  }

  /** Returns a chart of each column that a rule is about, those of failing rules first. */
  private List<ColumnProfile> drawn() {
    Stream<CheckReport.Result> failing =
        report.results().stream().filter(result -> result.failures() > 0);
    List<String> names =
        Stream.concat(failing, report.results().stream())
            .flatMap(result -> result.rule().columns().stream())
            .distinct()
            .toList();
    return profile.stream()
        .flatMap(known -> names.stream().flatMap(name -> column(known, name).stream()))
        .toList();
  }

  private static Optional<ColumnProfile> column(Profile profile, String name) {
    return profile.columns().stream()
        .filter(column -> column.field().name().equals(name))
        .findFirst();
  }
}
