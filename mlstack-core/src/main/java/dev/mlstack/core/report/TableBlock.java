package dev.mlstack.core.report;

import java.util.List;

/**
 * A table. Cells that are numbers stand to the right.
 *
 * @param header the names of the columns
 * @param rows the cells of each row, as many as there are columns
 * @param emphasized the index of the row to point out, or -1
 */
public record TableBlock(List<String> header, List<List<String>> rows, int emphasized)
    implements Block {

  /** Copies the lists and checks the number of cells. */
  public TableBlock {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row has " + row.size() + " cells but the table " + header.size() + " columns");
      }
    }
  }

  @Override
  public String toHtml() {
    Markup page = new Markup();
    page.open("div", "class", "scroll").open("table").open("thead").open("tr");
    header.forEach(name -> page.element("th", name, "scope", "col"));
    page.close("tr").close("thead").open("tbody");
    for (int i = 0; i < rows.size(); i++) {
      page.open("tr", "class", i == emphasized ? "emphasized" : "");
      rows.get(i).forEach(cell -> page.element("td", cell, "class", isNumber(cell) ? "n" : ""));
      page.close("tr");
    }
    page.close("tbody").close("table").close("div");
    return page.toString();
  }

  private static boolean isNumber(String cell) {
    return !cell.isEmpty() && "-+.0123456789".indexOf(cell.charAt(0)) >= 0 && cell.length() < 24;
  }
}
