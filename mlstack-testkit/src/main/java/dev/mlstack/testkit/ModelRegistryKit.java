package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.release.ModelRegistry;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.StoredObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The laws of a {@link ModelRegistry}. */
public abstract class ModelRegistryKit {

  private static final Cause ADA = new Cause("ada", "looks good");

  /** Creates the tests. */
  protected ModelRegistryKit() {}

  /** Returns the store of the registries of this test. */
  protected abstract ObjectStore store();

  /** Returns a registry of {@link #store()}: another one each time, but with the same versions. */
  protected abstract ModelRegistry registry();

  private Digest model(String name) {
    return StoredModels.fittedModel(store(), name, "risk");
  }

  private Digest run(Digest model) {
    return StoredModels.run(store(), model, Optional.empty());
  }

  private ModelVersion register(String name, String model) {
    Digest fitted = model(model);
    return registry().register(name, fitted, run(fitted), ADA);
  }

  @Test
  void register_nameNotSeenBefore_isVersion1WithAllThatWasSaid() {
    Digest fitted = model("a");
    Digest run = run(fitted);
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);

    ModelVersion version = registry().register("credit", fitted, run, ADA);

    assertThat(version.name()).isEqualTo("credit");
    assertThat(version.number()).isEqualTo(1);
    assertThat(version.fittedModel()).isEqualTo(fitted);
    assertThat(version.run()).isEqualTo(run);
    assertThat(version.by()).isEqualTo("ada");
    assertThat(version.description()).isEqualTo("looks good");
    assertThat(version.at()).isBetween(before, Instant.now());
    assertThat(version).hasToString("credit v1");
  }

  @Test
  void register_again_countsWithoutGapsForEachName() {
    assertThat(register("credit", "a").number()).isEqualTo(1);
    assertThat(register("credit", "b").number()).isEqualTo(2);
    assertThat(register("fraud", "a").number()).isEqualTo(1);
    assertThat(register("credit", "a").number()).isEqualTo(3);
  }

  @Test
  void register_storesARecordThatHoldsModelAndRun() {
    ModelVersion version = register("credit", "a");

    StoredObject record = store().get(version.digest());
    assertThat(record.kind()).isEqualTo(ObjectKind.RECORD);
    assertThat(record.type()).isEqualTo(ModelVersion.TYPE);
    assertThat(record.edges())
        .containsExactly(
            Edge.holds(ModelVersion.FITTED_MODEL, version.fittedModel()),
            Edge.holds(ModelVersion.RUN, version.run()));
  }

  @Test
  void register_objectThatTheStoreLacks_isRefusedAndNothingIsRegistered() {
    Digest model = model("a");
    Digest gone = Digest.of(new byte[] {1});

    assertThatThrownBy(() -> registry().register("credit", gone, run(model), ADA))
        .isInstanceOf(ObjectNotFoundException.class)
        .hasMessageContaining(gone.hex());
    assertThatThrownBy(() -> registry().register("credit", model, gone, ADA))
        .isInstanceOf(ObjectNotFoundException.class)
        .hasMessageContaining(gone.hex());
    assertThat(registry().versions("credit")).isEmpty();
    assertThat(registry().names()).isEmpty();
  }

  @Test
  void register_objectThatIsSomethingElse_isRefused() {
    Digest model = model("a");
    Digest run = run(model);

    assertThatThrownBy(() -> registry().register("credit", run, run, ADA))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("fitted-model/1");
    assertThatThrownBy(() -> registry().register("credit", model, model, ADA))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("run/1");
  }

  @Test
  void register_nameThatIsNoSegment_isRefused() {
    Digest model = model("a");
    Digest run = run(model);
    for (String name : List.of("", "Credit", "a/b", "../x", "-a", "a b", "x".repeat(101))) {
      assertThatThrownBy(() -> registry().register(name, model, run, ADA))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void register_fromManyThreads_givesDistinctNumbersWithoutGaps() {
    int threads = 8;
    int each = 5;
    Digest model = model("a");
    Digest run = run(model);

    List<List<ModelVersion>> registered =
        Together.run(
            threads,
            thread ->
                () -> {
                  ModelRegistry own = registry();
                  return IntStream.range(0, each)
                      .mapToObj(i -> own.register("credit", model, run, ADA))
                      .toList();
                });

    Set<Integer> numbers = new HashSet<>();
    registered.forEach(list -> list.forEach(version -> numbers.add(version.number())));
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, threads * each).boxed().toList());
    assertThat(registry().versions("credit"))
        .containsExactlyInAnyOrderElementsOf(registered.stream().flatMap(List::stream).toList());
  }

  @Test
  void versions_sortsByNumberNotByText() {
    Digest model = model("a");
    Digest run = run(model);
    for (int i = 1; i <= 11; i++) {
      registry().register("credit", model, run, ADA);
    }

    assertThat(registry().versions("credit"))
        .extracting(ModelVersion::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }

  @Test
  void version_isWhatRegisterReturned_orNothing() {
    ModelVersion first = register("credit", "a");
    ModelVersion second = register("credit", "b");

    assertThat(registry().version("credit", 1)).contains(first);
    assertThat(registry().version("credit", 2)).contains(second);
    assertThat(registry().version("credit", 3)).isEmpty();
    assertThat(registry().version("credit", 0)).isEmpty();
    assertThat(registry().version("credit", -1)).isEmpty();
    assertThat(registry().version("fraud", 1)).isEmpty();
    assertThat(registry().versions("fraud")).isEmpty();
  }

  @Test
  void names_areSortedAndThoseOfAliasesAreNone() {
    ModelVersion fraud = register("fraud", "a");
    register("credit", "a");
    register("aliases", "a");
    register("versions", "a");
    registry().alias("champion", fraud, ADA);

    assertThat(registry().names()).containsExactly("aliases", "credit", "fraud", "versions");
  }

  @Test
  void alias_pointsToTheVersionItWasLastSetTo() {
    ModelVersion first = register("credit", "a");
    ModelVersion second = register("credit", "b");
    assertThat(registry().aliased("credit", "champion")).isEmpty();

    registry().alias("champion", first, ADA);
    assertThat(registry().aliased("credit", "champion")).contains(first);

    registry().alias("champion", second, ADA);
    registry().alias("champion", second, ADA);
    registry().alias("previous", first, ADA);
    assertThat(registry().aliased("credit", "champion")).contains(second);
    assertThat(registry().aliases("credit")).hasToString("{champion=2, previous=1}");
    assertThat(registry().aliases("fraud")).isEmpty();
  }

  @Test
  void alias_thatIsANumber_isRefused() {
    ModelVersion version = register("credit", "a");

    assertThatThrownBy(() -> registry().alias("7", version, ADA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alias")
        .hasMessageContaining("'7'");
  }

  @Test
  void alias_ofAVersionThatIsNotRegistered_isRefused() {
    ModelVersion version = register("credit", "a");
    ModelVersion renamed =
        new ModelVersion(
            "fraud",
            1,
            version.digest(),
            version.fittedModel(),
            version.run(),
            version.at(),
            version.by(),
            version.description());

    assertThatThrownBy(() -> registry().alias("champion", renamed, ADA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fraud v1");
    assertThat(registry().aliased("fraud", "champion")).isEmpty();
  }

  @Test
  void alias_setFromManyThreads_endsAtOneOfThem() {
    List<ModelVersion> versions =
        IntStream.range(0, 8).mapToObj(i -> register("credit", "m" + i)).toList();

    Together.run(
        versions.size(),
        thread ->
            () -> {
              registry().alias("champion", versions.get(thread), ADA);
              return thread;
            });

    assertThat(registry().aliased("credit", "champion").orElseThrow()).isIn(versions);
  }
}
