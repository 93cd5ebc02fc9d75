package dev.mlstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.core.model.FittedModels;
import dev.mlstack.core.model.Models;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.data.transform.Features;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.Model;
import dev.mlstack.model.ModelRecipe;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoredObject;
import dev.mlstack.table.Split;
import dev.mlstack.train.torch.Layer;
import dev.mlstack.train.torch.Network;
import dev.mlstack.train.torch.NeuralNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contents that only the whole stack makes, as they were first stored: what is made today has the
 * same bytes, and what was stored then can still be read. {@link Writer} made the files.
 */
class FrozenContentsTest {

  private static final Path FROZEN = Path.of("src/test/resources/frozen");

  private final Path directory;

  FrozenContentsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static Split split(Workspace workspace, Path directory) throws IOException {
    return Flowers.commit(workspace, Flowers.csv(directory, 120, 11)).split(0.75, 12);
  }

  private static TrainedModel<?> logistic(Workspace workspace, Path directory) throws IOException {
    Snapshot data = Flowers.commit(workspace, Flowers.csv(directory, 120, 11));
    return Flowers.train(workspace, data, 1);
  }

  /** Returns the objects that a content consists of, in the order in which they are written. */
  private static List<StoredObject> objects(Content content) {
    List<StoredObject> objects = new ArrayList<>();
    content.writeTo(
        object -> {
          objects.add(object);
          return object.digest();
        });
    return objects;
  }

  private static StoredObject frozen(String name) throws IOException {
    return StoredObject.decode(Files.readAllBytes(FROZEN.resolve(name + ".object")));
  }

  private static MemoryStore storeOf(String prefix) throws IOException {
    MemoryStore store = new MemoryStore();
    try (Stream<Path> files = Files.list(FROZEN);
        Batch batch = store.batch()) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().startsWith(prefix)) {
          batch.put(StoredObject.decode(Files.readAllBytes(file)));
        }
      }
      batch.commit();
    }
    return store;
  }

  private static void assertSame(StoredObject made, String name) throws IOException {
    assertThat(new String(made.encoded(), StandardCharsets.ISO_8859_1))
        .isEqualTo(new String(frozen(name).encoded(), StandardCharsets.ISO_8859_1));
  }

  @Test
  void split_hasTheBytesThatItAlwaysHad() throws IOException {
    try (Workspace workspace = Workspace.inMemory()) {
      List<StoredObject> objects = objects(split(workspace, directory));
      assertSame(objects.get(0), "split-1");
      assertSame(objects.get(1), "part-1-train");
      assertSame(objects.get(2), "part-1-test");
    }
  }

  @Test
  void fittedModel_hasTheBytesThatItAlwaysHad() throws IOException {
    try (Workspace workspace = Workspace.inMemory();
        TrainedModel<?> trained = logistic(workspace, directory)) {
      List<StoredObject> objects = objects(trained.model());
      for (int i = 0; i < objects.size(); i++) {
        assertSame(objects.get(i), "fitted-model-1-" + i);
      }
    }
  }

  @Test
  void fittedModel_ofThen_isReadAndAnswers() throws IOException {
    try (MemoryStore store = storeOf("fitted-model-1-")) {
      Digest digest =
          store.digests().filter(d -> isFittedModel(store, d)).findFirst().orElseThrow();
      try (FittedModel<?> fitted = FittedModels.load(store, digest, Flowers.LABEL)) {
        assertThat(fitted.digest()).isEqualTo(digest);
      }
    }
  }

  private static boolean isFittedModel(MemoryStore store, Digest digest) {
    return store.get(digest).type().equals(FittedModel.TYPE);
  }

  /** Its numbers are those of the machine that trained it; reading and writing keep every byte. */
  @Test
  void network_ofThen_isReadAndAnswersAndWrittenTheSame() throws IOException {
    try (MemoryStore store = storeOf("torch-network-1-")) {
      Digest digest =
          store
              .digests()
              .filter(d -> store.get(d).type().name().equals("torch-network"))
              .findFirst()
              .orElseThrow();
      try (Model model = Models.load(store, digest)) {
        assertThat(model.digest()).isEqualTo(digest);
        objects(model).forEach(o -> assertThat(store.get(o.digest())).isEqualTo(o));
        int width = model.signature().width();
        double[] outputs = new double[2];
        model.score(new float[width], 1, outputs);
        assertThat(outputs[0] + outputs[1]).isEqualTo(1, within(1e-6));
      }
    }
  }

  /** Writes the frozen files anew, for a new version of a format. */
  static final class Writer {

    private Writer() {}

    /** Runs in the directory of the module. */
    public static void main(String[] arguments) throws IOException {
      Path directory = Files.createTempDirectory("frozen");
      Files.createDirectories(FROZEN);
      try (Workspace workspace = Workspace.inMemory()) {
        Split split = split(workspace, directory);
        List<StoredObject> parts = objects(split);
        write("split-1", parts.get(0));
        write("part-1-train", parts.get(1));
        write("part-1-test", parts.get(2));
        try (TrainedModel<?> trained = logistic(workspace, directory)) {
          writeAll("fitted-model-1-", trained.model());
        }
        Network network = Network.of(Layer.dense(3), Layer.relu());
        try (TrainedModel<?> trained =
            workspace.train(
                ModelRecipe.predict(Flowers.LABEL)
                    .features(Features.standard())
                    .trainer(NeuralNetwork.of(network).withEpochs(1)),
                split,
                1)) {
          writeAll("torch-network-1-", trained.model().model());
        }
      }
    }

    private static void writeAll(String prefix, Content content) throws IOException {
      List<StoredObject> objects = objects(content);
      for (int i = 0; i < objects.size(); i++) {
        write(prefix + i, objects.get(i));
      }
    }

    private static void write(String name, StoredObject object) throws IOException {
      Files.write(FROZEN.resolve(name + ".object"), object.encoded());
    }
  }
}
