package dev.mlstack.data.check;

import dev.mlstack.table.DataException;
import java.util.stream.Collectors;

/** Data fails a rule that refuses it. Nothing was stored. */
public class ChecksRefusedException extends DataException {

  private static final long serialVersionUID = 1L;

  private static final int SHOWN_ROWS = 5;

  private final transient CheckReport report;

  /**
   * Creates an exception.
   *
   * @param source what the data was read from
   * @param report what checking it came to, with at least one refusal
   */
  public ChecksRefusedException(String source, CheckReport report) {
    super(
        source
            + " is refused and nothing was stored: "
            + report.refusals().stream()
                .map(result -> shown(result, report.rows()))
                .collect(Collectors.joining("; ")));
    this.report = report;
  }

  private static String shown(CheckReport.Result result, long rows) {
    return result.rule().isWhole()
        ? result.toString()
        : result + " of " + rows + ", " + firstRows(result);
  }

  private static String firstRows(CheckReport.Result result) {
    return result.first().stream()
            .limit(SHOWN_ROWS)
            .map(row -> "line " + row.line() + " ('" + row.value() + "')")
            .collect(Collectors.joining(", "))
        + (result.failures() > SHOWN_ROWS ? ", …" : "");
  }

  /** Returns what checking the data came to. */
  public CheckReport report() {
    return report;
  }
}
