package dev.mlstack.core.profile;

import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What people call the bins of a column of numbers: {@code < 1.5}, {@code [1.5, 2.0)}, {@code >=
 * 2.0}, or {@code 1.5} where a bin has this value only.
 */
final class BinLabels {

  private static final String ALL = "any";

  private final FieldType type;
  private final double min;
  private final List<Double> borders;

  BinLabels(FieldType type, double min, List<Double> borders) {
    this.type = type;
    this.min = min;
    this.borders = borders;
  }

  /** Returns what each bin is called, from the first to the last. */
  List<String> all() {
    if (borders.isEmpty()) {
      return List.of(ALL);
    } else if (type instanceof FieldType.Bool) {
      return List.of("false", "true");
    }
    List<String> labels = new ArrayList<>();
    labels.add(isJustAbove(0) ? "<= " + text(min) : "< " + text(borders.get(0)));
    for (int i = 1; i < borders.size(); i++) {
      labels.add(between(i - 1, i));
    }
    int last = borders.size() - 1;
    labels.add(isJustAbove(last) ? "> " + text(before(last)) : ">= " + text(borders.get(last)));
    return labels;
  }

  private String between(int from, int to) {
    double low = borders.get(from);
    if (Bins.next(type, low) == borders.get(to)) {
      return text(low);
    }
    String start = isJustAbove(from) ? "(" + text(before(from)) : "[" + text(low);
    return start + ", " + text(borders.get(to)) + ")";
  }

  /** Returns the border before another, or the least value. */
  private double before(int border) {
    return border == 0 ? min : borders.get(border - 1);
  }

  /**
   * Tells whether a border is there to end the bin of a single value. Of whole numbers, the border
   * itself is as good to read.
   */
  private boolean isJustAbove(int border) {
    return type instanceof FieldType.Real && borders.get(border) == Bins.next(type, before(border));
  }

  private String text(double value) {
    return text(type, value);
  }

  /** Returns what people call a number of some type. */
  static String text(FieldType type, double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (type instanceof FieldType.Int) {
      return Long.toString((long) value);
    } else if (type instanceof FieldType.Date) {
      return LocalDate.ofEpochDay((long) value).toString();
    } else if (type instanceof FieldType.Timestamp timestamp) {
      Instant instant = Instant.EPOCH.plus((long) value, ChronoUnit.MICROS);
      return timestamp.utc()
          ? instant.toString()
          : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }
    boolean narrow = type instanceof FieldType.Real real && real.bits() == 32;
    return Value.of(narrow ? Double.parseDouble(Float.toString((float) value)) : value)
        .canonicalJson();
  }
}
