package dev.mlstack.data.read;

import dev.mlstack.data.arrow.ArrowColumnBuilder;
import dev.mlstack.data.arrow.CategoryColumnBuilder;
import dev.mlstack.data.arrow.DoubleColumnBuilder;
import dev.mlstack.data.arrow.LongColumnBuilder;
import dev.mlstack.data.arrow.TextColumnBuilder;
import dev.mlstack.data.internal.Ascii;
import dev.mlstack.data.internal.Numbers;
import dev.mlstack.data.internal.Spellings;
import dev.mlstack.data.internal.TimePattern;
import dev.mlstack.data.internal.Times;
import dev.mlstack.data.internal.Utf8;
import dev.mlstack.schema.FieldType;
import org.jspecify.annotations.Nullable;

/** The parsers of all types but tensor, which no single field holds. */
final class ValueParsers {

  private static final String MALFORMED_TEXT =
      "not well-formed in the charset of the file; .charset(…) says another";

  private ValueParsers() {}

  static ValueParser of(ArrowColumnBuilder column, Notation notation) {
    FieldType type = column.field().type();
    MissingTokens missing = notation.missing();
    if (type instanceof FieldType.Bool) {
      return new Flags((LongColumnBuilder) column, missing);
    } else if (type instanceof FieldType.Int whole) {
      return new Wholes((LongColumnBuilder) column, notation, whole);
    } else if (type instanceof FieldType.Real) {
      return new Reals((DoubleColumnBuilder) column, notation);
    } else if (type instanceof FieldType.Text) {
      return new Texts((TextColumnBuilder) column, missing);
    } else if (type instanceof FieldType.Category category) {
      return new Categories((CategoryColumnBuilder) column, missing, category);
    } else if (type instanceof FieldType.Date) {
      return new Dates((LongColumnBuilder) column, notation);
    } else if (type instanceof FieldType.Timestamp timestamp) {
      return new Timestamps((LongColumnBuilder) column, notation, timestamp.utc());
    }
    throw new IllegalArgumentException("no field of a file holds a " + type);
  }

  private static final class Flags extends ValueParser.Trimmed {
    private final LongColumnBuilder column;

    Flags(LongColumnBuilder column, MissingTokens missing) {
      super(column, missing);
      this.column = column;
    }

    @Override
    @Nullable String parse(byte[] bytes, int from, int to) {
      if (Ascii.equalsIgnoreCase(bytes, from, to, "true")
          || Ascii.equalsIgnoreCase(bytes, from, to, "1")) {
        column.set(1);
        return null;
      } else if (Ascii.equalsIgnoreCase(bytes, from, to, "false")
          || Ascii.equalsIgnoreCase(bytes, from, to, "0")) {
        column.set(0);
        return null;
      }
      return "neither true nor false";
    }
  }

  private static final class Wholes extends ValueParser.Trimmed {
    private final LongColumnBuilder column;
    private final FieldType.Int type;
    private final Numbers numbers;

    Wholes(LongColumnBuilder column, Notation notation, FieldType.Int type) {
      super(column, notation.missing());
      this.numbers = notation.readNumbers();
      this.column = column;
      this.type = type;
    }

    @Override
    @Nullable String parse(byte[] bytes, int from, int to) {
      Numbers.Outcome outcome = numbers.readWhole(bytes, from, to);
      if (outcome == Numbers.Outcome.MALFORMED) {
        return "not a whole number";
      } else if (outcome == Numbers.Outcome.TOO_LARGE || !type.contains(numbers.whole())) {
        return "too large for " + type;
      }
      column.set(numbers.whole());
      return null;
    }
  }

  private static final class Reals extends ValueParser.Trimmed {
    private final DoubleColumnBuilder column;
    private final Numbers numbers;

    Reals(DoubleColumnBuilder column, Notation notation) {
      super(column, notation.missing());
      this.numbers = notation.readNumbers();
      this.column = column;
    }

    @Override
    @Nullable String parse(byte[] bytes, int from, int to) {
      if (!numbers.readReal(bytes, from, to)) {
        return "not a number";
      }
      column.set(numbers.real());
      return null;
    }
  }

  private static final class Dates extends ValueParser.Trimmed {
    private final LongColumnBuilder column;
    private final Times times;
    private final String form;

    Dates(LongColumnBuilder column, Notation notation) {
      super(column, notation.missing());
      this.column = column;
      this.times = notation.readTimes();
      this.form = notation.dates().map(TimePattern::toString).orElse("yyyy-mm-dd");
    }

    @Override
    @Nullable String parse(byte[] bytes, int from, int to) {
      if (!times.readDate(bytes, from, to)) {
        return "not a date of the form " + form;
      }
      column.set(times.days());
      return null;
    }
  }

  private static final class Timestamps extends ValueParser.Trimmed {
    private final LongColumnBuilder column;
    private final boolean utc;
    private final Times times;
    private final String form;

    Timestamps(LongColumnBuilder column, Notation notation, boolean utc) {
      super(column, notation.missing());
      this.column = column;
      this.utc = utc;
      this.times = notation.readTimes();
      String standard = "yyyy-mm-ddThh:mm:ss" + (utc ? "Z" : "");
      this.form = notation.times().map(TimePattern::toString).orElse(standard);
    }

    @Override
    @Nullable String parse(byte[] bytes, int from, int to) {
      if (!times.readTimestamp(bytes, from, to)) {
        return "not a timestamp of the form " + form;
      } else if (utc && !times.hasZone()) {
        return "an instant needs a zone, such as Z; a date and time without one is another type";
      } else if (!utc && times.hasZone()) {
        return "a date and time has no zone; with one it is an instant, which is another type";
      }
      column.set(times.micros());
      return null;
    }
  }

  private static final class Texts extends ValueParser {
    private final TextColumnBuilder column;

    Texts(TextColumnBuilder column, MissingTokens missing) {
      super(column, missing);
      this.column = column;
    }

    @Override
    @Nullable String parse(byte[] bytes, int from, int to, boolean ascii) {
      if (tokens().everywhere() && isToken(bytes, from, to)) {
        return missing();
      }
      if (!ascii && !Utf8.isWellFormed(bytes, from, to)) {
        return MALFORMED_TEXT;
      }
      column.set(bytes, from, to - from);
      return null;
    }

    private boolean isToken(byte[] bytes, int from, int to) {
      int start = Ascii.skipBlanks(bytes, from, to);
      return start < to && tokens().contains(bytes, start, Ascii.trimEnd(bytes, start, to));
    }
  }

  private static final class Categories extends ValueParser {
    private final CategoryColumnBuilder column;
    private final Spellings spellings;

    Categories(CategoryColumnBuilder column, MissingTokens missing, FieldType.Category category) {
      super(column, missing);
      this.column = column;
      this.spellings = new Spellings(category.values());
    }

    @Override
    @Nullable String parse(byte[] bytes, int from, int to, boolean ascii) {
      boolean token = tokens().contains(bytes, from, to);
      if (token && tokens().everywhere()) {
        return missing();
      }
      int code = spellings.code(bytes, from, to);
      if (code >= 0) {
        column.set(code);
        return null;
      }
      boolean blank = Ascii.skipBlanks(bytes, from, to) == to;
      return token || blank ? missing() : "none of " + spellings.values();
    }
  }
}
