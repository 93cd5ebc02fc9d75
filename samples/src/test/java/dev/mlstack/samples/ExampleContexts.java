package dev.mlstack.samples;

import java.util.List;

/** The contexts of all examples of the documentation; {@link ExampleWorld} has what they share. */
final class ExampleContexts {

  static final List<ExampleContext> ALL =
      List.of(
          ExampleContext.of("README.md", 1)
              .then(
                  """
                  assertThat(printed())
                      .startsWith("auc 0.9")
                      .contains("MALIGNANT", "release: release/1", "source: source/1");
                  """),
          ExampleContext.of("README.md", 2)
              .imports("dev.mlstack.samples.Quickstart.Nucleus")
              .given(
                  """
                  quickstart();
                  var label = diagnosis;
                  var nucleus = new Nucleus(25.4, 17.3, 0.27);
                  """)
              .then(
                  """
                  try (var workspace = Workspace.open(directory)) {
                    assertThat(workspace.replay("diagnosis").equal()).isEqualTo(2);
                  }
                  """),
          ExampleContext.of("schema/Column.java")
              .then(
                  """
                  Schema schema = Schema.of(Visit.class);
                  assertThat(schema.names()).containsExactly("id", "Patient name", "image");
                  assertThat(schema.inRole(Role.FEATURE)).hasSize(1);
                  assertThat(schema.field("image").type()).isEqualTo(FieldType.tensor(1, 8, 8));
                  """),
          ExampleContext.of("model/ModelRecipe.java")
              .imports("static dev.mlstack.data.transform.Impute.MEDIAN")
              .then("assertThat(testOnPatients(recipe)).isGreaterThan(0.98);"),
          ExampleContext.of("store/Batch.java")
              .given(
                  """
                  var fitted = fit(Features.standard());
                  var name = RefName.of("pipelines", "people");
                  var cause = new Cause("ada", "");
                  """)
              .then(
                  """
                  var target = refs.find(name).orElseThrow().target();
                  assertThat(Pipelines.load(store, target).digest()).isEqualTo(fitted.digest());
                  """),
          ExampleContext.of("run/Run.java")
              .given(
                  """
                  var request = RunRequest.of("people", "first", "ada");
                  var step = 1;
                  var loss = 0.25;
                  """)
              .then(
                  """
                  var run = tracker.list(RunQuery.all()).get(0);
                  assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
                  assertThat(tracker.history(run.id(), "loss")).hasSize(1);
                  """),
          ExampleContext.of("table/TableReader.java").given("var dataset = people();"),
          ExampleContext.of("feature/DenseFeatures.java")
              .given(
                  """
                  var dataset = people();
                  var pipeline = fit(Features.standard());
                  """)
              .then("assertThat(features.rows()).isEqualTo(40);"),
          ExampleContext.of("feature/package-info.java")
              .text("json")
              .then(
                  """
                  var stored =
                      StoredObject.of(
                          ObjectKind.CONTENT,
                          FittedPipeline.TYPE,
                          List.of(),
                          Json.parse(json).asDoc());
                  try (var batch = store.batch()) {
                    batch.put(stored);
                    batch.commit();
                  }
                  var pipeline = Pipelines.load(store, stored.digest());
                  assertThat(pipeline.input().names()).containsExactly("age", "color");
                  assertThat(pipeline.layout().width()).isEqualTo(4);
                  """),
          ExampleContext.of("profile/Profile.java")
              .given("var split = people().split(0.8, 1);")
              .then(
                  """
                  assertThat(share).isBetween(0.0, 1.0);
                  assertThat(median).isBetween(0.0, 120.0);
                  assertThat(colors).isNotEmpty();
                  assertThat(both.rows()).isEqualTo(people().rows());
                  """),
          ExampleContext.of("profile/ProfileAccumulator.java")
              .given(
                  """
                  var schema = Schema.of(Field.of("age", FieldType.INT64));
                  var row = ValuesRow.of(schema, 42L);
                  """)
              .then("assertThat(soFar.rows()).isEqualTo(1);"),
          ExampleContext.of("profile/ProfileCells.java")
              .given(
                  """
                  var profile = Profile.of(people(), Execution.here());
                  var requests = Schema.of(Field.of("age", FieldType.INT64));
                  var row = ValuesRow.of(requests, 42L);
                  """)
              .then("assertThat(actual).hasSameSizeAs(expected).contains(1);"),
          ExampleContext.of("report/Report.java")
              .given(
                  """
                  var header = List.of("model", "auc");
                  var rows = List.of(List.of("logistic", "0.99"));
                  var best = 0;
                  """)
              .then(
                  """
                  assertThat(directory.resolve("report.html"))
                      .content()
                      .contains("Patients", "Runs", "logistic");
                  """),
          ExampleContext.of("transform/package-info.java")
              .imports("static dev.mlstack.core.expr.Expr.number")
              .each("fit"),
          ExampleContext.of("transform/Bins.java")
              .imports("dev.mlstack.data.transform.Bins")
              .each("fit"),
          ExampleContext.of("transform/TargetMeans.java").each("fit"),
          ExampleContext.of("transform/Vocabulary.java").each("fit"),
          ExampleContext.of("transform/Features.java")
              .imports("static dev.mlstack.core.expr.Expr.number")
              .given(
                  """
                  var numbers = Features.numeric().impute(Impute.MEDIAN).standardize();
                  var categories = Features.categorical().oneHot();
                  var someOthers = Features.numeric("age").minMax();
                  """)
              .each("fit"),
          ExampleContext.of("version/Datasets.java")
              .given(
                  """
                  var path = csv;
                  var checks = Checks.none();
                  """)
              .then(
                  """
                  assertThat(patients.rows()).isEqualTo(569);
                  assertThat(datasets.names()).containsExactly("patients");
                  """),
          ExampleContext.of("read/Csv.java")
              .given("var path = csv;")
              .then("assertThat(commit(patients).rows()).isEqualTo(569);"),
          ExampleContext.of("arrow/ArrowTableBuilder.java")
              .imports("org.apache.arrow.memory.RootAllocator")
              .given(
                  """
                  var schema = Schema.of(Field.of("age", FieldType.INT64));
                  var rowId = 1L;
                  var allocator = new RootAllocator();
                  """)
              .then("allocator.close();"),
          ExampleContext.of("check/Checks.java")
              .imports("static dev.mlstack.data.check.Checks.column")
              .given(
                  """
                  var dataset = people();
                  var ids =
                      java.util.stream.IntStream.range(0, 40)
                          .mapToObj(i -> "\\nc-" + i)
                          .collect(java.util.stream.Collectors.joining("", "id", "\\n"));
                  var customers =
                      new Datasets(store, refs, "ada", Execution.here())
                          .dataset("customers")
                          .commit(Csv.file(Files.writeString(directory.resolve("customers.csv"), ids)));
                  """)
              .then(
                  """
                  assertThat(report.isClean()).isTrue();
                  assertThat(report.results()).hasSize(6);
                  """),
          ExampleContext.of("version/Datasets.java", 2)
              .given(
                  """
                  var datasets = new Datasets(store, refs, "ada", Execution.here());
                  datasets.dataset("patients").commit(peopleFile());
                  var file = directory.resolve("audit.jsonl");
                  var audit = AuditFile.open(file);
                  """)
              .then(
                  """
                  patients.forEach(table -> {});
                  audit.close();
                  assertThat(Files.readString(file)).contains("ada", "patients");
                  """),
          ExampleContext.of("access/AccessPolicy.java")
              .given("var doctors = Set.of(\"ada\");")
              .then(
                  """
                  var mail = Field.of("mail", FieldType.TEXT).withTags(Set.of("pii"));
                  assertThat(policy.of("ada", "people", mail)).isEqualTo(Access.ALLOWED);
                  assertThat(policy.of("bob", "people", mail)).isEqualTo(Access.HIDDEN);
                  """),
          ExampleContext.of("expr/Expr.java")
              .imports(
                  "static dev.mlstack.core.expr.Expr.number",
                  "static dev.mlstack.core.expr.Expr.text")
              .then("assertThat(same).isEqualTo(risky);"),
          ExampleContext.of("table/Dataset.java")
              .imports("java.util.stream.Stream")
              .given("var dataset = patients();")
              .then("assertThat(dataset.rows()).isEqualTo(569);"),
          ExampleContext.of("table/Target.java")
              .given(
                  """
                  var snapshot = people();
                  Target target = CsvTarget.to(directory.resolve("written.csv"));
                  """)
              .then("assertThat(rows).isEqualTo(40);"),
          ExampleContext.of("write/CsvTarget.java")
              .given(
                  """
                  var snapshot = people();
                  var path = directory.resolve("written.csv.gz");
                  """)
              .then("assertThat(commit(Csv.file(path)).rows()).isEqualTo(40);"),
          ExampleContext.of("ipc/ArrowIpc.java")
              .given(
                  """
                  var path = directory.resolve("patients.arrow");
                  ArrowIpc.to(path).write(patients(), Execution.here());
                  """)
              .then("assertThat(commit(patients).rows()).isEqualTo(569);"),
          ExampleContext.of("ipc/ArrowIpcTarget.java")
              .given(
                  """
                  var snapshot = people();
                  var path = directory.resolve("people.arrow");
                  """)
              .then("assertThat(commit(ArrowIpc.file(path)).rows()).isEqualTo(40);"),
          ExampleContext.of("parquet/Parquet.java")
              .given(
                  """
                  var path = directory.resolve("patients.parquet");
                  Parquet.to(path).write(patients(), Execution.here());
                  """)
              .then("assertThat(commit(patients).rows()).isEqualTo(569);"),
          ExampleContext.of("parquet/ParquetTarget.java")
              .given(
                  """
                  var snapshot = people();
                  var path = directory.resolve("people.parquet");
                  """)
              .then("assertThat(commit(Parquet.file(path)).rows()).isEqualTo(40);"),
          ExampleContext.of("jdbc/Jdbc.java")
              .given(
                  """
                  var dataSource = new org.sqlite.SQLiteDataSource();
                  dataSource.setUrl("jdbc:sqlite:" + directory.resolve("patients.db"));
                  Jdbc.to(dataSource::getConnection, "patients").write(patients(), Execution.here());
                  try (var connection = dataSource.getConnection();
                      var statement = connection.createStatement()) {
                    statement.execute("alter table patients add column age integer default 50");
                  }
                  """)
              .then("assertThat(commit(patients).rows()).isEqualTo(569);"),
          ExampleContext.of("jdbc/JdbcTarget.java")
              .given(
                  """
                  var snapshot = people();
                  var dataSource = new org.sqlite.SQLiteDataSource();
                  dataSource.setUrl("jdbc:sqlite:" + directory.resolve("people.db"));
                  """)
              .then(
                  """
                  var read = Jdbc.table(dataSource::getConnection, "patients");
                  assertThat(commit(read).rows()).isEqualTo(40);
                  """),
          ExampleContext.of("json/JsonLines.java")
              .given(
                  """
                  var path = directory.resolve("patients.jsonl");
                  JsonLines.to(path).write(patients(), Execution.here());
                  """)
              .then("assertThat(commit(patients).rows()).isEqualTo(569);"),
          ExampleContext.of("rows/Rejects.java")
              .given(
                  """
                  var file = directory.resolve("people.jsonl");
                  Files.writeString(
                      file,
                      \"\"\"
                      {"id": 1, "age": 20}
                      {"id": 2, "age": "1O"}
                      \"\"\");
                  var rejected = commit(JsonLines.file(file).type("age", FieldType.INT64)).rejected();
                  """)
              .then("assertThat(commit(again).rows()).isEqualTo(1);"),
          ExampleContext.of("rows/Rows.java")
              .imports("dev.mlstack.data.rows.Rows")
              .given(
                  """
                  var dataset = new Datasets(store, refs, "ada", Execution.here()).dataset("again");
                  List<Patient> patients;
                  try (var all = patients().records(Patient.class)) {
                    patients = all.toList();
                  }
                  """)
              .then("assertThat(dataset.head().orElseThrow().rows()).isEqualTo(569);"),
          ExampleContext.of("version/RowSelection.java")
              .given(
                  """
                  var loans = new Datasets(store, refs, "ada", Execution.here()).dataset("loans");
                  loans.commit(peopleFile());
                  """)
              .then("assertThat(loans.head().orElseThrow().rows()).isEqualTo(39);"),
          ExampleContext.of("version/Merge.java")
              .given(
                  """
                  var loans = new Datasets(store, refs, "ada", Execution.here()).dataset("loans");
                  loans.commit(peopleFile());
                  loans.branch("fix").delete(RowSelection.having("id", 3), "twice");
                  """)
              .then(
                  """
                  assertThat(open).isEmpty();
                  assertThat(merged.rows()).isEqualTo(39);
                  """),
          ExampleContext.of("version/VersionedDataset.java")
              .given(
                  """
                  var datasets = new Datasets(store, refs, "ada", Execution.here());
                  var checks = Checks.none();
                  var first = Files.writeString(directory.resolve("1.csv"), "id,x,y\\n1,2,3\\n2,3,4\\n");
                  var today = Files.writeString(directory.resolve("2.csv"), "id,x,y\\n3,2,-3\\n");
                  """)
              .then("assertThat(loans.head().orElseThrow().rows()).isEqualTo(2);"),
          ExampleContext.of("store/StoreArchive.java")
              .given(
                  """
                  var execution = Execution.here();
                  new Datasets(store, refs, "ada", execution).dataset("loans").commit(peopleFile());
                  var other = Workspace.inMemory();
                  var otherStore = other.objects();
                  var otherRefs = other.refs();
                  var file = directory.resolve("archive");
                  var out = Files.newOutputStream(file);
                  var in = Files.newInputStream(file);
                  """)
              .then(
                  """
                  assertThat(otherRefs.find(RefName.of("datasets", "loans", "main"))).isPresent();
                  other.close();
                  """),
          ExampleContext.of("torch/package-info.java")
              .imports("static dev.mlstack.train.torch.Layer.*")
              .then("trainOnDigits(trainer);"),
          ExampleContext.of("torch/Network.java")
              .imports("static dev.mlstack.train.torch.Layer.*")
              .each("trainOnDigits"),
          ExampleContext.of("torch/NeuralNetwork.java").each("trainOnDigits"));

  private ExampleContexts() {}
}
