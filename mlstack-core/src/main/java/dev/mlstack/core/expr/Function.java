package dev.mlstack.core.expr;

import java.util.List;
import java.util.Locale;

/**
 * What can be done with values.
 *
 * <p>The signature has a letter for each argument: N for a number, T for a text, B for a truth
 * value, D for a time, A for any kind, which must be the same wherever A stands; a small letter for
 * a constant of that kind; {@code *} for more of the last. The result is written in the same way.
 */
enum Function {
  ADD("NN", 'N'),
  SUBTRACT("NN", 'N'),
  MULTIPLY("NN", 'N'),
  DIVIDE("NN", 'N'),
  REMAINDER("NN", 'N'),
  NEGATE("N", 'N'),
  ABS("N", 'N'),
  SQRT("N", 'N'),
  LOG("N", 'N'),
  LOG1P("N", 'N'),
  EXP("N", 'N'),
  POW("NN", 'N'),
  MIN("NN", 'N'),
  MAX("NN", 'N'),
  CLIP("NNN", 'N'),
  ROUND("N", 'N'),
  FLOOR("N", 'N'),
  CEIL("N", 'N'),
  LENGTH("T", 'N'),
  YEAR("D", 'N'),
  MONTH("D", 'N'),
  DAY("D", 'N'),
  DAY_OF_WEEK("D", 'N'),
  DAY_OF_YEAR("D", 'N'),
  HOUR("D", 'N'),
  MINUTE("D", 'N'),
  SECOND("D", 'N'),
  SECONDS_BETWEEN("DD", 'N'),
  TRIM("T", 'T'),
  LOWER("T", 'T'),
  UPPER("T", 'T'),
  CONCAT("TT", 'T'),
  SUBSTRING("Tnn", 'T'),
  REPLACE("Ttt", 'T'),
  EQ("AA", 'B'),
  NE("AA", 'B'),
  LT("AA", 'B'),
  LE("AA", 'B'),
  GT("AA", 'B'),
  GE("AA", 'B'),
  IN("Aa*", 'B'),
  CONTAINS("TT", 'B'),
  STARTS_WITH("TT", 'B'),
  ENDS_WITH("TT", 'B'),
  MATCHES("Tt", 'B'),
  AND("BB", 'B'),
  OR("BB", 'B'),
  NOT("B", 'B'),
  IS_MISSING("A", 'B'),
  IF_MISSING("AA", 'A'),
  IF("BAA", 'A');

  private final String signature;
  private final char result;

  Function(String signature, char result) {
    this.signature = signature;
    this.result = result;
  }

  /** Returns the name as documents and texts have it: {@code starts_with}. */
  String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the function of a name, or throws. */
  static Function of(String name) {
    for (Function function : values()) {
      if (function.lowerName().equals(name)) {
        return function;
      }
    }
    throw new IllegalArgumentException("there is no function '" + name + "'");
  }

  /** Tells whether the kind of an argument has to be found out from the others. */
  boolean isOpen(int argument) {
    return Character.toUpperCase(letter(argument)) == 'A';
  }

  /** Tells whether the result is of the kind of the open arguments. */
  boolean givesOpen() {
    return result == 'A';
  }

  /** Returns the kind of the result; only if that is not open. */
  Kind fixedResult() {
    return kind(result);
  }

  /** Returns the kind that an argument must be of; only if it is not open. */
  Kind argument(int argument) {
    return kind(Character.toUpperCase(letter(argument)));
  }

  private char letter(int argument) {
    boolean more = signature.endsWith("*");
    int last = signature.length() - (more ? 2 : 1);
    return signature.charAt(Math.min(argument, last));
  }

  private static Kind kind(char letter) {
    return switch (letter) {
      case 'N' -> Kind.NUMBER;
      case 'T' -> Kind.TEXT;
      case 'B' -> Kind.TRUTH;
      default -> Kind.TIME;
    };
  }

  /** Throws if the function takes another number of arguments. */
  void checkCount(int count) {
    boolean more = signature.endsWith("*");
    int needed = more ? signature.length() - 1 : signature.length();
    if (count < needed || (!more && count > needed)) {
      throw new IllegalArgumentException(
          lowerName()
              + " takes "
              + (more ? "at least " : "")
              + needed
              + (needed == 1 ? " argument" : " arguments")
              + " but has "
              + count);
    }
  }

  /** Returns the kind of the result; throws if the function takes other arguments. */
  Kind check(List<Node> args) {
    checkCount(args.size());
    Kind open = null;
    for (int i = 0; i < args.size(); i++) {
      Node arg = args.get(i);
      Kind needed = !isOpen(i) ? argument(i) : open == null ? arg.kind() : open;
      open = isOpen(i) ? needed : open;
      boolean constant = Character.isLowerCase(letter(i));
      if (arg.kind() != needed || (constant && !(arg instanceof Node.Literal))) {
        throw new IllegalArgumentException(
            lowerName()
                + " takes "
                + needed
                + (constant ? " that is constant" : "")
                + " as argument "
                + (i + 1)
                + " but '"
                + Printer.print(arg)
                + "' is "
                + (arg.kind() != needed ? arg.kind() : "computed"));
      }
    }
    checkConstants(args);
    return givesOpen() && open != null ? open : kind(result);
  }

  private void checkConstants(List<Node> args) {
    if (this == MATCHES) {
      new TextPattern(text(args.get(1)));
    } else if (this == REPLACE && text(args.get(1)).isEmpty()) {
      throw new IllegalArgumentException("what replace looks for must not be empty");
    } else if (this == SUBSTRING) {
      index(args.get(1));
      index(args.get(2));
    }
  }

  static String text(Node literal) {
    return ((Node.Literal) literal).value().asText();
  }

  /** Returns a constant that counts letters. */
  static int index(Node literal) {
    double number = ((Node.Literal) literal).value().asReal();
    if (number != (int) number || number < 0) {
      throw new IllegalArgumentException(
          "substring takes whole numbers from 0 but has " + Printer.print(literal));
    }
    return (int) number;
  }
}
