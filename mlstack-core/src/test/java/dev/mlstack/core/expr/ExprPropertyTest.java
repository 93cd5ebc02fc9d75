package dev.mlstack.core.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.json.Json;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.table.TableCursor;
import dev.mlstack.testkit.Seeds;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExprPropertyTest {

  private final long seed = Seeds.next();
  private final RandomExpr random = new RandomExpr(new Random(seed));

  @Test
  void rowsBlocksAndTheNaiveWay_giveTheSame() {
    MemoryTable table = random.table(1100);
    int repetitions = Seeds.repetitions(400, 20_000);
    for (int i = 0; i < repetitions; i++) {
      Function function = RandomExpr.FUNCTIONS.get(i % RandomExpr.FUNCTIONS.size());
      check(random.of(function, 1 + i % 4), table);
    }
  }

  private void check(Expr expr, MemoryTable table) {
    String[] block = block(expr, table);
    TableCursor row = table.cursor();
    while (row.next()) {
      String what = expr + " in row " + row.index() + ", seed " + seed;
      assertThat(block[row.index()]).as(what).isEqualTo(row(expr, row));
      if (row.index() % 16 == 0) {
        assertThat(block[row.index()]).as(what).isEqualTo(naive(expr, row));
      }
    }
  }

  /** Returns all values with all their bits. */
  private static String[] block(Expr expr, MemoryTable table) {
    int rows = table.rows();
    String[] shown = new String[rows];
    if (expr instanceof NumberExpr number) {
      double[] values = new double[rows + 3];
      number.bind(table.schema()).read(table, 0, rows, values, 3);
      for (int i = 0; i < rows; i++) {
        shown[i] = shown(values[i + 3]);
      }
    } else if (expr instanceof TextExpr text) {
      @Nullable String[] values = new String[rows];
      text.bind(table.schema()).read(table, 0, rows, values, 0);
      for (int i = 0; i < rows; i++) {
        shown[i] = String.valueOf(values[i]);
      }
    } else if (expr instanceof TruthExpr truth) {
      byte[] values = new byte[rows];
      truth.bind(table.schema()).read(table, 0, rows, values, 0);
      for (int i = 0; i < rows; i++) {
        shown[i] = shown(values[i]);
      }
    } else if (expr instanceof TimeExpr time) {
      long[] values = new long[rows];
      boolean[] missing = new boolean[rows];
      time.bind(table.schema()).read(table, 0, rows, values, missing, 0);
      for (int i = 0; i < rows; i++) {
        shown[i] = missing[i] ? "null" : Long.toString(values[i]);
      }
    }
    return shown;
  }

  private static String row(Expr expr, TableCursor row) {
    if (expr instanceof NumberExpr number) {
      return shown(number.bind(row.schema()).of(row));
    } else if (expr instanceof TextExpr text) {
      return String.valueOf(text.bind(row.schema()).of(row));
    } else if (expr instanceof TruthExpr truth) {
      return shown(truth.bind(row.schema()).of(row));
    }
    BoundTime time = ((TimeExpr) expr).bind(row.schema());
    return time.isMissing(row) ? "null" : Long.toString(time.of(row));
  }

  private static String naive(Expr expr, TableCursor row) {
    Object value = new Naive(row).of(expr.node());
    if (value == null) {
      return "null";
    }
    return switch (expr.kind()) {
      case NUMBER -> shown(((Number) value).doubleValue());
      case TEXT -> (String) value;
      case TRUTH -> value.toString();
      case TIME -> Long.toString(Naive.micros(value));
    };
  }

  private static String shown(double number) {
    return Double.isNaN(number) ? "null" : Double.toHexString(number);
  }

  private static String shown(byte truth) {
    return truth == BoundTruth.MISSING ? "null" : Boolean.toString(truth == BoundTruth.TRUE);
  }

  @Test
  void textAndDocument_giveTheSameExpressionBack() {
    int repetitions = Seeds.repetitions(5_000, 500_000);
    for (int i = 0; i < repetitions; i++) {
      Expr expr = random.any(i % 6);
      assertThat(Expr.parse(expr.toString())).as("%s, seed %d", expr, seed).isEqualTo(expr);
      String json = expr.toValue().canonicalJson();
      assertThat(Expr.fromValue(Json.parse(json))).as("%s, seed %d", json, seed).isEqualTo(expr);
    }
  }

  @Test
  void brokenTexts_giveNothingButCleanErrors() {
    Random edits = new Random(seed);
    int repetitions = Seeds.repetitions(5_000, 500_000);
    for (int i = 0; i < repetitions; i++) {
      StringBuilder text = new StringBuilder(random.truth(3).toString());
      for (int edit = 0; edit < 2; edit++) {
        int at = edits.nextInt(text.length());
        if (edits.nextBoolean() && text.length() > 1) {
          text.deleteCharAt(at);
        } else {
          text.insert(at, "()'\"-+*/<=, 1aE.\uD83D".charAt(edits.nextInt(17)));
        }
      }
      try {
        Expr read = Expr.parse(text.toString());
        assertThat(Expr.parse(read.toString())).isEqualTo(read);
      } catch (IllegalArgumentException e) {
        assertThat(e).as("%s, seed %d", text, seed).hasMessageContaining(" position ");
      }
    }
  }
}
