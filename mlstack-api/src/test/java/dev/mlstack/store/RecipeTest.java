package dev.mlstack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecipeTest {

  private static final Digest ONE = Digest.of("one".getBytes(StandardCharsets.US_ASCII));
  private static final Digest TWO = Digest.of("two".getBytes(StandardCharsets.US_ASCII));
  private static final VersionedName CSV = new VersionedName("csv", 1);
  private static final Value.Doc PARAMETERS =
      Value.doc().put("skip", 2).put("delimiter", ";").build();

  private static Recipe sample() {
    return Recipe.of(CSV, PARAMETERS, -7, new TreeMap<>(Map.of("z", TWO, "source", ONE)));
  }

  private static Value.Doc payload(Recipe recipe) {
    Value.Doc.Builder doc =
        Value.doc()
            .put("operation", recipe.operation().toString())
            .put("parameters", recipe.parameters());
    recipe.seed().ifPresent(seed -> doc.put("seed", seed));
    return doc.build();
  }

  /** The bytes and digests were computed with another language's SHA-256. */
  @Test
  void theObject_isFrozen() {
    assertThat(new String(sample().toObject().encoded(), StandardCharsets.UTF_8))
        .isEqualTo(
            "mlstack recipe recipe/1\n"
                + "names input.source"
                + " 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\n"
                + "names input.z"
                + " 3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3\n"
                + "\n"
                + "{\"operation\":\"csv/1\",\"parameters\":{\"delimiter\":\";\",\"skip\":2},\"seed\":-7}");
    assertThat(sample().digest().hex())
        .isEqualTo("bb658ea5c37da9f802b83970c125427f8d7539924d6eaecc9c2c107fb3aeeb27");
    Recipe plain = Recipe.of(CSV, Value.Doc.EMPTY, new TreeMap<>());
    assertThat(plain.digest().hex())
        .isEqualTo("8ebe9c38a315fb06c5117f5818682f4137c13dfa0358758a119dd800c7236048");
  }

  @Test
  void from_isTheInverseOfToObject() {
    assertThat(Recipe.from(sample().toObject(), payload(sample()))).isEqualTo(sample());
    Recipe plain = Recipe.of(CSV, PARAMETERS, new TreeMap<>());
    assertThat(Recipe.from(plain.toObject(), payload(plain))).isEqualTo(plain);
    assertThat(plain.seed()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void writeTo_putsOneObjectAndReturnsItsDigest() {
    List<StoredObject> put = new ArrayList<>();
    Digest digest =
        sample()
            .writeTo(
                object -> {
                  put.add(object);
                  return object.digest();
                });
    assertThat(put).containsExactly(sample().toObject());
    assertThat(digest).isEqualTo(sample().digest());
  }

  @Test
  void inputs_areCopied() {
    SortedMap<String, Digest> inputs = new TreeMap<>(Map.of("source", ONE));
    Recipe recipe = Recipe.of(CSV, PARAMETERS, inputs);
    inputs.put("more", TWO);
    assertThat(recipe.inputs()).hasSize(1).isUnmodifiable();
  }

  @Test
  void from_refusesOtherObjects() {
    StoredObject otherType = StoredObject.of(ObjectKind.RECIPE, CSV, List.of(), payload(sample()));
    StoredObject otherEdges =
        StoredObject.of(
            ObjectKind.RECIPE, Recipe.TYPE, List.of(Edge.names("in", ONE)), payload(sample()));
    Value.Doc otherPayload = Value.doc().put("operation", "csv").build();
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Recipe.from(otherType, payload(sample())))
        .withMessageContaining("recipe/1");
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Recipe.from(otherEdges, payload(sample())))
        .withMessageContaining("'in'");
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Recipe.from(sample().toObject(), otherPayload))
        .withMessageContaining(sample().digest().hex());
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Recipe.from(sample().toObject(), Value.Doc.EMPTY))
        .withMessageContaining("operation");
  }
}
