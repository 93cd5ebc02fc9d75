package dev.mlstack.core.report;

/** One thing in a section of a report. Immutable. */
public sealed interface Block
    permits TextBlock, FactsBlock, TableBlock, LineChart, BarChart, SmallCharts, GraphChart {

  /** Returns this block as a fragment of HTML. */
  String toHtml();
}
