package dev.mlstack.data.transform;

import static dev.mlstack.data.transform.Fitting.fit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.RandomTables;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type of field with every step: it works, or is refused in words. A new type and a new step
 * fail these tests until they are in the matrix.
 */
class CoverageTest {

  /**
   * How the columns of each type can be read: by numeric(...), categorical(...) and tensors(...).
   */
  private static final Map<String, String> MATRIX =
      Map.of(
          "Bool", "numeric categorical",
          "Int", "numeric categorical",
          "Real", "numeric",
          "Text", "categorical",
          "Category", "categorical",
          "Date", "numeric",
          "Timestamp", "numeric",
          "Tensor", "tensors");

  @Test
  void everyTypeIsInTheMatrix() {
    Set<String> types =
        Arrays.stream(FieldType.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());
    assertThat(MATRIX.keySet()).isEqualTo(types);
    assertThat(fields().map(field -> field.type().getClass().getSimpleName()).distinct())
        .containsExactlyInAnyOrderElementsOf(types);
  }

  @Test
  void everyStepIsInThePlans() {
    assertThat(covered(Plans.ofNumbers()))
        .containsExactlyInAnyOrderElementsOf(steps(NumericFeatures.class));
    assertThat(covered(Plans.ofTexts()))
        .containsExactlyInAnyOrderElementsOf(steps(CategoricalColumns.class));
    for (Impute by : Impute.values()) {
      assertThat(Plans.ofNumbers()).containsKey("impute(Impute) " + by);
    }
  }

  /** Returns the methods that add a step. */
  private static Set<String> steps(Class<?> plan) {
    return Arrays.stream(plan.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !method.isSynthetic() && !method.getName().equals("except"))
        .filter(method -> !method.getName().equals("targetMean")) // needs a column to predict
        .map(CoverageTest::signature)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static Set<String> covered(Map<String, Features> plans) {
    return plans.keySet().stream()
        .filter(name -> name.contains("("))
        .map(name -> name.substring(0, name.indexOf(')') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Stream<Field> fields() {
    return RandomTables.everyType().fields().stream().map(field -> field.withName("x"));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void everyStepOnEveryType(Field field) {
    Table table = RandomTables.of(Schema.of(field), 60, 4);
    Map<String, Features> all = new TreeMap<>();
    Plans.ofNumbers().forEach((name, plan) -> all.put("numeric: " + name, plan));
    Plans.ofTexts().forEach((name, plan) -> all.put("categorical: " + name, plan));
    all.put("tensors: as they are", Features.tensors("x"));
    String readings = MATRIX.getOrDefault(field.type().getClass().getSimpleName(), "");
    all.forEach(
        (name, plan) -> {
          if (readings.contains(name.substring(0, name.indexOf(':')))) {
            assertThat(fit(plan, table).layout().width()).as(name).isPositive();
          } else {
            assertThatThrownBy(() -> fit(plan, table))
                .as(name)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column 'x' is " + field.type() + " and cannot be read as")
                .hasMessageContaining("; use Features." + readings.split(" ", -1)[0] + "(\"x\")");
          }
        });
  }

  /** Every type is selected by exactly one of the plans for all columns of a kind. */
  @ParameterizedTest
  @MethodSource("fields")
  void everyTypeIsOfOneGroup(Field field) {
    Table table = RandomTables.of(Schema.of(field), 20, 4);
    long selecting =
        Stream.of(
                Features.numeric(),
                Features.temporal(),
                Features.categorical().oneHot(),
                Features.tensors())
            .filter(plan -> selects(plan, table))
            .count();
    assertThat(selecting).isEqualTo(1);
    assertThat(selects(Features.standard(), table)).isTrue();
  }

  private static boolean selects(Features plan, Table table) {
    try {
      return fit(plan, table).layout().width() > 0;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("the plan selects no column");
      return false;
    }
  }
}
