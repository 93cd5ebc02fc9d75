package dev.mlstack.core.report;

/**
 * A paragraph.
 *
 * @param text plain text
 */
public record TextBlock(String text) implements Block {
  @Override
  public String toHtml() {
    Markup page = new Markup();
    page.element("p", text);
    return page.toString();
  }
}
