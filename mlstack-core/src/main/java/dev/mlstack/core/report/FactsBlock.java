package dev.mlstack.core.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names with values.
 *
 * @param facts the values by name, in the order in which they are shown
 */
public record FactsBlock(Map<String, String> facts) implements Block {

  /** Copies the facts. */
  public FactsBlock {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  @Override
  public String toHtml() {
    Markup page = new Markup();
    page.open("dl");
    facts.forEach((name, value) -> page.element("dt", name).element("dd", value));
    page.close("dl");
    return page.toString();
  }
}
