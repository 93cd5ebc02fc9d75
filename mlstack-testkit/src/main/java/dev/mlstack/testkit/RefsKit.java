package dev.mlstack.testkit;

import static dev.mlstack.testkit.TestObjects.CAUSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The laws of {@link Refs}. */
public abstract class RefsKit {

  private static final RefName NAME = RefName.of("models", "credit", "champion");
  private static final Digest A = digest("a");
  private static final Digest B = digest("b");
  private static final Digest C = digest("c");
  private static final int THREADS = 4;

  /** Far longer than any listener waits for a move, so that only a fault runs into it. */
  private static final long PATIENCE_SECONDS = 60;

  private Refs refs;
  private Refs other;

  /** For those who extend this. */
  @SuppressWarnings("NullAway.Init") // The fields are set before each test.
  protected RefsKit() {}

  /**
   * Opens the refs under test, of which none exists when a test begins. A second call in a test
   * opens the same refs once more; it may return the same instance. The kit closes what it has
   * opened.
   */
  protected abstract Refs open() throws IOException;

  @BeforeEach
  final void openAll() throws IOException {
    refs = open();
    other = open();
  }

  @AfterEach
  final void closeAll() {
    refs.close();
    other.close();
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  final void aNameThatNeverExisted_hasNothing() {
    assertThat(refs.find(NAME)).isEmpty();
    assertThat(refs.history(NAME)).isEmpty();
    assertThat(refs.list()).isEmpty();
    assertThat(refs.list(NAME)).isEmpty();
    assertThat(refs.move(NAME, A, B, CAUSE)).isFalse();
    assertThat(refs.delete(NAME, A, CAUSE)).isFalse();
    assertThat(refs.history(NAME)).isEmpty();
  }

  @Test
  final void create_makesARefOnce() {
    assertThat(refs.create(NAME, A, CAUSE)).isTrue();
    assertThat(refs.find(NAME)).contains(new Ref(NAME, A, 1));
    assertThat(other.find(NAME)).contains(new Ref(NAME, A, 1));
    assertThat(other.create(NAME, B, CAUSE)).isFalse();
    assertThat(refs.create(NAME, A, CAUSE)).isFalse();
    assertThat(refs.find(NAME)).contains(new Ref(NAME, A, 1));
    assertThat(refs.history(NAME)).hasSize(1);
  }

  @Test
  final void move_needsWhatTheRefPointsTo() {
    refs.create(NAME, A, CAUSE);
    assertThat(refs.move(NAME, B, C, CAUSE)).isFalse();
    assertThat(other.move(NAME, A, B, CAUSE)).isTrue();
    assertThat(refs.find(NAME)).contains(new Ref(NAME, B, 2));
    assertThat(refs.move(NAME, A, C, CAUSE)).isFalse();
    assertThat(refs.move(NAME, B, A, CAUSE)).isTrue();
    assertThat(other.find(NAME)).contains(new Ref(NAME, A, 3));
  }

  @Test
  final void delete_needsWhatTheRefPointsToAndKeepsTheHistory() {
    refs.create(NAME, A, CAUSE);
    assertThat(refs.delete(NAME, B, CAUSE)).isFalse();
    assertThat(refs.delete(NAME, A, CAUSE)).isTrue();
    assertThat(other.find(NAME)).isEmpty();
    assertThat(other.list()).isEmpty();
    assertThat(other.delete(NAME, A, CAUSE)).isFalse();
    assertThat(other.move(NAME, A, B, CAUSE)).isFalse();
    assertThat(other.history(NAME)).hasSize(2);
  }

  @Test
  final void theHistory_tellsEveryMoveAlsoAcrossDeletion() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Cause strange =
        new Cause("Ada \"Countess\" L\u00f6w", "line\nbreak, \u2028 tab\t and \ud83d\ude00");
    refs.create(NAME, A, new Cause("ada", ""));
    refs.move(NAME, A, B, strange);
    other.delete(NAME, B, new Cause("bob", "w".repeat(40_000)));
    refs.create(NAME, C, CAUSE);
    assertThat(other.find(NAME)).contains(new Ref(NAME, C, 4));
    List<RefMove> history = refs.history(NAME);
    assertThat(history).isEqualTo(other.history(NAME));
    assertThat(history).extracting(RefMove::to).containsExactly(some(A), some(B), none(), some(C));
    assertThat(history).extracting(RefMove::from).containsExactly(none(), some(A), some(B), none());
    assertThat(history.get(1).cause()).isEqualTo(strange);
    assertThat(history.get(2).cause().why()).hasSize(40_000);
    assertThat(history)
        .extracting(RefMove::at)
        .allSatisfy(at -> assertThat(at).isBetween(before, Instant.now()));
  }

  private static Optional<Digest> some(Digest digest) {
    return Optional.of(digest);
  }

  private static Optional<Digest> none() {
    return Optional.empty();
  }

  @Test
  final void names_doNotCollide() {
    List<RefName> names =
        List.of(
            new RefName("a"),
            new RefName("a/b"),
            new RefName("a/b/c"),
            new RefName("a.log"),
            new RefName("a.log/b"),
            new RefName("a-b"),
            new RefName("a."),
            new RefName("a./b"),
            new RefName("con"),
            new RefName("con/nul.txt"),
            new RefName("x".repeat(100)),
            new RefName(String.join("/", Collections.nCopies(5, "y".repeat(99)))));
    for (RefName name : names) {
      assertThat(refs.create(name, digest(name.path()), CAUSE)).as(name.path()).isTrue();
    }
    assertThat(other.list())
        .extracting(Ref::name)
        .containsExactlyElementsOf(names.stream().sorted().toList());
    for (RefName name : names) {
      assertThat(other.find(name)).contains(new Ref(name, digest(name.path()), 1));
      assertThat(other.history(name)).hasSize(1);
    }
  }

  @Test
  final void list_givesWhatIsBelowAPrefixSorted() {
    for (String path : new String[] {"b/x", "a/z/deep", "a", "a/y", "ab", "a/deleted"}) {
      refs.create(new RefName(path), A, CAUSE);
    }
    refs.delete(new RefName("a/deleted"), A, CAUSE);
    assertThat(other.list())
        .extracting(ref -> ref.name().path())
        .containsExactly("a", "a/y", "a/z/deep", "ab", "b/x");
    assertThat(other.list(new RefName("a")))
        .extracting(ref -> ref.name().path())
        .containsExactly("a/y", "a/z/deep");
    assertThat(other.list(new RefName("a/z")))
        .containsExactly(new Ref(new RefName("a/z/deep"), A, 1));
    assertThat(other.list(new RefName("a/y"))).isEmpty();
    assertThat(other.list(new RefName("nowhere"))).isEmpty();
  }

  @Test
  final void aFollower_isToldOfOwnMovesBeforeTheyReturn() {
    List<Optional<Ref>> told = new ArrayList<>();
    Subscription subscription = refs.follow(NAME, told::add);
    refs.create(NAME, A, CAUSE);
    assertThat(told).containsExactly(Optional.of(new Ref(NAME, A, 1)));
    refs.move(NAME, B, C, CAUSE);
    refs.create(NAME.child("below"), C, CAUSE);
    assertThat(told).hasSize(1);
    refs.move(NAME, A, B, CAUSE);
    refs.delete(NAME, B, CAUSE);
    refs.create(NAME, B, CAUSE);
    subscription.close();
    refs.move(NAME, B, C, CAUSE);
    assertThat(told)
        .containsExactly(
            Optional.of(new Ref(NAME, A, 1)),
            Optional.of(new Ref(NAME, B, 2)),
            Optional.empty(),
            Optional.of(new Ref(NAME, B, 4)));
  }

  @Test
  final void aFollower_isToldOfMovesMadeElsewhere() throws InterruptedException {
    BlockingQueue<Optional<Ref>> told = new LinkedBlockingQueue<>();
    other.create(NAME, A, CAUSE);
    Subscription subscription = refs.follow(NAME, told::add);
    other.move(NAME, A, B, CAUSE);
    assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isEqualTo(Optional.of(new Ref(NAME, B, 2)));
    other.delete(NAME, B, CAUSE);
    assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(Optional.empty());
    subscription.close();
    Subscription again = refs.follow(NAME, told::add);
    other.create(NAME, C, CAUSE);
    assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isEqualTo(Optional.of(new Ref(NAME, C, 4)));
    again.close();
    assertThat(told).isEmpty();
  }

  @Test
  final void manyFollowers_areAllToldAlthoughOneFails() {
    AtomicInteger told = new AtomicInteger();
    List<Subscription> subscriptions = new ArrayList<>();
    subscriptions.add(refs.follow(NAME, ref -> told.incrementAndGet()));
    subscriptions.add(
        refs.follow(
            NAME,
            ref -> {
              throw new IllegalStateException("a listener that fails on purpose");
            }));
    subscriptions.add(refs.follow(NAME, ref -> told.incrementAndGet()));
    assertThat(refs.create(NAME, A, CAUSE)).isTrue();
    assertThat(told).hasValue(2);
    subscriptions.forEach(Subscription::close);
    subscriptions.forEach(Subscription::close);
    assertThat(refs.move(NAME, A, B, CAUSE)).isTrue();
    assertThat(told).hasValue(2);
  }

  @Test
  final void ofMovesThatCollide_exactlyOneSucceeds() {
    refs.create(NAME, A, CAUSE);
    Digest now = A;
    for (int round = 0; round < 20; round++) {
      Digest from = now;
      int current = round;
      List<Boolean> moved =
          Together.run(
              THREADS,
              thread -> () -> of(thread).move(NAME, from, digest(current + "/" + thread), CAUSE));
      assertThat(moved).containsOnlyOnce(true);
      now = digest(round + "/" + moved.indexOf(true));
      assertThat(other.find(NAME)).contains(new Ref(NAME, now, round + 2L));
    }
  }

  @Test
  final void ofManyThatCreateAndDelete_everySuccessIsInTheHistory() {
    List<List<Digest>> moved = Together.run(THREADS, thread -> () -> moveOften(of(thread), thread));
    List<RefMove> history = refs.history(NAME);
    List<Digest> arrived = history.stream().flatMap(move -> move.to().stream()).toList();
    assertThat(arrived)
        .containsExactlyInAnyOrderElementsOf(moved.stream().flatMap(List::stream).toList());
    Optional<Digest> before = Optional.empty();
    for (RefMove move : history) {
      assertThat(move.from()).isEqualTo(before);
      before = move.to();
    }
    assertThat(other.find(NAME).map(Ref::target)).isEqualTo(before);
    for (int thread = 0; thread < THREADS; thread++) {
      String mine = "thread " + thread;
      List<Digest> inHistory =
          history.stream()
              .filter(move -> move.cause().by().equals(mine))
              .flatMap(move -> move.to().stream())
              .toList();
      assertThat(inHistory).isEqualTo(moved.get(thread));
    }
  }

  /** Changes a ref again and again; returns where it pointed after each change that succeeded. */
  private static List<Digest> moveOften(Refs mine, int thread) {
    Cause cause = new Cause("thread " + thread, "");
    List<Digest> moved = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Digest to = digest(thread + "." + i);
      Optional<Ref> found = mine.find(NAME);
      if (found.isEmpty()) {
        if (mine.create(NAME, to, cause)) {
          moved.add(to);
        }
      } else if (i % 10 == 9) {
        mine.delete(NAME, found.get().target(), cause);
      } else if (mine.move(NAME, found.get().target(), to, cause)) {
        moved.add(to);
      }
    }
    return moved;
  }

  private Refs of(int thread) {
    return thread % 2 == 0 ? refs : other;
  }

  @Test
  final void aFollowerOfManyMovers_isToldInOrderAndAtLastTheLast() {
    List<Long> told = new ArrayList<>();
    Subscription subscription = refs.follow(NAME, ref -> told.add(ref.orElseThrow().moves()));
    refs.create(NAME, A, CAUSE);
    Together.run(
        THREADS,
        thread ->
            () -> {
              for (int i = 0; i < 30; i++) {
                Digest from = refs.find(NAME).orElseThrow().target();
                refs.move(NAME, from, digest(thread + "/" + i), CAUSE);
              }
              return thread;
            });
    subscription.close();
    assertThat(told).isSorted().doesNotHaveDuplicates();
    assertThat(told).endsWith(refs.find(NAME).orElseThrow().moves());
  }

  @Test
  final void manyNames_areCreatedAtOnce() {
    Together.run(
        THREADS,
        thread ->
            () ->
                IntStream.range(0, 25)
                    .mapToObj(i -> RefName.of("many", "t" + thread, "n" + i))
                    .allMatch(name -> of(thread).create(name, digest(name.path()), CAUSE)));
    assertThat(refs.list(RefName.of("many"))).hasSize(25 * THREADS);
    assertThat(other.list(RefName.of("many", "t1"))).hasSize(25);
  }

  @Test
  final void closedRefs_refuseEverythingButClose() {
    refs.create(NAME, A, CAUSE);
    List<Optional<Ref>> told = new ArrayList<>();
    Subscription subscription = refs.follow(NAME, told::add);
    refs.close();
    refs.close();
    List<Callable<?>> uses =
        List.of(
            () -> refs.find(NAME),
            () -> refs.create(NAME, A, CAUSE),
            () -> refs.move(NAME, A, B, CAUSE),
            () -> refs.delete(NAME, A, CAUSE),
            () -> refs.history(NAME),
            () -> refs.list(),
            () -> refs.list(NAME),
            () -> refs.follow(NAME, told::add));
    assertThat(uses).allSatisfy(use -> assertThatIllegalStateException().isThrownBy(use::call));
    subscription.close();
    assertThat(told).isEmpty();
  }
}
