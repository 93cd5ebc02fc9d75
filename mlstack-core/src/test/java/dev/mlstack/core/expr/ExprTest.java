package dev.mlstack.core.expr;

import static dev.mlstack.core.expr.Expr.number;
import static dev.mlstack.core.expr.Expr.text;
import static dev.mlstack.core.expr.Expr.time;
import static dev.mlstack.core.expr.Expr.truth;
import static dev.mlstack.core.expr.Expr.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.json.Json;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExprTest {

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("income", FieldType.FLOAT64),
          Field.of("loan", FieldType.FLOAT64),
          Field.of("id", FieldType.INT64),
          Field.of("country", FieldType.category(List.of("DE", "AT", "FR"))),
          Field.of("city", FieldType.TEXT),
          Field.of("ok", FieldType.BOOL),
          Field.of("start", FieldType.INSTANT),
          Field.of("end", FieldType.LOCAL_DATE_TIME));

  private static Row row(@Nullable Object... values) {
    return ValuesRow.of(SCHEMA, values);
  }

  private static final Row FULL =
      row(
          1000.0,
          250.0,
          (1L << 53) + 1,
          "AT",
          " Graz ",
          true,
          Instant.parse("2024-02-29T23:59:58Z"),
          java.time.LocalDateTime.parse("2024-03-01T00:00:00.5"));

  private static double value(String expression) {
    return ((NumberExpr) Expr.parse(expression)).bind(SCHEMA).of(FULL);
  }

  private static byte truthOf(String expression) {
    return Expr.parseTruth(expression).bind(SCHEMA).of(FULL);
  }

  @Test
  void typedCodeAndText_sayTheSame() {
    assertThat(
            number("loan")
                .dividedBy(number("income"))
                .greaterThan(0.3)
                .and(text("country").oneOf("DE", "AT")))
        .isEqualTo(Expr.parse("loan / income > 0.3 and country in ('DE', 'AT')"))
        .hasToString("loan / income > 0.3 and country in ('DE', 'AT')");
    assertThat(when(truth("ok")).then(1).otherwise(number("loan").negate()))
        .isEqualTo(Expr.parse("if(ok, 1, -loan)"));
    assertThat(time("end").minus(time("start"))).hasToString("seconds_between(start, end)");
    assertThat(text("city").trim().lower().startsWith("g").not())
        .hasToString("not starts_with(lower(trim(city)), 'g')");
    assertThat(Expr.parse("not (a = 1 or b is not missing) and c not in (1, -2)"))
        .hasToString("not (a = 1 or not b is missing) and not c in (1, -2)");
    assertThat(text("a").equalTo(text("b"))).hasToString("text(a) = text(b)");
    assertThat(number("a").minus(number("b").minus(1)).times(2)).hasToString("(a - (b - 1)) * 2");
  }

  @Test
  void values_areThoseExpected() {
    assertThat(value("income / loan + 1 - 2 * 3 % 4")).isEqualTo(3);
    assertThat(value("log1p(exp(1) - 1)")).isCloseTo(1, within(1e-15));
    assertThat(value("pow(2, -3)")).isEqualTo(0.125);
    assertThat(value("pow(2, 0.1)")).isCloseTo(StrictMath.pow(2, 0.1), within(1e-15));
    assertThat(value("pow(-2, 1025)")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(value("pow(-2, 0.3)")).isNaN();
    assertThat(value("round(2.5) + round(-2.5) * 10 + round(0.49999999999999994)")).isEqualTo(-27);
    assertThat(value("clip(income, 0, 10)")).isEqualTo(10);
    assertThat(value("length(trim(city))")).isEqualTo(4);
    assertThat(value("year(start) * 10000 + month(start) * 100 + day(start)")).isEqualTo(20240229);
    assertThat(value("day_of_week(start) * 1000 + day_of_year(start)")).isEqualTo(4060);
    assertThat(value("hour(start) * 10000 + minute(start) * 100 + second(start)"))
        .isEqualTo(235958);
    assertThat(value("seconds_between(start, end)")).isEqualTo(2.5);
    assertThat(truthOf("start < time '2024-03-01T00:00:00Z' and ok")).isEqualTo(BoundTruth.TRUE);
    assertThat(Expr.parse("substring(replace(city, 'a', 'ö'), 1, 2)"))
        .isInstanceOfSatisfying(
            TextExpr.class, expr -> assertThat(expr.bind(SCHEMA).of(FULL)).isEqualTo("Gr"));
  }

  @Test
  void wholeNumbers_areComparedWithAllBits() {
    assertThat(truthOf("id > 9007199254740992")).isEqualTo(BoundTruth.TRUE);
    assertThat(truthOf("id = 9007199254740993")).isEqualTo(BoundTruth.TRUE);
    assertThat(truthOf("id in (1, 9007199254740992)")).isEqualTo(BoundTruth.FALSE);
    assertThat(number("id").equalTo((1L << 53) + 1).bind(SCHEMA).of(FULL))
        .isEqualTo(BoundTruth.TRUE);
  }

  @Test
  void truthTables_areThoseOfSql() {
    String[] values = {"false", "income > 0 / 0", "true"};
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        assertThat(truthOf("(" + values[a] + ") and (" + values[b] + ")"))
            .isEqualTo((byte) (Math.min(a, b) - 1));
        assertThat(truthOf("(" + values[a] + ") or (" + values[b] + ")"))
            .isEqualTo((byte) (Math.max(a, b) - 1));
      }
      assertThat(truthOf("not (" + values[a] + ")")).isEqualTo((byte) (1 - a));
    }
    assertThat(value("if(income > 0 / 0, 1, 2)")).isEqualTo(2);
    assertThat(truthOf("income / 0 > 1e300")).isEqualTo(BoundTruth.TRUE);
    assertThat(truthOf("0 / 0 is missing")).isEqualTo(BoundTruth.TRUE);
  }

  @Test
  void bind_namesColumnAndType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> number("city").plus(1).bind(SCHEMA))
        .withMessage("the expression needs a number in column 'city', but that is of type text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> time("when").hour().bind(SCHEMA))
        .withMessageStartingWith("the expression needs a time in column 'when', but there is no");
    assertThat(number("loan").plus(number("id")).columns()).containsExactly("id", "loan");
  }

  @Test
  void parse_saysWhereItGoesWrong() {
    assertWrong("income /", "but the end stands at position 9");
    assertWrong("income + 1 > 'x'", "''x'' is a text where a number is needed at position 14");
    assertWrong("lower(3)", "'3' is a number where a text is needed at position 7");
    assertWrong("foo(3)", "there is no function 'foo' at position 1");
    assertWrong("a ~ b", "'~' has no meaning at position 3");
    assertWrong("a = 'x", "a quote that never ends begins at position 5");
    assertWrong("a b", "the end or an operator was expected but 'b' stands at position 3");
    assertWrong("round(1, 2)", "round takes 1 argument but has 2 at position 1");
    assertWrong("matches(a, '(')", "is not a regular expression: Unclosed group at position 1");
    assertWrong("matches(a, text(b))", "takes a text that is constant as argument 2");
    assertWrong("12x3", "'12x3' is no number at position 1");
    assertWrong("1e999", "'1e999' is no number at position 1");
    assertWrong("substring(a, -1, 2)", "substring takes whole numbers from 0 but has -1");
    assertWrong("(".repeat(5000), "too deep in each other at position");
    assertWrong("-".repeat(5000) + "a", "more than 200 operations in each other");
    assertWrong("a" + "+a".repeat(5000), "more than 200 operations in each other");
    assertWrong(" ".repeat(200_000), "at most 100000 letters");
  }

  private static void assertWrong(String expression, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expr.parse(expression))
        .withMessageContaining(message);
  }

  @Test
  void hostileDocuments_areRefused() {
    for (String json :
        List.of(
            "{}",
            "3",
            "[]",
            "{'call':'add'}",
            "{'call':'add','args':[]}",
            "{'call':'no','args':[]}",
            "{'call':'add','args':[{'number':1},{'text':'x'}]}",
            "{'column':'a'}",
            "{'column':' ','kind':'number'}",
            "{'column':'a','kind':'thing'}",
            "{'number':'NaN'}",
            "{'number':'Infinity'}",
            "{'number':1,'text':'x'}",
            "{'time':'yesterday'}",
            "{'time':'+1000000000-12-31T23:59:59Z'}",
            "{'call':'in','args':[{'number':1}]}",
            "{'call':'replace','args':[{'text':''},{'text':''},{'text':''}]}",
            "{'call':'is_missing','args':[".repeat(300) + "{'number':1}" + "]}".repeat(300))) {
      Value value = Json.parse(json.replace('\'', '"'));
      assertThatIllegalArgumentException().as(json).isThrownBy(() -> Expr.fromValue(value));
    }
    Value one = Value.doc().put("number", 1).build();
    Value many =
        Value.doc()
            .put("call", "in")
            .put("args", Value.of(java.util.Collections.nCopies(20_000, one)))
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expr.fromValue(many))
        .withMessageContaining("more than 10000 parts");
  }

  @Test
  void documents_mayHoldText() {
    assertThat(Expr.fromValue(Value.of("a > 1"))).isEqualTo(number("a").greaterThan(1L));
  }

  @Test
  void frozenDocument_isRead() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ExprTest.class.getResourceAsStream("expr-1.json"))) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      Expr expr = Expr.fromValue(Json.parse(json));
      assertThat(expr)
          .hasToString(
              "if(loan / income > 0.3 and city in ('a', 'b'), log1p(abs(loan)),"
                  + " seconds_between(start, time '2024-01-31T00:00:00Z')) is missing or ok");
      assertThat(expr.toValue().canonicalJson()).isEqualTo(json);
    }
  }

  @Test
  void catastrophicPattern_isStopped() {
    TextPattern pattern = new TextPattern("(.*a){20}b");
    assertThatThrownBy(() -> pattern.matches("a".repeat(40)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'(.*a){20}b' takes too long on a text of 40 letters");
    assertThatThrownBy(() -> new TextPattern("(a|b|cc)*").matches("a".repeat(1_000_000)))
        .isInstanceOf(DataException.class);
    assertThat(new TextPattern("[0-9]{5}(-[0-9]{4})?").matches("12345-6789")).isTrue();
    assertThat(new TextPattern(".*x.*y.*").matches("-".repeat(100_000))).isFalse();
  }
}
