package dev.mlstack.core.model;

import dev.mlstack.model.Trainer;
import dev.mlstack.model.TrainingContext;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;

/**
 * What every checkpoint says: of which training it is, and what the training needs to go on.
 *
 * <p>The content of {@code checkpoint/1} is a JSON document with {@code operation}, {@code
 * parameters}, {@code seed} and {@code examples} (their digest), that holds, under the name {@code
 * state}, an object whose form is up to the trainer.
 */
public final class Checkpoint {

  /** The type of a stored checkpoint. */
  public static final VersionedName TYPE = new VersionedName("checkpoint", 1);

  private static final String STATE = "state";

  private Checkpoint() {}

  /**
   * Writes a checkpoint.
   *
   * @param trainer the trainer of the training
   * @param context what the training was given
   * @param state the state, which is in the sink already
   * @return the digest to resume from
   */
  public static Digest write(
      ObjectSink sink, Trainer trainer, TrainingContext context, Digest state) {
    return sink.put(
        StoredObject.of(
            ObjectKind.CONTENT,
            TYPE,
            List.of(Edge.holds(STATE, state)),
            Value.doc()
                .put("operation", trainer.operation().toString())
                .put("parameters", trainer.parameters())
                .put("seed", context.seed())
                .put("examples", context.train().digest().hex())
                .build()));
  }

  /**
   * Returns the state that a checkpoint holds.
   *
   * @param trainer the trainer that is to go on
   * @param context what it is given to go on
   * @throws IllegalArgumentException if the checkpoint is of another algorithm, seed or examples,
   *     or of other parameters than may change; the message names the first difference
   * @throws dev.mlstack.store.StoreException if the checkpoint is not there, damaged or malformed
   */
  public static Digest read(
      ObjectSource source, Digest checkpoint, Trainer trainer, TrainingContext context) {
    StoredObject object = source.get(checkpoint).require(TYPE);
    Header header = Payloads.read(object, Header::fromValue);
    same("operation", header.operation, trainer.operation().toString());
    same("seed", Long.toString(header.seed), Long.toString(context.seed()));
    same("examples", header.examples, context.train().digest().hex());
    for (String name : trainer.parameters().members().keySet()) {
      if (!trainer.changeable().contains(name)) {
        same("parameter " + name, header.parameter(name), text(trainer.parameters(), name));
      }
    }
    return object.requireTarget(STATE);
  }

  private static String text(Value.Doc parameters, String name) {
    return parameters.has(name) ? parameters.get(name).canonicalJson() : "not set";
  }

  private static void same(String what, String ofCheckpoint, String ofTraining) {
    if (!ofCheckpoint.equals(ofTraining)) {
      throw new IllegalArgumentException(
          "the training cannot go on: the "
              + what
              + " of the checkpoint is "
              + ofCheckpoint
              + " but that of the training is "
              + ofTraining);
    }
  }

  private record Header(String operation, Value.Doc parameters, long seed, String examples) {
    static Header fromValue(Value.Doc payload) {
      return new Header(
          payload.text("operation"),
          payload.doc("parameters"),
          payload.whole("seed"),
          payload.text("examples"));
    }

    String parameter(String name) {
      return text(parameters, name);
    }
  }
}
