package dev.mlstack.core.report;

import java.util.Locale;

/**
 * Writes HTML and SVG. Every text and every attribute is escaped here and nowhere else, so that no
 * value of a user's data can become markup.
 */
final class Markup {

  private final StringBuilder out = new StringBuilder();

  /** Opens an element; attributes are given as name, value, name, value. */
  Markup open(String element, Object... attributes) {
    start(element, attributes);
    out.append('>');
    return this;
  }

  /** Writes an element without content. */
  Markup empty(String element, Object... attributes) {
    start(element, attributes);
    out.append("/>");
    return this;
  }

  private void start(String element, Object... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(text(attributes[i + 1]));
      out.append('"');
    }
  }

  Markup close(String element) {
    out.append("</").append(element).append('>');
    return this;
  }

  Markup text(CharSequence text) {
    escape(text);
    return this;
  }

  /** Writes an element with a text. */
  Markup element(String element, CharSequence text, Object... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  /** Writes text that is markup already: of constants, or of another {@code Markup}. */
  Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  private static String text(Object value) {
    return value instanceof Double number ? coordinate(number) : String.valueOf(value);
  }

  /** Returns a coordinate with at most two decimals. */
  private static String coordinate(double number) {
    String text = String.format(Locale.ROOT, "%.2f", number);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }

  private void escape(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        default -> out.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
