package dev.mlstack.core.expr;

import dev.mlstack.table.DataException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of {@code java.util.regex} that a whole text must match, guarded against
 * texts on which it would take for ever.
 *
 * <p>Some expressions, such as {@code (a+)+b}, try a number of ways that doubles with each letter.
 * So the matcher may look at no more than {@link #LOOKS} letters, and {@link #LOOKS_PER_LETTER}
 * more for each letter that the text has; an expression that goes over the text a few times stays
 * far below. Beyond that, and where the matcher runs out of stack, there is a {@link DataException}
 * that names expression and text: never a wrong answer, and never one that depends on the machine.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class TextPattern {

  /** How many letters the matcher may look at for any text: 100,000. */
  public static final int LOOKS = 100_000;

  /** How many more for each letter of the text: 100. */
  public static final int LOOKS_PER_LETTER = 100;

  /** How long an expression may be: 10,000 letters. */
  public static final int MAX_LENGTH = 10_000;

  private static final int SHOWN = 40;

  private final Pattern pattern;

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException if it is none, or too long
   */
  public TextPattern(String expression) {
    if (expression.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a regular expression must have at most "
              + MAX_LENGTH
              + " letters but has "
              + expression.length());
    }
    try {
      this.pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + shown(expression) + "' is not a regular expression: " + e.getDescription(), e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException(
          "'" + shown(expression) + "' is nested too deep for a regular expression", e);
    }
  }

  /** Returns the expression. */
  public String expression() {
    return pattern.pattern();
  }

  /**
   * Tells whether a whole text matches.
   *
   * @throws DataException if that takes too long to find out
   */
  public boolean matches(CharSequence text) {
    return matching().matches(text);
  }

  /**
   * Returns what matches one text after another, for one thread, and allocates nothing as it does.
   */
  public Matching matching() {
    return new Matching();
  }

  /** Matches one text after another. Not safe for use by several threads at once. */
  public final class Matching {
    private final Watched watched = new Watched();
    private final Matcher matcher = pattern.matcher(watched);

    private Matching() {}

    /** Tells whether a whole text matches, as {@link TextPattern#matches}. */
    public boolean matches(CharSequence text) {
      watched.watch(text);
      try {
        return matcher.reset().matches();
      } catch (Exhausted | StackOverflowError e) {
        // Nothing is left half done: a matcher is reset before it is used again.
        throw tooLong(text, e);
      }
    }
  }

  private DataException tooLong(CharSequence text, Throwable cause) {
    DataException problem =
        new DataException(
            "the regular expression '"
                + shown(expression())
                + "' takes too long on a text of "
                + text.length()
                + " letters ('"
                + shown(text.toString())
                + "'); write it without repetitions in each other");
    problem.initCause(cause);
    return problem;
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /** Says that the matcher has looked at too many letters. */
  private static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("too many looks", null, false, false);
    }
  }

  /** A text that counts how often somebody looks at it. */
  private static final class Watched implements CharSequence {
    private CharSequence text = "";
    private long looks;

    void watch(CharSequence newText) {
      text = newText;
      looks = LOOKS + (long) LOOKS_PER_LETTER * newText.length();
    }

    @Override
    public char charAt(int index) {
      if (--looks < 0) {
        throw new Exhausted();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof TextPattern other && expression().equals(other.expression());
  }

  @Override
  public int hashCode() {
    return expression().hashCode();
  }

  /** Returns the expression. */
  @Override
  public String toString() {
    return expression();
  }
}
