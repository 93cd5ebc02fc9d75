package dev.mlstack.store;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A parameter, a fact or a document: JSON with one canonical text.
 *
 * <p>The canonical text has no white space; the members of a document are sorted by the UTF-16
 * units of their names; strings escape only the quote, the backslash and control characters; whole
 * numbers are 64-bit; real numbers always carry a point, and are rounded, half to even, to the
 * fewest of 15, 16 or 17 significant digits with which they give the same double back, trailing
 * zeros dropped: {@code 0.1}, {@code 100.0}, {@code 1.0E10}. Reals that JSON cannot write are the
 * strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. The same value has the same
 * text on every Java version.
 */
public sealed interface Value {

  /** Appends the canonical JSON text of this value. */
  void appendTo(StringBuilder text);

  /** Returns the canonical JSON text of this value. */
  default String canonicalJson() {
    StringBuilder text = new StringBuilder();
    appendTo(text);
    return text.toString();
  }

  /** Returns a text value. */
  static Value of(String text) {
    return new Text(text);
  }

  /** Returns a whole number. */
  static Value of(long number) {
    return new Whole(number);
  }

  /** Returns a real number. */
  static Value of(double number) {
    return new Real(number);
  }

  /** Returns a truth value. */
  static Value of(boolean flag) {
    return new Flag(flag);
  }

  /** Returns a list of values. */
  static Value of(List<? extends Value> items) {
    return new Items(List.copyOf(items));
  }

  /** Returns a list of texts. */
  static Value ofTexts(List<String> texts) {
    return of(texts.stream().map(Value::of).toList());
  }

  /** Returns a list of whole numbers. */
  static Value ofWholes(List<? extends Number> numbers) {
    return of(numbers.stream().map(n -> of(n.longValue())).toList());
  }

  /** Returns a list of real numbers. */
  static Value ofReals(double... numbers) {
    List<Value> items = new ArrayList<>(numbers.length);
    for (double number : numbers) {
      items.add(of(number));
    }
    return of(items);
  }

  /** Starts a document. */
  static Doc.Builder doc() {
    return new Doc.Builder();
  }

  /** Returns this value read as a text. */
  default String asText() {
    throw wrong("a text");
  }

  /** Returns this value read as a whole number. */
  default long asWhole() {
    throw wrong("a whole number");
  }

  /** Returns this value read as a real number; whole numbers and the names of NaN are such too. */
  default double asReal() {
    throw wrong("a number");
  }

  /** Returns this value read as a truth value. */
  default boolean asFlag() {
    throw wrong("true or false");
  }

  /** Returns this value read as a list. */
  default List<Value> asItems() {
    throw wrong("a list");
  }

  /** Returns this value read as a document. */
  default Doc asDoc() {
    throw wrong("a document");
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        expected + " was expected but was " + CanonicalJson.abbreviated(canonicalJson()));
  }

  /** The value {@code null}. */
  record Null() implements Value {
    @Override
    public void appendTo(StringBuilder text) {
      text.append("null");
    }
  }

  /**
   * A text.
   *
   * @param text well-formed UTF-16, that is without half a surrogate pair
   */
  record Text(String text) implements Value {
    /** Checks that the text can be encoded without loss. */
    public Text {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (pair) {
          i++;
        } else if (Character.isSurrogate(c)) {
          throw new IllegalArgumentException(
              "text must be well-formed UTF-16 but has half a surrogate pair at index " + i);
        }
      }
    }

    @Override
    public void appendTo(StringBuilder out) {
      CanonicalJson.appendText(text, out);
    }

    @Override
    public String asText() {
      return text;
    }

    @Override
    public double asReal() {
      return switch (text) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default ->
            throw new IllegalArgumentException(
                "a number was expected but was " + CanonicalJson.abbreviated(canonicalJson()));
      };
    }
  }

  /** A whole number of 64 bits. */
  record Whole(long number) implements Value {
    @Override
    public void appendTo(StringBuilder text) {
      text.append(number);
    }

    @Override
    public long asWhole() {
      return number;
    }

    @Override
    public double asReal() {
      return number;
    }
  }

  /** A real number. */
  record Real(double number) implements Value {
    @Override
    public void appendTo(StringBuilder text) {
      CanonicalJson.appendReal(number, text);
    }

    @Override
    public double asReal() {
      return number;
    }
  }

  /** A truth value. */
  record Flag(boolean flag) implements Value {
    @Override
    public void appendTo(StringBuilder text) {
      text.append(flag);
    }

    @Override
    public boolean asFlag() {
      return flag;
    }
  }

  /** A list of values. */
  record Items(List<Value> items) implements Value {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public void appendTo(StringBuilder text) {
      String separator = "[";
      for (Value item : items) {
        text.append(separator);
        item.appendTo(text);
        separator = ",";
      }
      text.append(items.isEmpty() ? "[]" : "]");
    }

    @Override
    public List<Value> asItems() {
      return items;
    }
  }

  /** A document: named values, sorted by name. */
  record Doc(SortedMap<String, Value> members) implements Value {

    /** The document without members. */
    public static final Doc EMPTY = new Doc(Collections.emptySortedMap());

    /** Copies the members, sorts them by name and checks that names are well-formed UTF-16. */
    public Doc {
      SortedMap<String, Value> sorted = new TreeMap<>();
      members.forEach((name, value) -> sorted.put(new Text(name).text(), value));
      members = Collections.unmodifiableSortedMap(sorted);
    }

    /** Tells whether there is a member of this name. */
    public boolean has(String name) {
      return members.containsKey(name);
    }

    /**
     * Returns a member.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Value get(String name) {
      Value value = members.get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "the document has no member '"
                + name
                + "', only "
                + CanonicalJson.abbreviated(members.keySet().toString()));
      }
      return value;
    }

    /** Returns a member that must be a text. */
    public String text(String name) {
      return get(name).asText();
    }

    /** Returns a member that must be a whole number. */
    public long whole(String name) {
      return get(name).asWhole();
    }

    /** Returns a member that must be a number. */
    public double real(String name) {
      return get(name).asReal();
    }

    /** Returns a member that must be a truth value. */
    public boolean flag(String name) {
      return get(name).asFlag();
    }

    /** Returns a member that must be a list. */
    public List<Value> items(String name) {
      return get(name).asItems();
    }

    /** Returns a member that must be a list of texts. */
    public List<String> texts(String name) {
      return items(name).stream().map(Value::asText).toList();
    }

    /** Returns a member that must be a list of numbers. */
    public double[] reals(String name) {
      return items(name).stream().mapToDouble(Value::asReal).toArray();
    }

    /** Returns a member that must be a document. */
    public Doc doc(String name) {
      return get(name).asDoc();
    }

    @Override
    public void appendTo(StringBuilder text) {
      String separator = "{";
      for (Map.Entry<String, Value> member : members.entrySet()) {
        text.append(separator);
        CanonicalJson.appendText(member.getKey(), text);
        text.append(':');
        member.getValue().appendTo(text);
        separator = ",";
      }
      text.append(members.isEmpty() ? "{}" : "}");
    }

    @Override
    public Doc asDoc() {
      return this;
    }

    /** Collects the members of a document. */
    public static final class Builder {
      private final SortedMap<String, Value> members = new TreeMap<>();

      private Builder() {}

      /**
       * Adds a member.
       *
       * @throws IllegalArgumentException if there is one of this name already
       */
      public Builder put(String name, Value value) {
        if (members.putIfAbsent(new Text(name).text(), value) != null) {
          throw new IllegalArgumentException("the document has a member '" + name + "' already");
        }
        return this;
      }

      /** Adds a text. */
      public Builder put(String name, String text) {
        return put(name, Value.of(text));
      }

      /** Adds a whole number. */
      public Builder put(String name, long number) {
        return put(name, Value.of(number));
      }

      /** Adds a real number. */
      public Builder put(String name, double number) {
        return put(name, Value.of(number));
      }

      /** Adds a truth value. */
      public Builder put(String name, boolean flag) {
        return put(name, Value.of(flag));
      }

      /** Adds a list. */
      public Builder put(String name, List<? extends Value> items) {
        return put(name, Value.of(items));
      }

      /** Returns the document. */
      public Doc build() {
        return new Doc(members);
      }
    }
  }

  /** Writes the leaves of the canonical text. */
  final class CanonicalJson {
    private static final int MIN_DIGITS = 15;
    private static final int MAX_DIGITS = 17;
    private static final int MIN_PLAIN_EXPONENT = -4;
    private static final int MAX_PLAIN_EXPONENT = 6;
    private static final int MESSAGE_LENGTH = 100;

    private CanonicalJson() {}

    /** Returns a text for a message: a document may have megabytes. */
    private static String abbreviated(String text) {
      return text.length() <= MESSAGE_LENGTH ? text : text.substring(0, MESSAGE_LENGTH) + "…";
    }

    private static void appendText(String value, StringBuilder text) {
      text.append('"');
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '"' -> text.append("\\\"");
          case '\\' -> text.append("\\\\");
          case '\b' -> text.append("\\b");
          case '\f' -> text.append("\\f");
          case '\n' -> text.append("\\n");
          case '\r' -> text.append("\\r");
          case '\t' -> text.append("\\t");
          default -> {
            if (c < ' ') {
              text.append("\\u00").append(Character.forDigit(c >> 4, 16));
              text.append(Character.forDigit(c & 15, 16));
            } else {
              text.append(c);
            }
          }
        }
      }
      text.append('"');
    }

    private static void appendReal(double number, StringBuilder text) {
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        text.append('"').append(number).append('"');
      } else if (number == 0) {
        text.append(1 / number < 0 ? "-0.0" : "0.0");
      } else {
        appendDigits(shortest(number), text);
      }
    }

    /** Returns the decimal with the fewest of 15 to 17 digits that reads back as {@code number}. */
    private static BigDecimal shortest(double number) {
      BigDecimal exact = new BigDecimal(number);
      for (int digits = MIN_DIGITS; digits < MAX_DIGITS; digits++) {
        BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        if (rounded.doubleValue() == number) {
          return rounded;
        }
      }
      return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static void appendDigits(BigDecimal decimal, StringBuilder text) {
      BigDecimal stripped = decimal.stripTrailingZeros();
      if (stripped.signum() < 0) {
        text.append('-');
      }
      String digits = stripped.unscaledValue().abs().toString();
      int exponent = digits.length() - 1 - stripped.scale();
      if (exponent < MIN_PLAIN_EXPONENT || exponent > MAX_PLAIN_EXPONENT) {
        String fraction = digits.length() == 1 ? "0" : digits.substring(1);
        text.append(digits.charAt(0)).append('.').append(fraction).append('E').append(exponent);
      } else if (exponent < 0) {
        text.append("0.").append("0".repeat(-exponent - 1)).append(digits);
      } else if (digits.length() <= exponent + 1) {
        text.append(digits).append("0".repeat(exponent + 1 - digits.length())).append(".0");
      } else {
        text.append(digits, 0, exponent + 1)
            .append('.')
            .append(digits, exponent + 1, digits.length());
      }
    }
  }
}
