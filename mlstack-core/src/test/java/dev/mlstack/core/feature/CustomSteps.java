package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.TransformFormat;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps that an application might write, one of each form; found by the service loader. */
public final class CustomSteps implements TransformFormat {

  static final VersionedName SIGN = new VersionedName("sign", 1);
  static final VersionedName LENGTH = new VersionedName("length", 1);
  static final VersionedName FIRST_LETTER = new VersionedName("first-letter", 1);
  static final VersionedName PARITY = new VersionedName("parity", 1);
  static final VersionedName ABSOLUTE = new VersionedName("absolute", 1);

  /** Called by the service loader. */
  public CustomSteps() {}

  @Override
  public List<VersionedName> operations() {
    return List.of(SIGN, LENGTH, FIRST_LETTER, PARITY, ABSOLUTE);
  }

  @Override
  public FittedTransform load(VersionedName operation, Value.Doc parameters) {
    return switch (operation.name()) {
      case "sign" -> new Sign();
      case "length" -> new Length();
      case "first-letter" -> new FirstLetter();
      case "parity" -> new Parity(Math.toIntExact(parameters.whole("wrong")));
      default -> new Absolute();
    };
  }

  /** Says whether a number is negative. */
  record Sign() implements FittedTransform.NumberToText {
    @Override
    public VersionedName operation() {
      return SIGN;
    }

    @Override
    public Value.Doc parameters() {
      return Value.Doc.EMPTY;
    }

    @Override
    public @Nullable String apply(double value) {
      return Double.isNaN(value) ? null : value < 0 ? "negative" : "positive";
    }
  }

  /** Counts the characters of a text. */
  record Length() implements FittedTransform.TextToNumber {
    @Override
    public VersionedName operation() {
      return LENGTH;
    }

    @Override
    public Value.Doc parameters() {
      return Value.Doc.EMPTY;
    }

    @Override
    public double apply(@Nullable String value) {
      return value == null ? Double.NaN : value.length();
    }
  }

  /** Says whether a text begins with a letter. */
  record FirstLetter() implements FittedTransform.TextToText {
    @Override
    public VersionedName operation() {
      return FIRST_LETTER;
    }

    @Override
    public Value.Doc parameters() {
      return Value.Doc.EMPTY;
    }

    @Override
    public @Nullable String apply(@Nullable String value) {
      if (value == null) {
        return null;
      }
      return !value.isEmpty() && Character.isLetter(value.charAt(0)) ? "letter" : "none";
    }
  }

  /**
   * Says whether a text is of even or of odd length.
   *
   * @param wrong what it says of missing texts; it should be 0, 1 or -1
   */
  record Parity(int wrong) implements FittedTransform.TextToIndicators {
    @Override
    public VersionedName operation() {
      return PARITY;
    }

    @Override
    public Value.Doc parameters() {
      return Value.doc().put("wrong", wrong).build();
    }

    @Override
    public List<String> indicators() {
      return List.of("even", "odd");
    }

    @Override
    public int apply(@Nullable String value) {
      return value == null ? wrong : value.length() % 2;
    }
  }

  /** Drops the sign. */
  record Absolute() implements FittedTransform.NumberToNumber {
    @Override
    public VersionedName operation() {
      return ABSOLUTE;
    }

    @Override
    public Value.Doc parameters() {
      return Value.Doc.EMPTY;
    }

    @Override
    public double apply(double value) {
      return Math.abs(value);
    }
  }
}
