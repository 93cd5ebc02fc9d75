package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Applications in processes of their own, started without any flag, on every JDK there is. */
class PlainApplicationTest {

  /** JDKs from this one on warn of native libraries; see the README. */
  private static final int FIRST_THAT_WARNS = 24;

  private static final String CSV = SampleFiles.data("breast_cancer.csv").toString();

  private static final String MODULE = "module app { requires dev.mlstack; exports app.open; }";

  /** Its records are seen by itself alone. */
  private static final String MAIN =
      """
      package app;

      import dev.mlstack.Workspace;
      import dev.mlstack.data.read.Csv;
      import dev.mlstack.data.transform.Features;
      import dev.mlstack.model.Label;
      import dev.mlstack.model.ModelRecipe;
      import dev.mlstack.train.linear.Logistic;
      import dev.mlstack.train.torch.Network;
      import dev.mlstack.train.torch.NeuralNetwork;
      import java.io.IOException;
      import java.lang.invoke.MethodHandles;
      import java.nio.file.Path;
      import java.util.List;

      final class Main {

        enum Diagnosis { BENIGN, MALIGNANT }

        record Nucleus(double worstRadius, double worstTexture, double worstConcavePoints) {}

        public static void main(String[] arguments) throws IOException {
          var label = Label.binary("diagnosis", Diagnosis.MALIGNANT);
          try (var workspace = Workspace.open(Path.of(arguments[1]))) {
            var csv = Csv.file(Path.of(arguments[0])).as(Nucleus.class).label(label);
            var patients = workspace.dataset("patients").commit(csv);
            var network = NeuralNetwork.of(Network.mlp(16)).withLearningRate(0.01).withEpochs(10);
            for (var trainer : List.of(Logistic.defaults(), network)) {
              var recipe =
                  ModelRecipe.predict(label).features(Features.standard()).trainer(trainer);
              try (var trained = workspace.train(recipe, patients.split(0.8, 42), 42)) {
                workspace.promote("diagnosis", trained, "");
              }
              try (var endpoint =
                  workspace.endpoint("diagnosis", Nucleus.class, MethodHandles.lookup(), label)) {
                var answer = endpoint.predict(new Nucleus(25.4, 17.3, 0.27)).value();
                System.out.println(Main.class.getModule() + ": " + answer.best());
              }
            }
            app.open.Service.answer(workspace, label);
          }
        }
      }
      """;

  /** Its records are public in an exported package and need no lookup. */
  private static final String SERVICE =
      """
      package app.open;

      import dev.mlstack.Workspace;
      import dev.mlstack.model.Classification;
      import dev.mlstack.model.Label;

      public final class Service {

        public record Nucleus(
            double worstRadius, double worstTexture, double worstConcavePoints) {}

        public static <E> void answer(Workspace workspace, Label<Classification<E>> label) {
          try (var endpoint = workspace.endpoint("diagnosis", Nucleus.class, label)) {
            var answer = endpoint.predict(new Nucleus(12, 20, 0.05));
            System.out.println(Workspace.class.getModule() + ": " + answer.value().best());
            System.out.println(workspace.trace(answer.id()).step("source").isPresent());
          }
        }
      }
      """;

  private final Path directory;

  PlainApplicationTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** What an application does on a JDK. */
  private interface Application {
    Jdk.Ending run(Jdk jdk, Path home) throws IOException, InterruptedException;
  }

  @TestFactory
  Stream<DynamicTest> applicationOnTheClassPath_trainsServesAndTraces() throws IOException {
    String path = System.getProperty("java.class.path");
    return onEveryJdk(
        (jdk, home) ->
            jdk.java(
                home, List.of("-cp", path, PlainApplication.class.getName(), CSV, workspace(home))),
        "logistic says MALIGNANT from source/1",
        "neural-network says MALIGNANT from source/1");
  }

  @TestFactory
  Stream<DynamicTest> applicationOfNamedModule_trainsServesAndTraces() throws IOException {
    ModulePath path = new ModulePath(directory);
    Path classes =
        Javac.compile(
            Map.of(
                "module-info.java", MODULE,
                "app/Main.java", MAIN,
                "app/open/Service.java", SERVICE),
            directory.resolve("app"),
            "-p",
            path.modules());
    String modules = classes + File.pathSeparator + path.modules();
    return onEveryJdk(
        (jdk, home) ->
            jdk.java(
                home,
                List.of(
                    "-p",
                    modules,
                    "-cp",
                    path.others(),
                    "-m",
                    "app/app.Main",
                    CSV,
                    workspace(home))),
        "module app: MALIGNANT",
        "module app: MALIGNANT",
        "module dev.mlstack: BENIGN",
        "true");
  }

  private static String workspace(Path home) {
    return home.resolve("workspace").toString();
  }

  private Stream<DynamicTest> onEveryJdk(Application application, String... output)
      throws IOException {
    List<Jdk> others = Jdk.others();
    Stream<DynamicTest> more =
        others.isEmpty()
            ? Stream.of(dynamicTest("another JDK", () -> Assumptions.abort(Jdk.NO_OTHERS)))
            : others.stream().map(jdk -> test(jdk, application, output));
    return Stream.concat(Stream.of(test(Jdk.current(), application, output)), more);
  }

  private DynamicTest test(Jdk jdk, Application application, String... output) {
    return dynamicTest(
        jdk.toString(),
        () -> {
          Path home = Files.createTempDirectory(directory, "jdk");
          Jdk.Ending ending = application.run(jdk, home);
          assertThat(ending.errors())
              .filteredOn(line -> !mayBeSaid(line, jdk))
              .as("errors of the application")
              .isEmpty();
          assertThat(ending.exit()).isZero();
          assertThat(ending.output()).containsExactly(output);
        });
  }

  private static boolean mayBeSaid(String line, Jdk jdk) {
    boolean warning = line.startsWith("WARNING: ") || line.isBlank();
    return line.startsWith("SLF4J") || (warning && jdk.feature() >= FIRST_THAT_WARNS);
  }
}
