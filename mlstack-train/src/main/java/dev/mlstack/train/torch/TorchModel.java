package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.mlstack.compute.Device;
import dev.mlstack.compute.Rounds;
import dev.mlstack.core.model.ModelChecks;
import dev.mlstack.core.model.Payloads;
import dev.mlstack.model.Model;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained network.
 *
 * <p>Rows are scored in blocks of {@link Rounds#BLOCK_ROWS}, each on one thread. The number of rows
 * in a block is part of the answer: libtorch computes one row in another order than many, so the
 * last bits differ between a row that is scored alone and the same row among others. Rows scored
 * alone always get the same bits, and so do blocks that are equal.
 *
 * <p>The stored form is a JSON document (the network, the signature, the scalings of the outputs,
 * and the parameters with their names and shapes) with edges {@code parameters.0}, {@code
 * parameters.1} and so on to the numbers of all parameters: in the order of the document, each with
 * its last dimension fastest, as 32-bit floats, little-endian.
 *
 * <p>Safe for use by several threads. Owns native memory. It may be closed while rows are being
 * scored: what is under way ends well, and the memory is freed after it.
 */
final class TorchModel implements Model {

  /** The type of a stored network. */
  static final VersionedName TYPE = new VersionedName("torch-network", 1);

  private static final String NETWORK = "network";
  private static final String SIGNATURE = "signature";
  private static final String SCALINGS = "scalings";
  private static final String PARAMETERS = "parameters";

  private final Network network;
  private final Signature signature;
  private final Head head;
  private final NetworkPlan plan;
  private final NetworkParameters parameters;
  private final Uses uses;
  private final Digest digest;

  private TorchModel(
      Network network,
      Signature signature,
      Head head,
      NetworkPlan plan,
      NetworkParameters parameters) {
    this.network = network;
    this.signature = signature;
    this.head = head;
    this.plan = plan;
    this.parameters = parameters;
    this.uses = new Uses("the model", parameters::close);
    this.digest = writeTo(StoredObject::digest);
  }

  /**
   * Returns the model of a network.
   *
   * @param values the numbers of all parameters; copied
   */
  static TorchModel of(
      Network network, Signature signature, Head head, float[] values, Device device) {
    NetworkPlan plan = NetworkPlan.of(network, signature);
    PtNDManager manager = TorchRuntime.newManager(device);
    return new TorchModel(
        network, signature, head, plan, NetworkParameters.of(manager, plan, values));
  }

  /**
   * Loads a model onto the CPU.
   *
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged or malformed
   */
  static TorchModel load(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest).require(TYPE);
    return Payloads.read(
        object,
        document -> {
          Network network = Network.fromValue(document.get(NETWORK));
          Signature signature = Signature.fromValue(document.get(SIGNATURE));
          Head head = Head.fromValue(signature, document.get(SCALINGS));
          NetworkPlan plan = NetworkPlan.of(network, signature);
          if (!plan.toValue().equals(document.get(PARAMETERS))) {
            throw new IllegalArgumentException(
                "its parameters do not have the shapes of its network");
          }
          float[] values = FloatObjects.read(source, object, PARAMETERS, plan.parameterCount());
          return of(network, signature, head, values, Device.CPU);
        });
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(float[] features, int rows, double[] outputs) {
    ModelChecks.require(features, signature.width(), rows, outputs, head.width());
    uses.begin();
    try {
      TorchThread.scoring(1, () -> scoreBlocks(features, rows, outputs));
    } finally {
      uses.end();
    }
  }

  private double[] scoreBlocks(float[] features, int rows, double[] outputs) {
    for (int from = 0; from < rows; from += Rounds.BLOCK_ROWS) {
      scoreBlock(features, from, Math.min(Rounds.BLOCK_ROWS, rows - from), outputs);
    }
    return outputs;
  }

  private void scoreBlock(float[] features, int from, int rows, double[] outputs) {
    int width = signature.width();
    int outputWidth = head.width();
    float[] scores = new float[rows * outputWidth];
    // What is computed hangs on the manager of what it is computed from.
    try (PtNDManager manager = parameters.manager().newSubManager(parameters.device())) {
      PtNDArray input =
          NativeArrays.create(
              manager, memory -> memory.put(features, from * width, rows * width), rows, width);
      NativeArrays.read(plan.forward(input, parameters.views()), scores, 0);
    }
    for (int i = 0; i < rows; i++) {
      head.answer(scores, i * outputWidth, outputs, (from + i) * outputWidth);
    }
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    uses.begin();
    try {
      List<Edge> edges = new ArrayList<>();
      FloatObjects.write(sink, PARAMETERS, parameters.values(), edges);
      Value.Doc document =
          Value.doc()
              .put(NETWORK, network.toValue())
              .put(SIGNATURE, signature.toValue())
              .put(SCALINGS, head.toValue())
              .put(PARAMETERS, plan.toValue())
              .build();
      return sink.put(StoredObject.of(ObjectKind.CONTENT, TYPE, edges, document));
    } finally {
      uses.end();
    }
  }

  @Override
  public Digest digest() {
    return digest;
  }

  @Override
  public void close() {
    uses.close();
  }

  /** Returns the type, the columns it predicts and the abbreviated digest. */
  @Override
  public String toString() {
    return ModelChecks.describe(TYPE, this);
  }
}
