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
          ExampleContext.of("transform/package-info.java").each("fit"),
          ExampleContext.of("transform/Features.java")
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
              .then(
                  """
                  var report = commit(peopleFile(), checks).checks();
                  assertThat(report.isClean()).isTrue();
                  assertThat(report.results()).hasSize(3);
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
