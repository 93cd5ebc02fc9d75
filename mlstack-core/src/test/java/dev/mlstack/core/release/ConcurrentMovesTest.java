package dev.mlstack.core.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.model.FittedModel;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Release;
import dev.mlstack.run.RunInfo;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens when somebody else is just a little faster, and when objects are gone. */
class ConcurrentMovesTest {

  private static final Cause ADA = new Cause("ada", "");
  private static final Cause BOB = new Cause("bob", "");
  private static final RefName LIVE = RefName.of("releases", "credit", "live");

  private final ObjectStore store = new MemoryStore();
  private final Refs refs = new MemoryRefs();
  private final RefReleases others = new RefReleases(store, refs);

  private ModelVersion version(String model) {
    try (Batch batch = store.batch()) {
      Digest fitted =
          batch.put(
              StoredObject.of(
                  ObjectKind.CONTENT,
                  FittedModel.TYPE,
                  List.of(),
                  Value.doc().put("model", model).put("outputs", "risk").build()));
      Digest run =
          batch.put(
              new Provenance(
                      RunInfo.TYPE,
                      List.of(Edge.holds("output.model", fitted)),
                      Instant.now(),
                      "ada",
                      Value.Doc.EMPTY)
                  .toObject());
      batch.commit();
      return new RefRegistry(store, refs).register("credit", fitted, run, ADA);
    }
  }

  @Test
  void register_numberTakenMeanwhile_takesTheNext() {
    ModelVersion first = version("a");
    RefName second = RefName.of("models", "credit", "versions", "2");
    Refs raced = new InterferingRefs(refs, second, () -> version("b"));

    ModelVersion third =
        new RefRegistry(store, raced).register("credit", first.fittedModel(), first.run(), ADA);

    assertThat(third.number()).isEqualTo(3);
    assertThat(new RefRegistry(store, refs).versions("credit")).hasSize(3).last().isEqualTo(third);
  }

  @Test
  void alias_movedMeanwhile_isSetAllTheSame() {
    ModelVersion first = version("a");
    ModelVersion second = version("b");
    RefRegistry registry = new RefRegistry(store, refs);
    registry.alias("champion", first, ADA);
    Refs raced =
        new InterferingRefs(
            refs,
            RefName.of("models", "credit", "aliases", "champion"),
            () -> registry.alias("champion", second, BOB));

    new RefRegistry(store, raced).alias("champion", version("c"), ADA);

    assertThat(registry.aliases("credit")).isEqualTo(Map.of("champion", 3));
  }

  @Test
  void deploy_otherDeploymentMeanwhile_namesTheReleaseItReplaced() {
    Release a = others.deploy("credit", version("a"), ADA);
    ModelVersion mine = version("mine");
    ModelVersion theirs = version("theirs");
    Refs raced = new InterferingRefs(refs, LIVE, () -> others.deploy("credit", theirs, BOB));

    Release release = new RefReleases(store, raced).deploy("credit", mine, ADA);

    assertThat(release.number()).isEqualTo(2);
    assertThat(refs.find(RefName.of("releases", "credit", "numbers", "2")).orElseThrow().target())
        .isEqualTo(release.digest());
    Release between = others.rollback("credit", ADA);
    assertThat(between.number()).isEqualTo(3);
    assertThat(between.by()).isEqualTo("bob");
    assertThat(others.rollback("credit", ADA)).isEqualTo(a);
    assertThat(others.history("credit")).containsExactly(a, between, release, between, a);
  }

  @Test
  void deploy_otherTookTheNumberMeanwhile_takesTheNext() {
    ModelVersion mine = version("mine");
    ModelVersion theirs = version("theirs");
    RefName one = RefName.of("releases", "credit", "numbers", "1");
    Refs raced = new InterferingRefs(refs, one, () -> others.deploy("credit", theirs, BOB));

    Release release = new RefReleases(store, raced).deploy("credit", mine, ADA);

    assertThat(release.number()).isEqualTo(2);
    assertThat(others.rollback("credit", ADA).number()).isEqualTo(1);
  }

  @Test
  void rollback_otherRollbackMeanwhile_failsAndGoesBackOnlyOnce() {
    others.deploy("credit", version("a"), ADA);
    Release b = others.deploy("credit", version("b"), ADA);
    others.deploy("credit", version("c"), ADA);
    Refs raced = new InterferingRefs(refs, LIVE, () -> others.rollback("credit", BOB));

    assertThatThrownBy(() -> new RefReleases(store, raced).rollback("credit", ADA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("credit #3")
        .hasMessageContaining("moved by somebody else");
    assertThat(others.live("credit")).contains(b);
  }

  @Test
  void rollback_modelIsGone_isRefusedAndNothingMoves() {
    Release a = others.deploy("credit", version("a"), ADA);
    Release b = others.deploy("credit", version("b"), ADA);
    Digest gone = a.routes().get(0).fittedModel();
    ObjectStore partial = copyWithout(gone);

    assertThatThrownBy(() -> new RefReleases(partial, refs).rollback("credit", ADA))
        .isInstanceOf(ObjectNotFoundException.class)
        .hasMessageContaining(gone.hex());
    assertThat(others.live("credit")).contains(b);
  }

  @Test
  void rollback_releaseIsGone_isRefusedAndNothingMoves() {
    Release a = others.deploy("credit", version("a"), ADA);
    Release b = others.deploy("credit", version("b"), ADA);
    ObjectStore partial = copyWithout(a.digest());

    assertThatThrownBy(() -> new RefReleases(partial, refs).rollback("credit", ADA))
        .isInstanceOf(ObjectNotFoundException.class)
        .hasMessageContaining(a.digest().hex());
    assertThat(others.live("credit")).contains(b);
  }

  private ObjectStore copyWithout(Digest gone) {
    ObjectStore copy = new MemoryStore();
    try (Batch batch = copy.batch()) {
      store.digests().filter(digest -> !digest.equals(gone)).map(store::get).forEach(batch::put);
      batch.commit();
    }
    return copy;
  }
}
