package dev.mlstack.core.feature;

import dev.mlstack.core.expr.BoundNumber;
import dev.mlstack.core.expr.BoundText;
import dev.mlstack.core.expr.NumberExpr;
import dev.mlstack.core.expr.TextExpr;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Row;
import org.jspecify.annotations.Nullable;

/** Takes from a row what a chain reads. */
final class RowValues {

  private RowValues() {}

  /** A number of a row. */
  interface NumberOf {
    double of(Row row);
  }

  /** A text of a row. */
  interface TextOf {
    @Nullable String of(Row row);
  }

  /** Returns the number that a chain reads. */
  static NumberOf number(Chain chain, Schema rows) {
    if (chain.input() instanceof ChainInput.Formula formula) {
      BoundNumber bound = ((NumberExpr) formula.expression()).bind(rows);
      return bound::of;
    }
    int field = rows.indexOf(chain.name());
    return row -> row.number(field);
  }

  /** Returns the text that a chain reads. */
  static TextOf text(Chain chain, Schema rows) {
    if (chain.input() instanceof ChainInput.Formula formula) {
      BoundText bound = ((TextExpr) formula.expression()).bind(rows);
      return bound::of;
    }
    Lookup lookup = Texts.lookup(chain);
    int[] columns = chain.input().columns().stream().mapToInt(rows::indexOf).toArray();
    if (columns.length == 1) {
      return text(Texts.of(lookup), rows.field(columns[0]).type(), columns[0]);
    }
    Texts all = Texts.of((Lookup) null);
    TextOf[] parts = new TextOf[columns.length];
    for (int i = 0; i < parts.length; i++) {
      int part = i;
      Texts texts =
          lookup == null
              ? all
              : Texts.of(
                  () ->
                      lookup.known().stream()
                          .map(Crosses::split)
                          .filter(split -> split.size() == columns.length)
                          .map(split -> split.get(part))
                          .distinct()
                          .sorted()
                          .toList());
      parts[i] = text(texts, rows.field(columns[i]).type(), columns[i]);
    }
    return lookup == null ? joined(parts) : known(new Crosses(lookup, parts.length), parts);
  }

  private static TextOf text(Texts texts, FieldType type, int field) {
    if (type instanceof FieldType.Bool) {
      return row -> row.isNull(field) ? null : Texts.ofFlag(row.integer(field));
    } else if (type instanceof FieldType.Int) {
      return row -> row.isNull(field) ? null : texts.of(row.integer(field));
    }
    return row -> row.text(field);
  }

  private static TextOf joined(TextOf[] parts) {
    return row -> {
      @Nullable String[] texts = new String[parts.length];
      for (int i = 0; i < parts.length; i++) {
        texts[i] = parts[i].of(row);
      }
      return Crosses.join(texts);
    };
  }

  private static TextOf known(Crosses crosses, TextOf[] parts) {
    return row -> {
      int hash = 0;
      for (TextOf part : parts) {
        String text = part.of(row);
        if (text == null) {
          return null;
        }
        hash = Crosses.hash(hash, text);
      }
      int place = crosses.place(hash);
      while (true) {
        String[] known = crosses.parts(place);
        if (known == null) {
          return crosses.stranger();
        } else if (equal(known, parts, row)) {
          return crosses.cross(place);
        }
        place = crosses.next(place);
      }
    };
  }

  private static boolean equal(String[] known, TextOf[] parts, Row row) {
    for (int i = 0; i < known.length; i++) {
      if (!known[i].equals(parts[i].of(row))) {
        return false;
      }
    }
    return true;
  }
}
