package dev.mlstack.samples;

import dev.mlstack.Workspace;
import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.transform.Features;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.model.Classification;
import dev.mlstack.model.Label;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.model.Trainer;
import dev.mlstack.predict.Prediction;
import dev.mlstack.predict.Trace;
import dev.mlstack.samples.Quickstart.Nucleus;
import dev.mlstack.store.VersionedName;
import dev.mlstack.train.linear.Logistic;
import dev.mlstack.train.torch.Network;
import dev.mlstack.train.torch.NeuralNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A small application that {@link PlainApplicationTest} runs in a process of its own. */
final class PlainApplication {

  private PlainApplication() {}

  /** Trains two models, and for each says what it answers and where the answer came from. */
  public static void main(String[] arguments) throws IOException {
    var label = Label.binary("diagnosis", Diagnosis.MALIGNANT);
    try (var workspace = Workspace.open(Path.of(arguments[1]))) {
      Csv csv = Csv.file(Path.of(arguments[0])).as(Nucleus.class).label(label);
      Snapshot patients = workspace.dataset("patients").commit(csv);
      for (Trainer trainer :
          List.of(
              Logistic.defaults(),
              NeuralNetwork.of(Network.mlp(16)).withLearningRate(0.01).withEpochs(10))) {
        var recipe = ModelRecipe.predict(label).features(Features.standard()).trainer(trainer);
        try (TrainedModel<?> trained = workspace.train(recipe, patients.split(0.8, 42), 42)) {
          workspace.promote("diagnosis", trained, "");
        }
        answer(workspace, label);
      }
    }
  }

  private static void answer(Workspace workspace, Label<Classification<Diagnosis>> label) {
    try (var endpoint = workspace.endpoint("diagnosis", Nucleus.class, label)) {
      Prediction<Classification<Diagnosis>> answer =
          endpoint.predict(new Nucleus(25.4, 17.3, 0.27));
      Trace trace = workspace.trace(answer.id());
      String trainer = trace.step("run").orElseThrow().facts().get("name");
      VersionedName source = trace.step("source").orElseThrow().type();
      System.out.println(trainer + " says " + answer.value().best() + " from " + source);
    }
  }
}
