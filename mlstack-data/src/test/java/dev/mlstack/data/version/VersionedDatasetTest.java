package dev.mlstack.data.version;

import static dev.mlstack.data.check.Checks.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.core.store.Records;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.check.Checks;
import dev.mlstack.data.check.ChecksRefusedException;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.testing.RandomTables;
import dev.mlstack.data.testing.TableAssert;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.Provenance;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoredObject;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits: what is stored, what is set aside, and who comes after whom. */
class VersionedDatasetTest {

  private static final String PATIENTS =
      """
      id,age,sex
      1,34,m
      2,x,f
      3,150,f
      4,28,q
      2,41,m
      3,60,f
      2,42,f
      5,,m
      """;

  private final BufferAllocator allocator = new RootAllocator();
  private final MemoryStore store = new MemoryStore();
  private final MemoryRefs refs = new MemoryRefs();
  private final Datasets datasets =
      new Datasets(store, refs, "ada", Execution.here()).withAllocator(allocator);
  private final VersionedDataset patients = datasets.dataset("patients");
  private final Path directory;

  VersionedDatasetTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(allocator.getAllocatedMemory()).isZero();
    allocator.close();
  }

  private Csv csv(String text) throws IOException {
    return Csv.file(Files.writeString(directory.resolve("patients.csv"), text))
        .allocator(allocator);
  }

  private Csv patientsCsv() throws IOException {
    return csv(PATIENTS)
        .key("id")
        .type("age", FieldType.INT32)
        .type("sex", FieldType.category(List.of("f", "m", "q")));
  }

  private static List<Object> values(Dataset data, String name) {
    List<Object> values = new ArrayList<>();
    data.forEach(table -> values.addAll(TableAssert.values(table.column(name))));
    return values;
  }

  @Test
  void commit_csv_givesTheRowsThatAreGood() throws IOException {
    Checks checks = Checks.of(column("age").between(0, 120), column("sex").oneOf("m", "f"));
    Snapshot data = patients.commit(patientsCsv(), checks, "first import");
    assertThat(data.rows()).isEqualTo(4);
    assertThat(values(data, "id")).containsExactly(1L, 2L, 3L, 5L);
    assertThat(values(data, "age")).containsExactly(34L, 41L, 60L, "missing");
    assertThat(values(data, "sex")).containsExactly("text m", "text m", "text f", "text m");
    assertThat(data.schema().field("id").role()).isEqualTo(Role.KEY);
  }

  /** In the order of their lines, whoever set them aside. */
  @Test
  void rejected_hasAllOthers() throws IOException {
    Checks checks = Checks.of(column("age").between(0, 120), column("sex").oneOf("m", "f"));
    Dataset rejected = patients.commit(patientsCsv(), checks).rejected();
    assertThat(rejected.rows()).isEqualTo(4);
    assertThat(values(rejected, "line")).containsExactly(3L, 4L, 5L, 8L);
    assertThat(values(rejected, "source")).containsOnly("text patients.csv");
    assertThat(values(rejected, "offset")).containsExactly(18L, "missing", "missing", "missing");
    assertThat(values(rejected, "column"))
        .containsExactly("text age", "text age", "text sex", "text id");
    assertThat(values(rejected, "value")).containsExactly("text x", "text 150", "text q", "text 2");
    assertThat(values(rejected, "reason"))
        .containsExactly(
            "text not a whole number",
            "text must be between 0 and 120",
            "text must be one of [m, f]",
            "text this key stands on line 6 already");
    assertThat(values(rejected, "text"))
        .containsExactly("text 2,x,f", "text 3,150,f", "text 4,28,q", "text 2,42,f");
  }

  @Test
  void checks_areReported() throws IOException {
    Checks checks = Checks.of(column("age").notNull().note(), column("age").atMost(120));
    Snapshot data = patients.commit(patientsCsv(), checks);
    assertThat(data.checks().rows()).isEqualTo(7);
    assertThat(data.checks().results().stream().map(Object::toString))
        .containsExactly(
            "age must not be missing fails in 1 row", "age must be at most 120 fails in 1 row");
    assertThat(patients.head().orElseThrow().checks()).isEqualTo(data.checks());
    assertThat(patients.commit(csv("a,b\n1,2\n")).checks().results()).isEmpty();
  }

  @Test
  void commit_clean_hasNothingSetAside() throws IOException {
    Snapshot data = patients.commit(csv("a,b\n1,2\n"));
    assertThat(data.rejected().rows()).isZero();
    assertThat(data.rejected().schema()).isEqualTo(RejectedRows.SCHEMA);
    assertThat(data.commit().orElseThrow().rejectedRows()).isEmpty();
  }

  @Test
  void commit_tellsWhoWhenAndOfWhat() throws IOException {
    Csv source = patientsCsv();
    Commit first = patients.commit(source, Checks.none(), "first import").commit().orElseThrow();
    Commit second = patients.commit(source).commit().orElseThrow();
    assertThat(first.dataset()).isEqualTo("patients");
    assertThat(first.message()).isEqualTo("first import");
    assertThat(first.by()).isEqualTo("ada");
    assertThat(first.parents()).isEmpty();
    assertThat(first.source()).hasValue(source.origin());
    assertThat(first.rows()).isEqualTo(5);
    assertThat(first.rejected()).isEqualTo(3);
    assertThat(first.checks()).isEmpty();
    assertThat(second.parents()).containsExactly(first.digest());
    assertThat(second.at()).isAfterOrEqualTo(first.at());
    assertThat(patients.log()).containsExactly(second, first);
    assertThat(first).hasToString(first.digest().abbreviated() + " patients: first import");
  }

  @Test
  void commit_isStoredAsARecordWithItsEdges() throws IOException {
    Csv source = patientsCsv();
    Checks checks = Checks.of(column("age").atMost(120));
    Digest parent = patients.commit(source).record().orElseThrow();
    Snapshot data = patients.commit(source, checks, "again");
    StoredObject object = store.get(data.record().orElseThrow());
    assertThat(object.type()).isEqualTo(Commit.TYPE);
    assertThat(object.edges().stream().map(edge -> edge.name() + " " + edge.holds()))
        .containsExactly(
            "recipe true",
            "source true",
            "output.snapshot true",
            "output.rejected true",
            "output.checks true",
            "parent true");
    assertThat(object.requireTarget("output.snapshot")).isEqualTo(data.digest());
    assertThat(object.requireTarget("parent")).isEqualTo(parent);
    Provenance record = Records.read(object);
    assertThat(record.facts().canonicalJson())
        .isEqualTo(
            "{\"dataset\":\"patients\",\"message\":\"again\",\"rejected\":3,\"rows\":5,"
                + "\"source\":\"patients.csv\"}");
    StoredObject origin = store.get(object.requireTarget("source"));
    assertThat(origin.payloadText())
        .isEqualTo("{\"bytes\":65,\"sha256\":\"" + source.origin().digest().hex() + "\"}");
    Recipe recipe = Records.recipe(store, object.requireTarget("recipe"));
    assertThat(recipe.operation()).isEqualTo(Csv.OPERATION);
    assertThat(recipe.inputs()).containsOnlyKeys("source").containsValue(origin.digest());
    assertThat(json(recipe, "source")).isEqualTo(source.parameters().canonicalJson());
    assertThat(json(recipe, "schema")).isEqualTo(data.schema().toValue().canonicalJson());
    assertThat(json(recipe, "checks")).isEqualTo(checks.toValue().canonicalJson());
    assertThat(recipe.parameters().text("format")).isEqualTo("snapshot/1");
  }

  private static String json(Recipe recipe, String parameter) {
    return recipe.parameters().get(parameter).canonicalJson();
  }

  /** One recipe, one content; every record is another. */
  @Test
  void commit_again_givesTheSameContentAndAnotherRecord() throws IOException {
    Checks checks = Checks.of(column("age").between(0, 120));
    Snapshot one = patients.commit(patientsCsv(), checks, "one");
    Snapshot other =
        new Datasets(store, refs, "bob", Execution.here())
            .dataset("others")
            .commit(patientsCsv(), checks, "two");
    Commit first = one.commit().orElseThrow();
    Commit second = other.commit().orElseThrow();
    assertThat(second.recipe()).isEqualTo(first.recipe());
    assertThat(second.snapshot()).isEqualTo(first.snapshot());
    assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows()).isPresent();
    assertThat(second.checks()).isEqualTo(first.checks()).isPresent();
    assertThat(second.digest()).isNotEqualTo(first.digest());
    Commit third =
        patients
            .commit(patientsCsv(), Checks.of(column("age").between(0, 121)))
            .commit()
            .orElseThrow();
    assertThat(third.recipe()).isNotEqualTo(first.recipe());
    assertThat(third.snapshot()).isEqualTo(first.snapshot());
  }

  @Test
  void commit_refused_storesNothing() throws IOException {
    Snapshot before = patients.commit(patientsCsv());
    long objects = store.digests().count();
    assertThatExceptionOfType(ChecksRefusedException.class)
        .isThrownBy(
            () ->
                patients.commit(
                    patientsCsv(), Checks.of(column("age").atMost(120).refuse()), "worse"))
        .withMessage(
            "patients.csv is refused and nothing was stored: age must be at most 120 fails in 1 row"
                + " of 7, line 4 ('150')");
    assertThat(store.digests()).hasSize((int) objects);
    assertThat(patients.head().orElseThrow().record()).isEqualTo(before.record());
  }

  @Test
  void commit_failing_storesNothing() throws IOException {
    Csv source = patientsCsv();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> patients.commit(source, Checks.of(column("weight").notNull())))
        .withMessage("there is no column 'weight' in [id, age, sex]");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> patients.commit(source.maxRejected(0)));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> patients.commit(source, Checks.of(column("id").atMost(0))))
        .withMessage("patients.csv has no row that can be committed: all 8 were set aside");
    Datasets cancelled =
        new Datasets(store, refs, "ada", Execution.here().withCancellation(() -> true));
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> cancelled.dataset("patients").commit(source));
    assertThat(store.digests()).isEmpty();
    assertThat(patients.head()).isEmpty();
    assertThat(patients.log()).isEmpty();
  }

  @Test
  void snapshot_ofAnyVersion_isRead() throws IOException {
    Snapshot one = patients.commit(csv("a\n1\n2\n"));
    Snapshot two = patients.commit(csv("a\n3\n"));
    Snapshot past = patients.snapshot(one.record().orElseThrow());
    assertThat(values(past, "a")).containsExactly(1L, 2L);
    assertThat(past.commit()).isEqualTo(one.commit());
    Snapshot content = patients.snapshot(two.digest());
    assertThat(values(content, "a")).containsExactly(3L);
    assertThat(content.commit()).isEmpty();
    assertThat(content.record()).isEmpty();
    assertThat(content.rejected().rows()).isZero();
    assertThat(content.digest()).isEqualTo(two.digest());
    assertThat(values(patients.head().orElseThrow(), "a")).containsExactly(3L);
  }

  @Test
  void snapshot_digestOfSomethingElse_isRefused() throws IOException {
    Commit commit = patients.commit(csv("a\n1\n")).commit().orElseThrow();
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> patients.snapshot(commit.recipe()));
    assertThatExceptionOfType(ObjectNotFoundException.class)
        .isThrownBy(() -> patients.snapshot(Digest.of(new byte[1])));
  }

  @Test
  void names_listDatasets() throws IOException {
    assertThat(datasets.names()).isEmpty();
    patients.commit(csv("a\n1\n"));
    datasets.dataset("loans").commit(csv("a\n1\n"));
    refs.create(
        RefName.of("models", "m", "main"),
        patients.head().orElseThrow().digest(),
        new dev.mlstack.store.Cause("ada", ""));
    assertThat(datasets.names()).containsExactly("loans", "patients");
    assertThat(refs.find(RefName.of("datasets", "loans", "main"))).isPresent();
    assertThat(patients.name()).isEqualTo("patients");
    assertThatIllegalArgumentException().isThrownBy(() -> datasets.dataset("No Name"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Datasets(store, refs, " ", Execution.here()));
  }

  /** The rows that were set aside can be mended and put back. */
  @Test
  void rejected_mendedAndCommittedWithTheOthers_isWhole() throws IOException {
    Snapshot data =
        patients.commit(csv("id,age\n1,34\n2,3O\n3,28\n").key("id").type("age", FieldType.INT64));
    List<Object> texts = values(data.rejected(), "text");
    String mended = texts.get(0).toString().replaceFirst("^text ", "").replace('O', '0');
    Snapshot whole = patients.commit(csv("id,age\n1,34\n" + mended + "\n3,28\n").key("id"));
    assertThat(whole.rejected().rows()).isZero();
    assertThat(values(whole, "age")).containsExactly(34L, 30L, 28L);
    assertThat(TableAssert.rows(whole)).containsAll(TableAssert.rows(data));
  }

  /** Two that commit at once both succeed, one on top of the other. */
  @Test
  void commit_byManyAtOnce_losesNone() throws Exception {
    int threads = 4;
    int commits = 10;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<Digest>>> futures = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String by = "thread-" + thread;
        futures.add(executor.submit(() -> commitMany(by, commits)));
      }
      List<Digest> all = new ArrayList<>();
      for (Future<List<Digest>> future : futures) {
        all.addAll(future.get());
      }
      assertThat(patients.log().stream().map(Commit::digest))
          .containsExactlyInAnyOrderElementsOf(all)
          .hasSize(threads * commits);
      assertThat(refs.history(RefName.of("datasets", "patients", "main")))
          .hasSize(threads * commits);
    } finally {
      executor.shutdownNow();
    }
  }

  private List<Digest> commitMany(String by, int commits) throws IOException {
    Schema schema = Schema.of(Field.of("by", FieldType.TEXT), Field.of("n", FieldType.INT64));
    VersionedDataset mine =
        new Datasets(store, refs, by, Execution.here())
            .withAllocator(allocator)
            .dataset("patients");
    List<Digest> digests = new ArrayList<>();
    for (int i = 0; i < commits; i++) {
      MemoryTable rows = MemoryTable.builder(schema).add(1, by, i).build();
      Snapshot data = mine.commit(TestSource.of(rows));
      assertThat(values(data, "n")).containsExactly((long) i);
      digests.add(data.record().orElseThrow());
    }
    return digests;
  }

  /** The head moves between reading it and moving it: the commit follows the new head. */
  @Test
  void commit_overtaken_followsTheOther() throws IOException {
    MemoryTable rows =
        MemoryTable.builder(Schema.of(Field.of("n", FieldType.INT64))).add(1, 7).build();
    List<Digest> overtaking = new ArrayList<>();
    MemoryRefs overtaken = new MemoryRefs();
    Datasets other = new Datasets(store, overtaken, "bob", Execution.here());
    MovingRefs moving =
        new MovingRefs(
            overtaken,
            () -> {
              if (overtaking.size() < 3) {
                overtaking.add(commit(other, rows));
              }
            });
    Snapshot last =
        new Datasets(store, moving, "ada", Execution.here())
            .dataset("patients")
            .commit(TestSource.of(rows));
    List<Digest> history = other.dataset("patients").log().stream().map(Commit::digest).toList();
    assertThat(history).hasSize(4).startsWith(last.record().orElseThrow());
    assertThat(overtaking).containsExactly(history.get(3), history.get(2), history.get(1));
  }

  private static Digest commit(Datasets datasets, MemoryTable rows) {
    try {
      return datasets.dataset("patients").commit(TestSource.of(rows)).record().orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void commit_everyType_readsAsItWas() throws IOException {
    MemoryTable rows = RandomTables.table(RandomTables.schema(), 9000, 0.2, new Random(4));
    Snapshot data = patients.commit(TestSource.of(rows, 100, 1, 4000));
    assertThat(data.schema()).isEqualTo(rows.schema());
    for (String name : rows.schema().names()) {
      List<Object> expected =
          TableAssert.values(rows.column(name)).stream()
              .map(VersionedDatasetTest::canonical)
              .toList();
      assertThat(values(data, name)).as(name).isEqualTo(expected);
    }
    assertThat(IntStream.range(0, 3).mapToObj(i -> data.shards().get(i))).doesNotContainNull();
  }

  /** There is one zero in what is stored. */
  private static Object canonical(Object value) {
    if (value instanceof Double number) {
      return number + 0.0;
    } else if (value instanceof List<?> numbers) {
      return numbers.stream().map(number -> (Float) number + 0.0f).toList();
    }
    return value;
  }
}
