package dev.mlstack.core.profile;

import dev.mlstack.core.math.Hashes;
import dev.mlstack.store.Value;

/**
 * What a column of numbers has beside its bins, which alone would not say it once they are wider
 * than a value.
 *
 * @param min the key of the least number
 * @param max the key of the greatest number
 * @param zeros how many numbers are 0
 * @param wholes how many numbers are finite and have no fraction
 * @param belowAll how many numbers are negative infinity
 * @param aboveAll how many numbers are positive infinity
 * @param sums the sums of the finite numbers
 * @param registers estimate how many different numbers there are
 */
record NumberFacts(
    long min,
    long max,
    long zeros,
    long wholes,
    long belowAll,
    long aboveAll,
    PowerSums sums,
    Registers registers) {

  /** Returns the facts of a column each of whose bins is a value. */
  static NumberFacts of(BinCounts exact, Keys keys) {
    Registers registers = new Registers();
    long zeros = 0;
    long wholes = 0;
    long below = 0;
    long above = 0;
    for (int i = 0; i < exact.size(); i++) {
      double number = keys.number(exact.prefix(i));
      long count = exact.count(i);
      registers.add(Hashes.of(exact.prefix(i)));
      zeros += number == 0 ? count : 0;
      below += number == Double.NEGATIVE_INFINITY ? count : 0;
      above += number == Double.POSITIVE_INFINITY ? count : 0;
      wholes += number == Math.rint(number) && Double.isFinite(number) ? count : 0;
    }
    int last = exact.size() - 1;
    return new NumberFacts(
        last < 0 ? Long.MAX_VALUE : exact.prefix(0),
        last < 0 ? Long.MIN_VALUE : exact.prefix(last),
        zeros,
        wholes,
        below,
        above,
        PowerSums.of(exact, keys),
        registers);
  }

  NumberFacts plus(NumberFacts other) {
    Registers both = registers.copy();
    both.add(other.registers);
    return new NumberFacts(
        Math.min(min, other.min),
        Math.max(max, other.max),
        zeros + other.zeros,
        wholes + other.wholes,
        belowAll + other.belowAll,
        aboveAll + other.aboveAll,
        sums.plus(other.sums),
        both);
  }

  void putTo(Value.Doc.Builder doc, Keys keys) {
    doc.put("min", keys.toValue(min))
        .put("max", keys.toValue(max))
        .put("zeros", zeros)
        .put("registers", registers.toText());
    sums.putTo(doc);
    if (keys == Keys.REAL) {
      doc.put("wholes", wholes)
          .put("negative-infinities", belowAll)
          .put("positive-infinities", aboveAll);
    }
  }

  static NumberFacts fromDoc(Value.Doc doc, Keys keys, long count) {
    boolean real = keys == Keys.REAL;
    return new NumberFacts(
        keys.fromValue(doc.get("min")),
        keys.fromValue(doc.get("max")),
        doc.whole("zeros"),
        real ? doc.whole("wholes") : count,
        real ? doc.whole("negative-infinities") : 0,
        real ? doc.whole("positive-infinities") : 0,
        PowerSums.fromDoc(doc, keys),
        Registers.fromText(doc.text("registers")));
  }
}
