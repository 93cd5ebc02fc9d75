package dev.mlstack.train.torch;

import static dev.mlstack.train.torch.TestExamples.COLOR;
import static dev.mlstack.train.torch.TestExamples.PLACE;
import static dev.mlstack.train.torch.TestExamples.PRICE;
import static dev.mlstack.train.torch.TestExamples.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.compute.Device;
import dev.mlstack.core.json.Json;
import dev.mlstack.model.Budget;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Model;
import dev.mlstack.model.ModelFormat;
import dev.mlstack.model.Signature;
import dev.mlstack.model.Training;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NativeMemory.class)
class TorchModelTest {

  private static final Network NETWORK = Network.mlp(8, 5);
  private static final Signature SIGNATURE = signature(4, COLOR, PRICE, PLACE);

  private static Model model() {
    Examples examples = TestExamples.random(100, 1, COLOR, PRICE, PLACE);
    NeuralNetwork trainer = NeuralNetwork.of(NETWORK).withEpochs(2);
    try (Training training = trainer.start(TrainingContext.of(examples, 1))) {
      training.advance(Budget.unlimited());
      return training.model();
    }
  }

  // ModelChecks.

  @Test
  void score_ofManyRows_isThatOfItsBlocks() {
    float[] features = Oracle.grid(4 * 10_000, 7919, 10_007, 2000);
    try (Model model = model()) {
      double[] all = new double[6 * 10_000];
      model.score(features, 10_000, all);
      double[] block = new double[6 * 4096];
      model.score(Arrays.copyOfRange(features, 4 * 4096, 4 * 8192), 4096, block);
      assertThat(Arrays.copyOfRange(all, 6 * 4096, 6 * 8192)).isEqualTo(block);
      double[] last = new double[6 * 1808];
      model.score(Arrays.copyOfRange(features, 4 * 8192, 4 * 10_000), 1808, last);
      assertThat(Arrays.copyOfRange(all, 6 * 8192, 6 * 10_000)).isEqualTo(last);
    }
  }

  @Test
  void score_computesTheNetworkAndUnscales() {
    // 2 x0 - x1 + 0.5 in the scale of the network.
    float[] numbers = {2, -1, 0.5f};
    Signature signature = signature(2, PRICE);
    Head head = Head.fromValue(signature, Json.parse("[{\"means\":[1000.0],\"deviation\":100.0}]"));
    try (Model model = TorchModel.of(Network.of(), signature, head, numbers, Device.CPU)) {
      double[] outputs = new double[2];
      model.score(new float[] {1, 1, 0.25f, -2}, 2, outputs);
      assertThat(outputs).containsExactly(1150, 1300);
    }
  }

  @Test
  void score_ofClasses_isTheSoftmax() {
    float[] numbers = {1, 2, -3, 0, 0, 0.5f};
    Signature signature = signature(1, COLOR);
    Head head = Head.fromValue(signature, Json.parse("[{}]"));
    try (Model model = TorchModel.of(Network.of(), signature, head, numbers, Device.CPU)) {
      double[] outputs = new double[3];
      model.score(new float[] {0.5f}, 1, outputs);
      double[] exponentials = {StrictMath.exp(0.5), StrictMath.exp(1), StrictMath.exp(-1)};
      double sum = Arrays.stream(exponentials).sum();
      for (int i = 0; i < 3; i++) {
        assertThat(outputs[i]).isCloseTo(exponentials[i] / sum, within(1e-12));
      }
    }
  }

  @Test
  void score_withTooLittleRoom_isRefused() {
    try (Model model = model()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.score(new float[7], 2, new double[12]))
          .withMessageContaining("features must have room for 8 numbers but have it for 7");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.score(new float[8], 2, new double[11]))
          .withMessageContaining("outputs must have room for 12 numbers but have it for 11");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.score(new float[8], -1, new double[11]))
          .withMessageContaining("rows must be at least 0 but was -1");
      model.score(new float[0], 0, new double[0]);
    }
  }

  @Test
  void score_fromManyThreads_givesEqualBits() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try (Model model = model()) {
      float[] features = Oracle.grid(4 * 64, 7919, 10_007, 2000);
      double[] expected = new double[6 * 64];
      double[] single = new double[6];
      model.score(features, 64, expected);
      model.score(features, 1, single);
      List<Future<Boolean>> same =
          IntStream.range(0, 8)
              .mapToObj(
                  thread ->
                      executor.submit(
                          () -> {
                            boolean equal = true;
                            for (int i = 0; i < 200; i++) {
                              int rows = (i + thread) % 2 == 0 ? 64 : 1;
                              double[] outputs = new double[6 * rows];
                              model.score(features, rows, outputs);
                              equal &= Arrays.equals(outputs, rows == 1 ? single : expected);
                            }
                            return equal;
                          }))
              .toList();
      for (Future<Boolean> of : same) {
        assertThat(of.get()).isTrue();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  /** A user of DJL may have gradients on and any number of threads on this thread. */
  @Test
  void score_leavesTheThreadAsItWas() {
    try (Model model = model()) {
      JniUtils.setGradMode(true);
      JniUtils.setNumThreads(2);
      model.score(new float[4], 1, new double[6]);
      assertThat(JniUtils.isGradMode()).isTrue();
      assertThat(JniUtils.getNumThreads()).isEqualTo(2);
    } finally {
      JniUtils.setGradMode(false);
      JniUtils.setNumThreads(1);
    }
  }

  // Closing.

  @Test
  void closedModel_refusesToScore() {
    Model model = model();
    model.close();
    model.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> model.score(new float[4], 1, new double[6]))
        .withMessage("the model is closed; load it again");
    assertThatIllegalStateException().isThrownBy(() -> model.writeTo(StoredObject::digest));
    assertThat(model.toString()).contains(model.digest().abbreviated());
  }

  @Test
  void close_whileOthersScore_letsThemEnd() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        Model model = model();
        CountDownLatch begun = new CountDownLatch(4);
        List<Future<Integer>> calls =
            IntStream.range(0, 4)
                .mapToObj(thread -> executor.submit(() -> scoreUntilClosed(model, begun)))
                .toList();
        begun.await();
        model.close();
        for (Future<Integer> of : calls) {
          assertThat(of.get()).isPositive();
        }
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static int scoreUntilClosed(Model model, CountDownLatch begun) {
    float[] features = Oracle.grid(4 * 256, 7919, 10_007, 2000);
    double[] expected = new double[6 * 256];
    model.score(features, 256, expected);
    begun.countDown();
    double[] outputs = new double[6 * 256];
    for (int calls = 1; ; calls++) {
      try {
        model.score(features, 256, outputs);
      } catch (IllegalStateException e) {
        return calls;
      }
      assertThat(outputs).isEqualTo(expected);
    }
  }

  // The stored form.

  @Test
  void document_saysWhatTheNumbersAre() {
    StoredObjects objects = new StoredObjects();
    try (Model model = model()) {
      StoredObject root = objects.get(model.writeTo(objects));
      Value.Doc document = Json.payload(root);
      assertThat(document.members().keySet())
          .containsExactly("network", "parameters", "scalings", "signature");
      assertThat(document.get("parameters").canonicalJson())
          .isEqualTo(
              "[{\"name\":\"0.weight\",\"shape\":[8,4]},{\"name\":\"0.bias\",\"shape\":[8]},"
                  + "{\"name\":\"2.weight\",\"shape\":[5,8]},{\"name\":\"2.bias\",\"shape\":[5]},"
                  + "{\"name\":\"head.weight\",\"shape\":[6,5]},"
                  + "{\"name\":\"head.bias\",\"shape\":[6]}]");
      StoredObject numbers = objects.get(root.requireTarget("parameters.0"));
      assertThat(numbers.payloadSize()).isEqualTo(4 * (32 + 8 + 40 + 5 + 30 + 6));
    }
  }

  /** What version 1 wrote must be read for ever. */
  @Test
  void digest_ofAFixedModel_neverChanges() {
    Head head =
        Head.fromValue(
            SIGNATURE,
            Json.parse(
                "[{},{\"means\":[1.0],\"deviation\":2.0},"
                    + "{\"means\":[0.0,-1.0],\"deviation\":0.5}]"));
    NetworkPlan plan = NetworkPlan.of(NETWORK, SIGNATURE);
    float[] numbers = Oracle.grid(plan.parameterCount(), 5, 13, 8);
    try (Model model = TorchModel.of(NETWORK, SIGNATURE, head, numbers, Device.CPU)) {
      assertThat(model.digest().hex())
          .isEqualTo("3aeb9723c294466ebf320917d2efd872b77dd0fd204309aec13174be22d3ff82");
    }
  }

  @Test
  void format_isFoundByServiceLoader() {
    StoredObjects objects = new StoredObjects();
    try (Model model = model()) {
      Digest digest = model.writeTo(objects);
      ModelFormat format =
          ServiceLoader.load(ModelFormat.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(candidate -> candidate.type().equals(TorchModel.TYPE))
              .findFirst()
              .orElseThrow();
      try (Model loaded = format.load(objects, digest)) {
        assertThat(loaded.digest()).isEqualTo(digest);
        assertThat(loaded.signature()).isEqualTo(SIGNATURE);
      }
    }
  }

  @Test
  void load_ofDamagedObjects_namesThem() {
    for (int i = 0; i < 2; i++) {
      StoredObjects objects = new StoredObjects();
      try (Model model = model()) {
        Digest root = model.writeTo(objects);
        Digest victim = objects.digests().get(i);
        objects.flipBit(victim, 1234567);
        assertThatExceptionOfType(CorruptObjectException.class)
            .isThrownBy(() -> new TorchModelFormat().load(objects, root).close())
            .withMessageContaining(victim.hex());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"network", "parameters", "scalings", "signature"})
  void load_withoutAMember_isRefused(String member) {
    assertMalformed(document -> without(document, member), UnaryOperator.identity(), member);
  }

  @Test
  void load_ofAnotherNetwork_isRefused() {
    assertMalformed(
        document -> without(document, "network").put("network", Network.mlp(5, 8).toValue()),
        UnaryOperator.identity(),
        "shapes");
    assertMalformed(
        document ->
            without(document, "network").put("network", Value.of(List.of(Value.of("dense")))),
        UnaryOperator.identity(),
        "dense");
  }

  @Test
  void load_ofScalingsThatDoNotFit_isRefused() {
    assertMalformed(
        document -> without(document, "scalings").put("scalings", Value.of(List.of())),
        UnaryOperator.identity(),
        "3 outputs cannot have 0 scalings");
    Value wide = Json.parse("{\"means\":[1.0,2.0],\"deviation\":1.0}");
    Value zero = Json.parse("{\"means\":[1.0],\"deviation\":0.0}");
    for (Value wrong : List.of(wide, zero)) {
      assertMalformed(
          document ->
              without(document, "scalings")
                  .put("scalings", Value.of(List.of(Value.Doc.EMPTY, wrong, wide))),
          UnaryOperator.identity(),
          wrong.equals(wide) ? "scaling" : "deviation");
    }
  }

  @Test
  void load_ofTooFewOrImpossibleNumbers_isRefused() {
    assertMalformed(
        TorchModelTest::copy, bytes -> Arrays.copyOf(bytes, bytes.length - 4), "bytes instead of");
    assertMalformed(
        TorchModelTest::copy, bytes -> Arrays.copyOf(bytes, bytes.length + 4), "bytes instead of");
    assertMalformed(
        TorchModelTest::copy,
        bytes -> {
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(8, Float.NaN);
          return bytes;
        },
        "not finite");
  }

  /** Checks that a model whose document or numbers are others cannot be loaded. */
  private static void assertMalformed(
      java.util.function.Function<Value.Doc, Value.Doc.Builder> document,
      UnaryOperator<byte[]> numbers,
      String message) {
    StoredObjects objects = new StoredObjects();
    try (Model model = model()) {
      StoredObject root = objects.get(model.writeTo(objects));
      StoredObject floats = objects.get(root.requireTarget("parameters.0"));
      Digest changed =
          objects.put(
              StoredObject.of(
                  ObjectKind.CONTENT, floats.type(), List.of(), numbers.apply(floats.payload())));
      Digest other =
          objects.put(
              StoredObject.of(
                  ObjectKind.CONTENT,
                  root.type(),
                  List.of(Edge.holds("parameters.0", changed)),
                  document.apply(Json.payload(root)).build()));
      assertThatExceptionOfType(MalformedObjectException.class)
          .isThrownBy(() -> new TorchModelFormat().load(objects, other).close())
          .withMessageContaining(message);
    }
  }

  private static Value.Doc.Builder copy(Value.Doc document) {
    return without(document, "");
  }

  private static Value.Doc.Builder without(Value.Doc document, String member) {
    Value.Doc.Builder builder = Value.doc();
    document
        .members()
        .forEach(
            (name, value) -> {
              if (!name.equals(member)) {
                builder.put(name, value);
              }
            });
    return builder;
  }
}
