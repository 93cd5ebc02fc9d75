package dev.mlstack.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.model.Model;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {

  private static final LinearModel LINEAR =
      LinearModel.of(ExampleData.signature(1, ExampleData.NUMBER), new double[] {2, 3});
  private static final PriorModel PRIOR =
      PriorModel.of(ExampleData.signature(1, ExampleData.TWO), new double[] {0.5, 0.5});

  private final MemoryStore store = new MemoryStore();

  private Digest put(StoredObject object) {
    try (Batch batch = store.batch()) {
      batch.put(object);
      batch.commit();
    }
    return object.digest();
  }

  @Test
  void load_findsTheFormatByTheType() {
    try (Batch batch = store.batch()) {
      LINEAR.writeTo(batch);
      PRIOR.writeTo(batch);
      batch.commit();
    }
    for (Model model : List.of(LINEAR, PRIOR)) {
      try (Model loaded = Models.load(store, model.digest())) {
        assertThat(loaded).isEqualTo(model);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "torch-network/1, add the dependency dev.mlstack:mlstack-train",
    "torch-network/2, add the dependency dev.mlstack:mlstack-train",
    "linear/2, add the dependency that provides it",
    "forest/1, add the dependency that provides it"
  })
  void load_ofATypeWithoutFormat_saysWhatToAdd(String type, String advice) {
    Digest digest =
        put(StoredObject.of(ObjectKind.CONTENT, VersionedName.parse(type), List.of(), new byte[0]));
    assertThatIllegalStateException()
        .isThrownBy(() -> Models.load(store, digest))
        .withMessageContaining("is of type " + type)
        .withMessageContaining("linear/1")
        .withMessageEndingWith(advice);
  }

  @Test
  void load_ofWhatIsNotThere_saysSo() {
    Digest digest = Digest.of(new byte[] {1});
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> Models.load(store, digest))
        .withMessageContaining(digest.hex());
  }

  @Test
  void load_ofAnObjectThatIsNotInCanonicalForm_isRefused() {
    StoredObject canonical =
        StoredObject.of(ObjectKind.CONTENT, PriorModel.TYPE, List.of(), payload(" "));
    Digest digest = put(canonical);
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Models.load(store, digest))
        .withMessageContaining("not in canonical form")
        .withMessageContaining(PRIOR.digest().hex());
    assertThat(put(StoredObject.of(ObjectKind.CONTENT, PriorModel.TYPE, List.of(), payload(""))))
        .isEqualTo(PRIOR.digest());
  }

  private static byte[] payload(String space) {
    StringBuilder json = new StringBuilder();
    PRIOR.writeTo(
        object -> {
          json.append(object.payloadText());
          return object.digest();
        });
    return (json + space).getBytes(StandardCharsets.UTF_8);
  }
}
