package dev.mlstack.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.run.Run;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunQuery;
import dev.mlstack.run.RunRequest;
import dev.mlstack.run.RunStatus;
import dev.mlstack.run.Tracker;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index is not the truth: made anew from objects and refs, it answers the same. */
class RebuildTest {

  private static final RunStatus[] ENDS = {RunStatus.FINISHED, RunStatus.FAILED, RunStatus.KILLED};

  private final FailingStore store = new FailingStore();
  private final Refs refs = new MemoryRefs();
  private final Path file;
  private final RawFile raw;

  RebuildTest(@TempDir Path directory) {
    this.file = directory.resolve("runs.db");
    this.raw = new RawFile(file);
  }

  private SqliteTracker open() throws IOException {
    return SqliteTracker.open(file, store, refs);
  }

  /** Runs that differ in everything runs can differ in. */
  private static void fill(Tracker tracker) {
    List<RunId> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      RunRequest request =
          RunRequest.of(i % 2 == 0 ? "even" : "odd", "run \"" + i + "\"", "ada")
              .withTags(Map.of("seed", "" + i, "kept", "yes"));
      try (Run run = tracker.start(i < 3 ? request : request.withParent(ids.get(i - 3)))) {
        ids.add(run.id());
        log(run, i);
        run.finish(ENDS[i % 3]);
      }
    }
  }

  private static void log(Run run, int i) {
    for (int k = 0; k < 200 * i; k++) {
      run.metric("loss", (k * 31) % 50, k == 7 ? Double.NaN : 1.0 / (k + i));
    }
    if (i > 4) {
      run.metric("größe", -1, -0.0);
      run.metric("nan", 1, Double.NaN);
      run.metric("infinite", 1, Double.NEGATIVE_INFINITY);
    }
    run.param("whole", Value.of(i));
    run.param("real", Value.of(i * 0.1));
    run.param("nan", Value.of(Double.NaN));
    run.param("doc", Value.doc().put("items", Value.ofReals(1, 2.5, -0.0)).build());
    run.tag("seed", "changed");
    run.tag("note", "a\u0000b 😀");
    run.input("data", Digest.of(new byte[] {(byte) i}));
    run.output("recipe", Digest.of(new byte[] {1, (byte) i}));
    run.output("model", Digest.of(new byte[] {2, (byte) i}));
  }

  @Test
  void rebuild_answersTheSame() throws IOException {
    try (SqliteTracker tracker = open()) {
      fill(tracker);
      Answers before = Answers.of(tracker);
      List<Progress> reports = new ArrayList<>();

      assertThat(tracker.rebuild(Execution.here().withListener(reports::add))).isEmpty();

      assertThat(Answers.of(tracker)).isEqualTo(before);
      Progress last = reports.get(reports.size() - 1);
      assertThat(last.done()).isEqualTo(last.total()).isEqualTo(12);
    }
  }

  @Test
  void fileIsDeleted_answersTheSame() throws IOException {
    Answers before;
    try (SqliteTracker tracker = open()) {
      fill(tracker);
      before = Answers.of(tracker);
    }
    Files.delete(file);
    try (SqliteTracker tracker = open()) {
      assertThat(Answers.of(tracker)).isEqualTo(before);
    }
  }

  @Test
  void otherKindOfTracker_answersTheSame() throws IOException {
    Answers before;
    try (SqliteTracker tracker = open()) {
      fill(tracker);
      before = Answers.of(tracker);
    }
    try (MemoryTracker tracker = new MemoryTracker(store, refs)) {
      assertThat(Answers.of(tracker)).isEqualTo(before);
      fill(tracker);
      before = Answers.of(tracker);
      assertThat(tracker.rebuild(Execution.here())).isEmpty();
      assertThat(Answers.of(tracker)).isEqualTo(before);
    }
    try (SqliteTracker tracker = open()) {
      assertThat(tracker.list(RunQuery.all())).hasSize(12);
      tracker.rebuild(Execution.here());
      assertThat(Answers.of(tracker)).isEqualTo(before);
    }
  }

  @Test
  void rebuild_mendsWhatSomebodyDidToTheFile() throws IOException {
    try (SqliteTracker tracker = open()) {
      fill(tracker);
      Answers before = Answers.of(tracker);
      raw.execute("UPDATE run SET name = 'forged', status = 'FINISHED'");
      raw.execute("DELETE FROM param");
      raw.execute("DELETE FROM chunk WHERE key % 2 = 0");
      raw.execute(
          "INSERT INTO run SELECT 1000, '"
              + "0".repeat(32)
              + "', 'even', 'made up', 'x',"
              + " NULL, status, started, ended, NULL, NULL, record FROM run LIMIT 1");
      assertThat(Answers.of(tracker)).isNotEqualTo(before);

      tracker.rebuild(Execution.here());

      assertThat(Answers.of(tracker)).isEqualTo(before);
    }
  }

  @Test
  void rebuild_runsUnderWay_stayAsTheyAre() throws IOException {
    try (SqliteTracker tracker = open();
        Run run = tracker.start(RunRequest.of("even", "open", "ada"))) {
      fill(tracker);
      log(run, 3);
      run.flush().join();
      Answers before = Answers.of(tracker);

      tracker.rebuild(Execution.here());

      assertThat(Answers.of(tracker)).isEqualTo(before);
      run.metric("loss", 1, 1);
      run.finish(RunStatus.FINISHED);
      assertThat(tracker.history(run.id(), "loss")).hasSize(601);
    }
  }

  @Test
  void rebuild_objectIsDamaged_namesItAndReadsTheOthers() throws IOException {
    try (SqliteTracker tracker = open()) {
      fill(tracker);
      List<RunId> all = tracker.list(RunQuery.all()).stream().map(info -> info.id()).toList();
      Digest record = tracker.find(all.get(3)).orElseThrow().record().orElseThrow();
      Digest metrics =
          store
              .get(tracker.find(all.get(1)).orElseThrow().record().orElseThrow())
              .requireTarget("metrics");
      store.damage(record);
      store.damage(metrics);

      List<StoreProblem> problems = tracker.rebuild(Execution.here());

      assertThat(problems)
          .extracting(StoreProblem::where)
          .containsExactlyInAnyOrder("runs/" + all.get(3), "runs/" + all.get(1));
      assertThat(problems).anyMatch(p -> p.what().contains(record.hex()));
      assertThat(problems).anyMatch(p -> p.what().contains(metrics.hex()));
      assertThat(tracker.find(all.get(3))).isEqualTo(Optional.empty());
      assertThat(tracker.list(RunQuery.all())).hasSize(10);
    }
    try (SqliteTracker tracker = open()) {
      assertThat(tracker.list(RunQuery.all())).hasSize(10);
    }
  }

  @Test
  void rebuild_refWasDeleted_forgetsTheRun() throws IOException {
    try (SqliteTracker tracker = open()) {
      fill(tracker);
      RunId id = tracker.list(RunQuery.all()).get(0).id();
      RefName name = RefName.of("runs", id.value());
      Digest record = refs.find(name).orElseThrow().target();
      assertThat(refs.delete(name, record, new Cause("ada", "mistake"))).isTrue();

      tracker.rebuild(Execution.here());

      assertThat(tracker.find(id)).isEmpty();
      assertThat(tracker.list(RunQuery.all())).hasSize(11);
    }
  }

  @Test
  void rebuild_refToSomethingElse_isAProblem() throws IOException {
    Digest record;
    try (SqliteTracker tracker = open()) {
      fill(tracker);
      record = tracker.list(RunQuery.all()).get(0).record().orElseThrow();
    }
    Digest environment = store.get(record).requireTarget("environment");
    refs.create(RefName.of("runs", "odd"), environment, new Cause("ada", ""));
    try (SqliteTracker tracker = open()) {
      assertThat(tracker.rebuild(Execution.here()))
          .singleElement()
          .satisfies(problem -> assertThat(problem.where()).isEqualTo("runs/odd"))
          .satisfies(problem -> assertThat(problem.what()).contains("run/1"));
      assertThat(tracker.list(RunQuery.all())).hasSize(12);
    }
  }

  @Test
  void rebuild_cancelled_leavesWhatIsRight() throws IOException {
    try (SqliteTracker tracker = open()) {
      fill(tracker);
      Answers before = Answers.of(tracker);
      int[] asked = {0};

      assertThatThrownBy(
              () -> tracker.rebuild(Execution.here().withCancellation(() -> ++asked[0] > 5)))
          .isInstanceOf(CancellationException.class);

      assertThat(Answers.of(tracker)).isEqualTo(before);
    }
  }
}
