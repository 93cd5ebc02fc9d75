package dev.mlstack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.store.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLimitsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", " a", "val/loss", "größe", "日本", "😀", "'; DROP TABLE", "\u00a0x"})
  void requireName_anyText_isReturned(String name) {
    assertThat(RunLimits.requireName("name", name)).isEqualTo(name);
  }

  @Test
  void requireName_longest_isReturned() {
    String longest = "😀".repeat(RunLimits.MAX_NAME_LENGTH / 2);
    assertThat(RunLimits.requireName("name", longest)).isEqualTo(longest);
    assertThatThrownBy(() -> RunLimits.requireName("name of a metric", longest + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name of a metric must have at most 250 characters but had 251");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
  void requireName_blank_isRefused(String name) {
    assertThatThrownBy(() -> RunLimits.requireName("by", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("by must not be blank but was '" + name + "'");
  }

  @Test
  void requireName_controlCharacter_isRefusedWithItsPlace() {
    assertThatThrownBy(() -> RunLimits.requireName("by", "ab\ncd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("by must not have control characters but has 10 at index 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "ab\ud83d", "\ude00ab", "\ud83d\ud83d\ude00", "\ud83dx"})
  void halfASurrogatePair_isRefused(String text) {
    assertThatThrownBy(() -> RunLimits.requireName("by", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half a surrogate pair at index");
    assertThatThrownBy(() -> RunLimits.requireText("tag 'x'", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tag 'x'")
        .hasMessageContaining("half a surrogate pair at index");
  }

  @Test
  void requireText_upToTheLimit_isReturned() {
    String longest = "\u0000".repeat(RunLimits.MAX_VALUE_LENGTH);
    assertThat(RunLimits.requireText("tag", longest)).isSameAs(longest);
    assertThat(RunLimits.requireText("tag", "")).isEmpty();
    assertThatThrownBy(() -> RunLimits.requireText("tag 'x'", longest + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tag 'x' must have at most 65536 characters but had 65537");
  }

  @Test
  void requireParam_isMeasuredAsJson() {
    String longest = "x".repeat(RunLimits.MAX_VALUE_LENGTH - 2);
    assertThat(RunLimits.requireParam("p", Value.of(longest))).isEqualTo("\"" + longest + "\"");
    assertThatThrownBy(() -> RunLimits.requireParam("p", Value.of(longest + "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'p'")
        .hasMessageContaining("65537");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "train.2026", "a-b_c", "recipe"})
  void requireRole_segment_isReturned(String role) {
    assertThat(RunLimits.requireRole(role)).isEqualTo(role);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "-a", "A", "a b", "a/b", "ä", "a\n"})
  void requireRole_anythingElse_isRefused(String role) {
    assertThatThrownBy(() -> RunLimits.requireRole(role))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + role + "'");
    assertThatThrownBy(() -> RunLimits.requireRole("x".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
