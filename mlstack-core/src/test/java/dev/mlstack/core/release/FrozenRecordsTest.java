package dev.mlstack.core.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Release;
import dev.mlstack.release.Release.Route;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records as they were written once: every later version must read them, to the same digest. */
class FrozenRecordsTest {

  private static final Instant AT = Instant.parse("2026-02-03T04:05:06.789012Z");
  private static final Digest FITTED = Digest.of(new byte[] {1});
  private static final Digest RUN = Digest.of(new byte[] {2});
  private static final Digest PROFILE = Digest.of(new byte[] {3});
  private static final Digest PREVIOUS = Digest.of(new byte[] {4});
  private static final Cause CAUSE = new Cause("ada", "mehr Trefferquote: \"98 %\" 🎯");

  private static StoredObject frozen(String name) throws IOException {
    try (InputStream in = FrozenRecordsTest.class.getResourceAsStream("/frozen/" + name)) {
      return StoredObject.decode(Objects.requireNonNull(in, name).readAllBytes());
    }
  }

  private static ObjectStore storeOf(StoredObject object) {
    ObjectStore store = new MemoryStore();
    try (Batch batch = store.batch()) {
      batch.put(object);
      batch.commit();
    }
    return store;
  }

  @Test
  void modelVersion_ofVersion1_isReadAndWrittenTheSame() throws IOException {
    StoredObject frozen = frozen("model-version-1.object");

    assertThat(VersionRecord.read(storeOf(frozen), frozen.digest()))
        .isEqualTo(
            new ModelVersion(
                "credit", 12, frozen.digest(), FITTED, RUN, AT, CAUSE.by(), CAUSE.why()));
    assertThat(VersionRecord.of("credit", 12, FITTED, RUN, AT, CAUSE)).isEqualTo(frozen);
    assertThat(frozen.digest().hex())
        .isEqualTo("a555bd2d4ce1167759155a2ef557816fdb2b0cdaf5796f4afae58e982dbcd9ea");
  }

  @Test
  void release_ofVersion1_isReadAndWrittenTheSame() throws IOException {
    StoredObject frozen = frozen("release-1.object");
    List<Route> routes =
        List.of(
            new Route(RUN, FITTED, Optional.of(PROFILE), 0.9),
            new Route(PROFILE, FITTED, Optional.empty(), 0.1));

    assertThat(ReleaseRecord.read(storeOf(frozen), frozen.digest()))
        .isEqualTo(new Release("credit", 3, frozen.digest(), routes, AT, CAUSE.by(), CAUSE.why()));
    assertThat(ReleaseRecord.previous(storeOf(frozen), frozen.digest())).contains(PREVIOUS);
    assertThat(ReleaseRecord.of("credit", 3, routes, Optional.of(PREVIOUS), AT, CAUSE))
        .isEqualTo(frozen);
    assertThat(frozen.digest().hex())
        .isEqualTo("6e2068305ecd95a257e301164c6d453b71536b75cc39416a763c6e4dd8e74992");
  }

  @Test
  void record_withFactsOfAnotherForm_isMalformedByName() throws IOException {
    for (String name : List.of("model-version-1.object", "release-1.object")) {
      byte[] bytes = frozen(name).encoded();
      String text = new String(bytes, StandardCharsets.UTF_8);
      for (String[] change :
          new String[][] {
            {"\"number\":", "\"namber\":"},
            {"2026-02-03T", "yesterday T"},
            {"\"facts\":{", "\"facts\":[{"},
          }) {
        StoredObject broken =
            StoredObject.decode(
                text.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(broken))
            .as("%s with %s", name, change[1])
            .isInstanceOf(MalformedObjectException.class)
            .hasMessageContaining(broken.digest().hex());
      }
    }
  }

  private static Object read(StoredObject object) {
    return object.type().equals(Release.TYPE)
        ? ReleaseRecord.read(storeOf(object), object.digest())
        : VersionRecord.read(storeOf(object), object.digest());
  }
}
