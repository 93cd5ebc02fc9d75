package dev.mlstack.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.release.ModelRegistry;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Release;
import dev.mlstack.release.Release.Route;
import dev.mlstack.release.Releases;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Subscription;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The laws of {@link Releases}. */
public abstract class ReleasesKit {

  private static final Cause ADA = new Cause("ada", "better by 2%");

  /** Creates the tests. */
  protected ReleasesKit() {}

  /** Returns the store of the releases of this test. */
  protected abstract ObjectStore store();

  /** Returns the refs of the releases of this test. */
  protected abstract Refs refs();

  /** Returns a registry of {@link #store()} and {@link #refs()}. */
  protected abstract ModelRegistry registry();

  /** Returns releases of {@link #store()} and {@link #refs()}: others each time. */
  protected abstract Releases releases();

  private ModelVersion version(String model) {
    return version(model, "risk", Optional.empty());
  }

  private ModelVersion version(String model, String output, Optional<Digest> profile) {
    Digest fitted = StoredModels.fittedModel(store(), model, output);
    return registry().register("credit", fitted, StoredModels.run(store(), fitted, profile), ADA);
  }

  private RefName live() {
    return RefName.of("releases", "credit", "live");
  }

  @Test
  void deploy_putsOneVersionLive() {
    Digest profile = StoredModels.content(store(), "profile", "mean 3");
    ModelVersion version = version("a", "risk", Optional.of(profile));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);

    Release release = releases().deploy("credit", version, ADA);

    assertThat(release.name()).isEqualTo("credit");
    assertThat(release.number()).isEqualTo(1);
    assertThat(release.routes())
        .containsExactly(
            new Route(version.digest(), version.fittedModel(), Optional.of(profile), 1));
    assertThat(release.by()).isEqualTo("ada");
    assertThat(release.why()).isEqualTo("better by 2%");
    assertThat(release.at()).isBetween(before, Instant.now());
    assertThat(release).hasToString("credit #1");
    assertThat(releases().live("credit")).contains(release);
    assertThat(refs().find(live()).orElseThrow().target()).isEqualTo(release.digest());
  }

  @Test
  void deploy_runWithoutProfile_hasARouteWithoutProfile() {
    Release release = releases().deploy("credit", version("a"), ADA);

    assertThat(release.routes().get(0).profile()).isEmpty();
  }

  @Test
  void deploy_storesARecordThatHoldsWhatItNeedsAndNamesItsPredecessor() {
    Digest profile = StoredModels.content(store(), "profile", "mean 3");
    ModelVersion version = version("a", "risk", Optional.of(profile));
    Release first = releases().deploy("credit", version, ADA);
    Release second = releases().deploy("credit", version, ADA);

    StoredObject record = store().get(second.digest());
    assertThat(record.kind()).isEqualTo(ObjectKind.RECORD);
    assertThat(record.type()).isEqualTo(Release.TYPE);
    assertThat(record.edges().stream().filter(Edge::holds).map(Edge::target))
        .containsExactly(version.digest(), version.fittedModel(), profile);
    assertThat(record.edges().stream().filter(edge -> !edge.holds()))
        .containsExactly(Edge.names("previous", first.digest()));
  }

  @Test
  void deploy_everyRelease_isKeptByARefOfItsOwn() {
    Release first = releases().deploy("credit", version("a"), ADA);
    Release second = releases().deploy("credit", version("b"), ADA);
    releases().rollback("credit", ADA);

    assertThat(refs().list(RefName.of("releases", "credit")))
        .extracting(ref -> ref.target())
        .contains(first.digest(), second.digest());
  }

  @Test
  void deploy_severalVersions_sharesTraffic() {
    ModelVersion champion = version("a");
    ModelVersion challenger = version("b");

    Release release = releases().deploy("credit", Map.of(challenger, 0.1, champion, 0.9), ADA);

    assertThat(release.routes())
        .extracting(Route::version, Route::share)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(champion.digest(), 0.9),
            org.assertj.core.groups.Tuple.tuple(challenger.digest(), 0.1));
    assertThat(releases().live("credit")).contains(release);
  }

  @Test
  void deploy_sharesThatDoNotSumToOne_isRefusedAndNothingMoves() {
    ModelVersion a = version("a");
    ModelVersion b = version("b");
    for (Map<ModelVersion, Double> shares :
        List.of(
            Map.of(a, 0.5),
            Map.of(a, 0.5, b, 0.6),
            Map.of(a, 1.5, b, -0.5),
            Map.of(a, Double.NaN),
            Map.<ModelVersion, Double>of())) {
      assertThatThrownBy(() -> releases().deploy("credit", shares, ADA))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("share");
    }
    assertThat(releases().live("credit")).isEmpty();
    assertThat(refs().list(RefName.of("releases"))).isEmpty();
  }

  @Test
  void deploy_versionsThatAnswerDifferently_isRefusedByName() {
    ModelVersion risk = version("a");
    ModelVersion price = version("b", "price", Optional.empty());

    assertThatThrownBy(() -> releases().deploy("credit", Map.of(risk, 0.5, price, 0.5), ADA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("credit v1")
        .hasMessageContaining("credit v2")
        .hasMessageContaining("risk")
        .hasMessageContaining("price");
  }

  @Test
  void deploy_versionThatWasNeverRegistered_isRefused() {
    ModelVersion version = version("a");
    ModelVersion forged =
        new ModelVersion(
            version.name(),
            version.number(),
            version.digest(),
            Digest.of(new byte[] {7}),
            version.run(),
            version.at(),
            version.by(),
            version.description());

    ModelVersion unknown =
        new ModelVersion(
            version.name(),
            version.number(),
            Digest.of(new byte[] {8}),
            version.fittedModel(),
            version.run(),
            version.at(),
            version.by(),
            version.description());

    assertThatThrownBy(() -> releases().deploy("credit", unknown, ADA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("registered");
    assertThatThrownBy(() -> releases().deploy("credit", forged, ADA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("credit v1");
  }

  @Test
  void live_nameNeverDeployed_isNothing() {
    assertThat(releases().live("credit")).isEmpty();
    assertThat(releases().history("credit")).isEmpty();
  }

  @Test
  void rollback_goesBackLikeUndoing() {
    Release a = releases().deploy("credit", version("a"), ADA);
    Release b = releases().deploy("credit", version("b"), ADA);
    Release c = releases().deploy("credit", version("c"), ADA);

    assertThat(releases().rollback("credit", ADA)).isEqualTo(b);
    assertThat(releases().rollback("credit", ADA)).isEqualTo(a);
    Release d = releases().deploy("credit", version("d"), ADA);
    assertThat(releases().live("credit")).contains(d);
    assertThat(releases().rollback("credit", ADA)).isEqualTo(a);
    assertThat(releases().live("credit")).contains(a);
    assertThat(releases().history("credit")).containsExactly(a, b, c, b, a, d, a);
    assertThat(List.of(a.number(), b.number(), c.number(), d.number())).containsExactly(1, 2, 3, 4);
  }

  @Test
  void rollback_ofTheFirstRelease_isRefusedAndItStaysLive() {
    assertThatThrownBy(() -> releases().rollback("credit", ADA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("credit");
    Release a = releases().deploy("credit", version("a"), ADA);

    assertThatThrownBy(() -> releases().rollback("credit", ADA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("credit #1");
    assertThat(releases().live("credit")).contains(a);
  }

  @Test
  void rollback_sameVersionDeployedTwice_goesFromOneReleaseToTheOther() {
    ModelVersion version = version("a");
    Release first = releases().deploy("credit", version, ADA);
    Release second = releases().deploy("credit", version, ADA);
    assertThat(second.digest()).isNotEqualTo(first.digest());

    assertThat(releases().rollback("credit", ADA)).isEqualTo(first);
  }

  @Test
  void deployAndRollback_atRandom_areLikeAStack() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    List<ModelVersion> versions = List.of(version("a"), version("b"), version("c"));
    Deque<Release> stack = new ArrayDeque<>();
    List<Release> moves = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (stack.size() < 2 || random.nextInt(5) < 3) {
        stack.push(releases().deploy("credit", versions.get(random.nextInt(3)), ADA));
      } else {
        stack.pop();
        assertThat(releases().rollback("credit", ADA)).as("seed %d", seed).isEqualTo(stack.peek());
      }
      moves.add(stack.element());
      assertThat(releases().live("credit")).as("seed %d", seed).contains(stack.element());
    }
    assertThat(releases().history("credit")).as("seed %d", seed).isEqualTo(moves);
  }

  @Test
  void deploy_fromManyThreads_numbersWithoutGapsAndEachNamesTheOneItReplaced() {
    int threads = 6;
    int each = 4;
    ModelVersion version = version("a");

    Together.run(
        threads,
        thread ->
            () -> {
              for (int i = 0; i < each; i++) {
                releases().deploy("credit", version, ADA);
              }
              return thread;
            });

    List<Release> history = releases().history("credit");
    assertThat(history)
        .extracting(Release::number)
        .doesNotHaveDuplicates()
        .hasSize(threads * each)
        .allMatch(number -> number >= 1 && number <= threads * each);
    for (int i = history.size() - 1; i > 0; i--) {
      assertThat(releases().rollback("credit", ADA)).isEqualTo(history.get(i - 1));
    }
  }

  @Test
  void rollback_fromManyThreads_failsClearlyOrGoesBackOnce() {
    int threads = 4;
    ModelVersion version = version("a");
    for (int i = 0; i < 10; i++) {
      releases().deploy("credit", version, ADA);
    }

    List<Integer> done =
        Together.run(
            threads,
            thread ->
                () -> {
                  try {
                    releases().rollback("credit", ADA);
                    return 1;
                  } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("moved by somebody else");
                    return 0;
                  }
                });

    int rollbacks = done.stream().mapToInt(Integer::intValue).sum();
    assertThat(rollbacks).isPositive();
    assertThat(releases().live("credit").orElseThrow().number()).isEqualTo(10 - rollbacks);
  }

  @Test
  void follow_isToldOfDeploymentsAndRollbacksUntilItIsClosed() {
    List<Release> told = new ArrayList<>();
    Releases releases = releases();
    Release a;
    Release b;
    try (Subscription subscription = releases.follow("credit", told::add)) {
      assertThat(subscription).isNotNull();
      a = releases.deploy("credit", version("a"), ADA);
      releases.deploy("fraud", version("f"), ADA);
      b = releases.deploy("credit", version("b"), ADA);
      releases.rollback("credit", ADA);
    }
    releases.deploy("credit", version("c"), ADA);

    assertThat(told).containsExactly(a, b, a);
  }

  @Test
  void follow_nameIsDeleted_isNotToldAndNothingIsLive() {
    List<Release> told = new ArrayList<>();
    Releases releases = releases();
    Release a = releases.deploy("credit", version("a"), ADA);
    try (Subscription subscription = releases.follow("credit", told::add)) {
      assertThat(subscription).isNotNull();
      assertThat(refs().delete(live(), a.digest(), ADA)).isTrue();
      assertThat(told).isEmpty();
      assertThat(releases.live("credit")).isEmpty();

      Release b = releases.deploy("credit", version("b"), ADA);
      assertThat(b.number()).isEqualTo(2);
      assertThat(told).containsExactly(b);
    }
    assertThatThrownBy(() -> releases.rollback("credit", ADA))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void follow_releaseThatCannotBeRead_isNotTold() {
    List<Release> told = new ArrayList<>();
    Releases releases = releases();
    Release a = releases.deploy("credit", version("a"), ADA);
    Digest other = StoredModels.content(store(), "note", "not a release");
    try (Subscription subscription = releases.follow("credit", told::add)) {
      assertThat(subscription).isNotNull();
      assertThat(refs().move(live(), a.digest(), other, ADA)).isTrue();
    }
    assertThat(told).isEmpty();
    assertThatThrownBy(() -> releases.live("credit"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(other.hex());
  }
}
