package dev.mlstack.data.read;

import dev.mlstack.data.internal.Numbers;
import dev.mlstack.data.internal.TimePattern;
import dev.mlstack.data.internal.Times;
import dev.mlstack.store.Value;
import java.util.List;
import java.util.Optional;

/**
 * How values are written.
 *
 * @param tokens the texts that stand for a missing value, if not the default
 * @param decimal what stands before the fraction of a number
 * @param thousands what stands between groups of three digits; {@link Numbers#NONE} if nothing does
 * @param dates how dates are written, if not as ISO 8601 has them
 * @param times how timestamps are written, if not as ISO 8601 has them
 */
record Notation(
    Optional<List<String>> tokens,
    char decimal,
    char thousands,
    Optional<TimePattern> dates,
    Optional<TimePattern> times) {

  static final Notation STANDARD =
      new Notation(Optional.empty(), '.', Numbers.NONE, Optional.empty(), Optional.empty());

  private static final String SEPARATORS = ".,' _";

  Notation {
    if (decimal != '.' && decimal != ',') {
      throw new IllegalArgumentException(
          "decimal must be a point or a comma but was '" + decimal + "'");
    }
    if (thousands != Numbers.NONE && SEPARATORS.indexOf(thousands) < 0) {
      throw new IllegalArgumentException(
          "thousands must be a point, comma, apostrophe, blank or underscore but was '"
              + thousands
              + "'");
    }
    if (thousands == decimal) {
      throw new IllegalArgumentException(
          "thousands must differ from decimal but both are '"
              + decimal
              + "'; if thousands is a point, say decimal(',') first");
    }
    tokens = tokens.map(List::copyOf);
  }

  Notation withMissing(List<String> newTokens) {
    return new Notation(Optional.of(newTokens), decimal, thousands, dates, times);
  }

  Notation withDecimal(char newDecimal) {
    return new Notation(tokens, newDecimal, thousands, dates, times);
  }

  Notation withThousands(char newThousands) {
    return new Notation(tokens, decimal, newThousands, dates, times);
  }

  Notation withDates(TimePattern pattern) {
    return new Notation(tokens, decimal, thousands, Optional.of(pattern), times);
  }

  Notation withTimes(TimePattern pattern) {
    return new Notation(tokens, decimal, thousands, dates, Optional.of(pattern));
  }

  /** Returns what stands for a missing value. */
  MissingTokens missing() {
    return tokens.map(MissingTokens::of).orElseGet(MissingTokens::standard);
  }

  /** Returns a reader of numbers, for one thread. */
  Numbers readNumbers() {
    return new Numbers(decimal, thousands);
  }

  /** Returns a reader of dates and timestamps, for one thread. */
  Times readTimes() {
    return new Times(dates.orElse(null), times.orElse(null));
  }

  /** Adds what is not the default to a document. */
  Value.Doc.Builder addTo(Value.Doc.Builder doc) {
    if (decimal != '.') {
      doc.put("decimal", String.valueOf(decimal));
    }
    if (thousands != Numbers.NONE) {
      doc.put("thousands", String.valueOf(thousands));
    }
    dates.ifPresent(pattern -> doc.put("dates", pattern.toString()));
    times.ifPresent(pattern -> doc.put("times", pattern.toString()));
    tokens.ifPresent(texts -> doc.put("missing", Value.ofTexts(texts)));
    return doc;
  }
}
