package dev.mlstack.core.expr;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text of an expression into words. */
final class Tokens {

  /** How long a text may be. */
  static final int MAX_LENGTH = 100_000;

  private static final List<String> SYMBOLS =
      List.of("<=", ">=", "!=", "<>", "==", "<", ">", "=", "+", "-", "*", "/", "%", "(", ")", ",");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokens(String text) {
    this.text = text;
  }

  enum Form {
    WORD,
    COLUMN,
    NUMBER,
    TEXT,
    SYMBOL,
    END
  }

  /**
   * A word.
   *
   * @param text without quotes
   * @param position where it begins, from 1
   */
  record Token(Form form, String text, int position) {
    boolean is(String symbolOrWord) {
      return (form == Form.SYMBOL || form == Form.WORD) && text.equals(symbolOrWord);
    }

    /** Returns what a message calls it. */
    String shown() {
      return form == Form.END ? "the end" : "'" + text + "'";
    }
  }

  /** Returns all words, the last of which is the end. */
  static List<Token> of(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "an expression must have at most " + MAX_LENGTH + " letters but has " + text.length());
    }
    Tokens tokens = new Tokens(text);
    while (tokens.skipBlanks()) {
      tokens.take();
    }
    tokens.tokens.add(new Token(Form.END, "", text.length() + 1));
    return tokens.tokens;
  }

  static IllegalArgumentException problem(String what, int position) {
    return new IllegalArgumentException(what + " at position " + position + " of the expression");
  }

  static boolean isWordPart(int c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private boolean skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private void take() {
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      takeQuoted(c);
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      takeNumber();
    } else if (isWordPart(c)) {
      int from = at;
      while (at < text.length() && isWordPart(text.charAt(at))) {
        at++;
      }
      tokens.add(new Token(Form.WORD, text.substring(from, at), from + 1));
    } else {
      takeSymbol();
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void takeQuoted(char quote) {
    int from = at++;
    StringBuilder content = new StringBuilder();
    while (true) {
      int end = text.indexOf(quote, at);
      if (end < 0) {
        throw problem("a quote that never ends begins", from + 1);
      }
      content.append(text, at, end);
      at = end + 1;
      if (at == text.length() || text.charAt(at) != quote) {
        break;
      }
      content.append(quote);
      at++;
    }
    Form form = quote == '"' ? Form.COLUMN : Form.TEXT;
    tokens.add(new Token(form, content.toString(), from + 1));
  }

  private void takeNumber() {
    int from = at;
    while (at < text.length() && isNumberPart(from)) {
      at++;
    }
    tokens.add(new Token(Form.NUMBER, text.substring(from, at), from + 1));
  }

  private boolean isNumberPart(int from) {
    char c = text.charAt(at);
    boolean sign = (c == '+' || c == '-') && at > from && "eE".indexOf(text.charAt(at - 1)) >= 0;
    return sign || c == '.' || isWordPart(c);
  }

  private void takeSymbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        tokens.add(new Token(Form.SYMBOL, symbol, at - symbol.length() + 1));
        return;
      }
    }
    String letter = Character.toString(text.codePointAt(at));
    throw problem("'" + letter + "' has no meaning", at + 1);
  }
}
