package dev.mlstack.samples;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.read.Csv;
import dev.mlstack.model.Label;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableCursor;
import dev.mlstack.table.TableReader;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The column of an unknown file that is to be predicted, as one look at all of it shows it.
 *
 * <p>It is a class if it holds texts, truth values, or at most {@value #MOST_NUMBERED_CLASSES}
 * different whole numbers, also if these are written as 1.0; else it is a number.
 */
final class TargetColumn {

  /** How many different whole numbers are still taken for classes. */
  static final int MOST_NUMBERED_CLASSES = 20;

  /** How many different texts are still taken for classes. */
  static final int MOST_CLASSES = 1000;

  /** From which size on not every whole number is a double. */
  private static final double LEAST_INEXACT = 0x1p53;

  private final Field field;
  private final SortedSet<String> texts = new TreeSet<>();
  private long rows;
  private long unusable;

  private TargetColumn(Field field) {
    this.field = field;
  }

  /**
   * Reads the column.
   *
   * @param field it, with the type that was inferred
   * @throws IllegalArgumentException if it holds times
   */
  static TargetColumn read(Csv csv, Field field) throws IOException {
    FieldType type = field.type();
    if (type instanceof FieldType.Date || type instanceof FieldType.Timestamp) {
      throw new IllegalArgumentException(
          "column '" + field.name() + "' holds times; a class or a number can be predicted");
    }
    TargetColumn column = new TargetColumn(field);
    Csv asTexts = csv.type(field.name(), FieldType.TEXT);
    try (TableReader reader = asTexts.open(row -> column.unusable++, Execution.here())) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        column.look(table.cursor(), table.schema().indexOf(field.name()));
      }
    }
    return column;
  }

  private void look(TableCursor cursor, int column) {
    while (cursor.next()) {
      if (cursor.isNull(column)) {
        unusable++;
      } else {
        rows++;
        if (texts.size() <= MOST_CLASSES) {
          texts.add(Objects.requireNonNull(cursor.text(column)));
        }
      }
    }
  }

  /** Returns how many rows cannot be read, or have nothing in this column. */
  long unusable() {
    return unusable;
  }

  /**
   * Returns what is to be predicted.
   *
   * @throws IllegalArgumentException if that cannot be said
   */
  Label<?> label() {
    if (texts.size() < 2) {
      throw refused(texts.isEmpty() ? "none" : "no others than " + texts);
    } else if (field.type() instanceof FieldType.Bool) {
      return Label.flag(field.name());
    } else if (field.type() instanceof FieldType.Text) {
      requireClasses();
      return Label.classes(field.name(), List.copyOf(classes()));
    }
    return areNumberedClasses()
        ? Label.classes(field.name(), bySize(classes()))
        : Label.number(field.name());
  }

  private IllegalArgumentException refused(String values) {
    return new IllegalArgumentException(
        "column '"
            + field.name()
            + "' must have from 2 to "
            + MOST_CLASSES
            + " different values to be predicted but has "
            + values);
  }

  /** Refuses texts of which most are there only once: nothing could be learnt about them. */
  private void requireClasses() {
    if (texts.size() > MOST_CLASSES || 2L * texts.size() > rows) {
      String example =
          texts.stream().filter(text -> !isNumber(text)).findFirst().orElse(texts.first());
      throw refused(
          (texts.size() > MOST_CLASSES ? "more" : texts.size() + " in " + rows + " rows")
              + ", among them '"
              + example
              + "', which is not read as a number");
    }
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(number(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * Returns the texts without blanks around them, unless some would then differ in so little that a
   * category could not tell them apart.
   */
  private SortedSet<String> classes() {
    SortedSet<String> stripped = new TreeSet<>();
    Set<String> loose = new HashSet<>();
    for (String text : texts) {
      stripped.add(text.strip());
      loose.add(text.replaceAll("[ \\t_-]", "").toLowerCase(Locale.ROOT));
    }
    return loose.size() == stripped.size() ? stripped : texts;
  }

  private boolean areNumberedClasses() {
    return texts.size() <= MOST_NUMBERED_CLASSES
        && texts.stream().allMatch(TargetColumn::isWhole)
        && texts.stream().map(TargetColumn::number).distinct().count() == texts.size();
  }

  private static boolean isWhole(String text) {
    return isNumber(text)
        && number(text) == Math.rint(number(text))
        && Math.abs(number(text)) < LEAST_INEXACT;
  }

  private static List<String> bySize(Collection<String> wholes) {
    return wholes.stream().sorted(Comparator.comparing(TargetColumn::number)).toList();
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(',', '.'));
  }
}
