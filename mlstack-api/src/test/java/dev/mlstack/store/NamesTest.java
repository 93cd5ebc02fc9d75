package dev.mlstack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link RefName}, {@link VersionedName}, {@link Edge} and {@link Cause}. */
class NamesTest {

  private static final Digest TARGET = Digest.of("x".getBytes(StandardCharsets.US_ASCII));

  @ParameterizedTest
  @ValueSource(strings = {"a", "models/credit/champion", "0", "a.b-c_d/9.", "con"})
  void aRefName_isSegmentsJoinedBySlashes(String path) {
    assertThat(new RefName(path)).hasToString(path).isEqualTo(new RefName(path));
    String[] segments = path.split("/", -1);
    String[] more = Stream.of(segments).skip(1).toArray(String[]::new);
    assertThat(RefName.of(segments[0], more)).isEqualTo(new RefName(path));
    assertThat(new RefName(path).last()).isEqualTo(segments[segments.length - 1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "a/", "/a", "a//b", "A", "a b", "-a", ".a", "_a", "a/..", "a\\b", "\u00e4", "a\n"
      })
  void aRefName_refusesOtherSegments(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RefName(path));
  }

  @Test
  void aRefName_hasBounds() {
    String longest = "a".repeat(100);
    assertThat(new RefName(longest).last()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RefName(longest + "a"))
        .withMessageContaining("1 to 100");
    String path = String.join("/", List.of(longest, longest, longest, longest, "a".repeat(96)));
    assertThat(new RefName(path).path()).hasSize(500);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RefName(path + "a"))
        .withMessageContaining("at most 500")
        .withMessageContaining("501");
    assertThatIllegalArgumentException().isThrownBy(() -> RefName.of("a/b"));
    assertThatIllegalArgumentException().isThrownBy(() -> new RefName("a").child("b/c"));
  }

  @Test
  void aRefName_isBelowItsPrefixesOnly() {
    RefName name = RefName.of("a", "b", "c");
    assertThat(name.isBelow(new RefName("a"))).isTrue();
    assertThat(name.isBelow(new RefName("a/b"))).isTrue();
    assertThat(name.isBelow(name)).isFalse();
    assertThat(new RefName("ab").isBelow(new RefName("a"))).isFalse();
    assertThat(new RefName("a").isBelow(name)).isFalse();
  }

  @Test
  void refNames_areOrderedByTheirText() {
    assertThat(Stream.of("b", "a/z", "a", "a-b", "a.b").map(RefName::new).sorted())
        .extracting(RefName::path)
        .containsExactly("a", "a-b", "a.b", "a/z", "b");
  }

  @Test
  void aVersionedName_isParsedAndWritten() {
    VersionedName name = VersionedName.parse("one-hot2/17");
    assertThat(name).isEqualTo(new VersionedName("one-hot2", 17)).hasToString("one-hot2/17");
    assertThat(VersionedName.parse("a/999999999").version()).isEqualTo(999_999_999);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a/",
        "/1",
        "a/0",
        "a/01",
        "a/-1",
        "a/1000000000",
        "A/1",
        "1a/1",
        "a_b/1",
        "a/1/1",
        "a/1 "
      })
  void aVersionedName_refusesOtherTexts(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VersionedName.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void aVersionedName_refusesBadParts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VersionedName("a", 0))
        .withMessage("version must be at least 1 but was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VersionedName("a", 1_000_000_000))
        .withMessage("version must be at most 999999999 but was 1000000000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VersionedName("a b", 1))
        .withMessageContaining("'a b'");
  }

  @Test
  void versionedNames_areOrderedByNameAndThenByNumber() {
    assertThat(Stream.of("b/1", "a/10", "a/9", "a-a/1").map(VersionedName::parse).sorted())
        .extracting(VersionedName::toString)
        .containsExactly("a/9", "a/10", "a-a/1", "b/1");
  }

  @Test
  void anEdge_holdsOrNames() {
    assertThat(Edge.holds("pipeline", TARGET)).isEqualTo(new Edge("pipeline", TARGET, true));
    assertThat(Edge.names("input.train", TARGET)).isEqualTo(new Edge("input.train", TARGET, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "A", ".a", "-a", "a b", "a\n", "a/b", "\u00e4"})
  void anEdge_refusesOtherNames(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Edge.holds(name, TARGET))
        .withMessageContaining("'" + name + "'");
  }

  @Test
  void aCause_needsSomebody() {
    assertThat(new Cause("ada", "").why()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cause(" ", "why"))
        .withMessageContaining("blank");
  }
}
