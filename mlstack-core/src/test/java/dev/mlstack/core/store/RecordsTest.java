package dev.mlstack.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordsTest {

  private static final VersionedName RUN = new VersionedName("run", 1);
  private static final Recipe RECIPE =
      Recipe.of(
          new VersionedName("csv", 1), Value.doc().put("ratio", 0.1).build(), 7, new TreeMap<>());
  private static final Provenance RECORD =
      new Provenance(
          RUN,
          List.of(),
          Instant.parse("2026-01-31T12:00:00.000001Z"),
          "ada",
          Value.doc().put("auc", 0.5).build());

  private final MemoryStore store = new MemoryStore();

  @Test
  void recordsAndRecipes_areReadBack() {
    Samples.store(store, RECIPE.toObject(), RECORD.toObject());
    assertThat(Records.recipe(store, RECIPE.digest())).isEqualTo(RECIPE);
    assertThat(Records.read(store, RECORD.toObject().digest(), RUN)).isEqualTo(RECORD);
    assertThat(Records.read(RECORD.toObject())).isEqualTo(RECORD);
  }

  @Test
  void anotherType_isRefused() {
    Samples.store(store, RECIPE.toObject(), RECORD.toObject());
    VersionedName commit = new VersionedName("commit", 1);
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Records.read(store, RECORD.toObject().digest(), commit))
        .withMessageContaining("a commit/1 was expected");
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Records.recipe(store, RECORD.toObject().digest()));
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Records.read(RECIPE.toObject()));
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> Records.recipe(store, Samples.digest("nowhere")));
  }

  @Test
  void aPayloadThatIsNoRecord_isRefusedAndNamed() {
    for (String payload : List.of("", "[]", "{}", "{\"at\":\"now\",\"by\":\"a\",\"facts\":{}}")) {
      StoredObject object =
          StoredObject.of(
              ObjectKind.RECORD, RUN, List.of(), payload.getBytes(StandardCharsets.UTF_8));
      assertThatExceptionOfType(MalformedObjectException.class)
          .as(payload)
          .isThrownBy(() -> Records.read(object))
          .withMessageContaining(object.digest().hex());
    }
  }
}
