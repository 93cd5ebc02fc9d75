package dev.mlstack.core.profile;

import dev.mlstack.store.Value;

/**
 * The lengths of texts, in characters (code points).
 *
 * @param count how many texts there are
 * @param empty how many of them have no character
 * @param min the least length; the greatest whole number if there is no text
 * @param max the greatest length
 * @param total the sum of all lengths
 */
record TextFacts(long count, long empty, long min, long max, long total) {

  static final TextFacts NONE = new TextFacts(0, 0, Long.MAX_VALUE, 0, 0);

  /** Returns the lengths of a text that occurs several times. */
  static TextFacts of(long length, long times) {
    return new TextFacts(times, length == 0 ? times : 0, length, length, length * times);
  }

  TextFacts plus(TextFacts other) {
    return new TextFacts(
        count + other.count,
        empty + other.empty,
        Math.min(min, other.min),
        Math.max(max, other.max),
        total + other.total);
  }

  Value.Doc toValue() {
    return Value.doc()
        .put("count", count)
        .put("empty", empty)
        .put("min", min)
        .put("max", max)
        .put("total", total)
        .build();
  }

  static TextFacts fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    return new TextFacts(
        doc.whole("count"),
        doc.whole("empty"),
        doc.whole("min"),
        doc.whole("max"),
        doc.whole("total"));
  }
}
