package dev.mlstack.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.Lineage;
import dev.mlstack.store.Lineage.Link;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The laws of {@link Lineage}. */
public abstract class LineageKit {

  private static final VersionedName TYPE = new VersionedName("thing", 1);

  private ForgetfulStore store;
  private Lineage lineage;

  /** Creates the tests. */
  protected LineageKit() {}

  /** Returns an empty store. */
  protected abstract ObjectStore store();

  /** Opens an empty index of a store. Whoever extends this closes it after the test. */
  protected abstract Lineage open(ObjectStore indexed);

  @BeforeEach
  void openIndex() {
    store = new ForgetfulStore(store());
    lineage = open(store);
  }

  private Digest put(String name, Edge... edges) {
    return StoredModels.put(store, object(name, edges));
  }

  private static StoredObject object(String name, Edge... edges) {
    return StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(edges), name.getBytes(UTF_8));
  }

  private static Link link(Digest from, Edge edge) {
    return new Link(from, TYPE, edge);
  }

  @Test
  void outgoing_isInTheOrderOfTheEdges() {
    Digest a = put("a");
    Digest b = put("b");
    Edge zebra = Edge.holds("zebra", a);
    Edge apple = Edge.names("apple", b);
    Edge again = Edge.names("again", a);
    Digest origin = put("origin", zebra, apple, again);
    lineage.refresh();

    assertThat(lineage.outgoing(origin))
        .containsExactly(link(origin, zebra), link(origin, apple), link(origin, again));
    assertThat(lineage.outgoing(a)).isEmpty();
  }

  @Test
  void incoming_isSortedByOriginAndName() {
    Digest target = put("target");
    List<Link> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Edge second = Edge.names("second", target);
      Edge first = Edge.holds("first", target);
      Digest origin = put("origin " + i, second, first);
      expected.add(link(origin, first));
      expected.add(link(origin, second));
    }
    expected.sort(Comparator.comparing(Link::from).thenComparing(link -> link.edge().name()));
    lineage.refresh();

    assertThat(lineage.incoming(target)).isEqualTo(expected);
  }

  @Test
  void digestThatNobodyKnows_hasNoLinks() {
    Digest unknown = Digest.of(new byte[] {1});
    lineage.refresh();

    assertThat(lineage.outgoing(unknown)).isEmpty();
    assertThat(lineage.incoming(unknown)).isEmpty();
    assertThat(lineage.ancestry(unknown)).isEmpty();
    assertThat(lineage.impact(unknown)).isEmpty();
  }

  @Test
  void edges_areKnownAfterRefresh() {
    Digest a = put("a");
    Digest b = put("b", Edge.holds("a", a));
    assertThat(lineage.incoming(a)).isEmpty();

    lineage.refresh();
    assertThat(lineage.incoming(a)).extracting(Link::from).containsExactly(b);

    Digest c = put("c", Edge.holds("b", b));
    assertThat(lineage.impact(a)).containsExactly(b);
    lineage.refresh();
    assertThat(lineage.impact(a)).containsExactly(b, c);
  }

  @Test
  void edgesOfAnOpenBatch_areNotKnown() {
    Digest a = put("a");
    try (Batch batch = store.batch()) {
      batch.put(object("b", Edge.holds("a", a)));
      lineage.refresh();
      assertThat(lineage.incoming(a)).isEmpty();
      batch.commit();
      lineage.refresh();
      assertThat(lineage.incoming(a)).hasSize(1);
    }
  }

  @Test
  void refresh_nothingNew_readsNothing() {
    put("b", Edge.holds("a", put("a")));
    lineage.refresh();
    int reads = store.reads();

    lineage.refresh();
    lineage.refresh();

    assertThat(store.reads()).isEqualTo(reads);
  }

  @Test
  void refresh_oneObjectIsNew_readsOnlyThat() {
    Digest a = put("a");
    put("b", Edge.holds("a", a));
    lineage.refresh();
    int reads = store.reads();

    put("c", Edge.holds("a", a));
    lineage.refresh();

    assertThat(store.reads()).isEqualTo(reads + 1);
  }

  @Test
  void ancestryAndImpact_giveNearestFirstAndEachOnce() {
    // A diamond with a short cut: d was made from b, c and a; b and c from a.
    Digest a = put("a");
    Digest b = put("b", Edge.holds("from", a));
    Digest c = put("c", Edge.names("from", a));
    Digest d = put("d", Edge.holds("second", c), Edge.holds("first", b), Edge.names("third", a));
    Digest e = put("e", Edge.names("from", d));
    lineage.refresh();

    assertThat(lineage.ancestry(e)).containsExactly(d, c, b, a);
    assertThat(lineage.ancestry(a)).isEmpty();
    assertThat(lineage.impact(a)).containsExactly(sortedBefore(List.of(b, c, d), e));
    assertThat(lineage.impact(b)).containsExactly(d, e);
    assertThat(lineage.impact(e)).isEmpty();
  }

  private static Digest[] sortedBefore(List<Digest> near, Digest far) {
    return Stream.concat(near.stream().sorted(), Stream.of(far)).toArray(Digest[]::new);
  }

  @Test
  void targetThatIsNotStored_appearsAsDigest() {
    Digest gone = Digest.of(new byte[] {7});
    Digest a = put("a", Edge.names("input.data", gone));
    Digest b = put("b", Edge.holds("from", a));
    lineage.refresh();

    assertThat(lineage.ancestry(b)).containsExactly(a, gone);
    assertThat(lineage.impact(gone)).containsExactly(a, b);
    assertThat(lineage.incoming(gone)).extracting(Link::from).containsExactly(a);
    assertThat(lineage.outgoing(gone)).isEmpty();
  }

  @Test
  void targetThatIsStoredLater_hasItsLinksThen() {
    Digest root = put("root");
    StoredObject late = object("late", Edge.holds("root", root));
    Digest early = put("early", Edge.names("late", late.digest()));
    lineage.refresh();
    assertThat(lineage.ancestry(early)).containsExactly(late.digest());

    StoredModels.put(store, late);
    lineage.refresh();

    assertThat(lineage.ancestry(early)).containsExactly(late.digest(), root);
  }

  @Test
  void objectThatWasCollected_hasNoLinksButStaysATarget() {
    Digest a = put("a");
    Digest b = put("b", Edge.holds("from", a));
    Digest c = put("c", Edge.names("from", b));
    lineage.refresh();

    store.lose(b);
    lineage.refresh();

    assertThat(lineage.outgoing(b)).isEmpty();
    assertThat(lineage.ancestry(c)).containsExactly(b);
    assertThat(lineage.impact(a)).isEmpty();
    store.restore(b);
    lineage.refresh();
    assertThat(lineage.ancestry(c)).containsExactly(b, a);
  }

  @Test
  void objectThatIsDamaged_doesNotHideTheOthers() {
    Digest a = put("a");
    Digest b = put("b", Edge.holds("from", a));
    Digest c = put("c", Edge.holds("from", a));
    store.damage(b);
    lineage.refresh();
    assertThat(lineage.impact(a)).containsExactly(c);

    store.restore(b);
    lineage.refresh();
    assertThat(lineage.impact(a)).containsExactlyInAnyOrder(b, c);
  }

  @Test
  void rebuild_cancelled_canBeDoneAgain() {
    Digest a = put("a");
    Digest b = put("b", Edge.holds("from", a));

    assertThatThrownBy(() -> lineage.rebuild(Execution.here().withCancellation(() -> true)))
        .isInstanceOf(CancellationException.class);
    lineage.refresh();

    assertThat(lineage.impact(a)).containsExactly(b);
  }

  @Test
  void rebuild_reportsProgressToTheEnd() {
    put("a");
    put("b");
    List<Progress> reports = new ArrayList<>();

    lineage.rebuild(Execution.here().withListener(reports::add));

    assertThat(reports).isNotEmpty();
    Progress last = reports.get(reports.size() - 1);
    assertThat(last.done()).isEqualTo(last.total()).isEqualTo(2);
  }

  @Test
  void randomGraph_answersLikeASimpleSearch_alsoAfterRebuild() {
    long seed = Seeds.next();
    SplittableRandom random = new SplittableRandom(seed);
    List<Link> links = new ArrayList<>();
    Set<Digest> all = new LinkedHashSet<>();
    for (int i = 0; i < 200; i++) {
      grow(random, i, all, links);
      if (random.nextInt(10) == 0) {
        lineage.refresh();
      }
    }
    lineage.refresh();
    requireAnswers(seed, all, links);

    lineage.rebuild(Execution.here());
    requireAnswers(seed, all, links);
  }

  private void grow(SplittableRandom random, int number, Set<Digest> all, List<Link> links) {
    List<Digest> targets = new ArrayList<>(all);
    List<Edge> edges = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0 && !targets.isEmpty(); i--) {
      boolean missing = random.nextInt(8) == 0;
      Digest target =
          missing
              ? Digest.of(new byte[] {(byte) random.nextInt(20)})
              : targets.get(random.nextInt(targets.size()));
      edges.add(new Edge("e" + random.nextInt(1000) + "." + i, target, random.nextBoolean()));
    }
    Digest digest = put("node " + number, edges.toArray(Edge[]::new));
    edges.forEach(edge -> links.add(link(digest, edge)));
    edges.forEach(edge -> all.add(edge.target()));
    all.add(digest);
  }

  private void requireAnswers(long seed, Set<Digest> all, List<Link> links) {
    for (Digest digest : all) {
      List<Link> outgoing = links.stream().filter(l -> l.from().equals(digest)).toList();
      List<Link> incoming =
          links.stream()
              .filter(link -> link.edge().target().equals(digest))
              .sorted(Comparator.comparing(Link::from).thenComparing(link -> link.edge().name()))
              .toList();
      assertThat(lineage.outgoing(digest)).as("seed %d", seed).isEqualTo(outgoing);
      assertThat(lineage.incoming(digest)).as("seed %d", seed).isEqualTo(incoming);
      assertThat(lineage.ancestry(digest))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(reachable(digest, links));
    }
    for (Digest digest : all) {
      for (Digest ancestor : lineage.ancestry(digest)) {
        assertThat(lineage.impact(ancestor)).as("seed %d", seed).contains(digest);
      }
    }
  }

  private static Set<Digest> reachable(Digest start, List<Link> links) {
    Set<Digest> seen = new HashSet<>();
    Queue<Digest> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      Digest next = open.remove();
      for (Link link : links) {
        if (link.from().equals(next) && seen.add(link.edge().target())) {
          open.add(link.edge().target());
        }
      }
    }
    return seen;
  }

  @Test
  void refreshAndQueries_fromManyThreads_endWithAllLinks() {
    Digest root = put("root");
    int threads = 4;
    int each = 25;

    Together.run(
        threads,
        thread ->
            () -> {
              for (int i = 0; i < each; i++) {
                put("of " + thread + ", " + i, Edge.holds("root", root));
                lineage.refresh();
                assertThat(lineage.impact(root)).doesNotHaveDuplicates().isNotEmpty();
              }
              return thread;
            });

    assertThat(lineage.incoming(root)).hasSize(threads * each);
  }
}
