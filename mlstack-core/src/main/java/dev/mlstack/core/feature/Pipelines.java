package dev.mlstack.core.feature;

import dev.mlstack.core.expr.Expr;
import dev.mlstack.core.json.Json;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.ArrayList;
import java.util.List;

/** Makes and loads fitted pipelines. */
public final class Pipelines {

  static final String INPUT = "input";
  static final String CHAINS = "chains";
  static final String COLUMN = "column";
  static final String NAME = "name";
  static final String EXPRESSION = "expression";
  static final String CROSS = "cross";
  static final String READ = "read";
  static final String STEPS = "steps";
  static final String OPERATION = "operation";
  static final String PARAMETERS = "parameters";

  private Pipelines() {}

  /**
   * Returns the pipeline that is made of some chains.
   *
   * @param input the columns that they read, as they were in training, each read by a chain
   * @param chains in the order of their slots
   * @throws IllegalArgumentException if a chain reads a column that is not there or of a type that
   *     it cannot read, a chain ends in a text, a column is not read, or two slots share a name
   */
  public static FittedPipeline of(Schema input, List<Chain> chains) {
    for (Field field : input.fields()) {
      if (chains.stream().noneMatch(chain -> chain.input().columns().contains(field.name()))) {
        throw new IllegalArgumentException("no chain reads column '" + field.name() + "'");
      }
    }
    for (Chain chain : chains) {
      chain.input().requireColumns(chain.reading(), input);
    }
    return new ChainPipeline(input, chains);
  }

  /** Tells whether a chain can stand in a document of type {@link FittedPipeline#TYPE}. */
  static boolean isOfFirstForm(Chain chain) {
    return chain.input().isOfFirstForm();
  }

  /**
   * Loads a pipeline.
   *
   * @param source gives the object
   * @param digest an object of type {@link FittedPipeline#TYPE} or {@link FittedPipeline#TYPE_2}
   * @throws dev.mlstack.store.StoreException if it is not there, damaged or malformed
   * @throws IllegalStateException if it has a step of an operation that nothing on the path can
   *     load; the message names it
   */
  public static FittedPipeline load(ObjectSource source, Digest digest) {
    StoredObject object = source.get(digest);
    object =
        object.type().equals(FittedPipeline.TYPE_2) ? object : object.require(FittedPipeline.TYPE);
    Value.Doc document = Json.payload(object);
    FittedPipeline pipeline;
    try {
      Schema input = Schema.fromValue(document.get(INPUT));
      pipeline = of(input, chains(document, digest));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedObjectException(digest, object.type(), String.valueOf(e.getMessage()));
    }
    if (!pipeline.digest().equals(digest)) {
      throw new MalformedObjectException(
          digest,
          object.type(),
          "it says more than this version of mlstack understands, or not in canonical form");
    }
    return pipeline;
  }

  private static List<Chain> chains(Value.Doc document, Digest digest) {
    List<Chain> chains = new ArrayList<>();
    for (Value value : document.items(CHAINS)) {
      Value.Doc chain = value.asDoc();
      ChainInput input = input(chain);
      try {
        List<FittedTransform> steps = new ArrayList<>();
        for (Value step : chain.items(STEPS)) {
          steps.add(step(step.asDoc(), input.name(), digest));
        }
        chains.add(new Chain(input, Reading.valueOf(chain.text(READ)), steps));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "in column '" + input.name() + "': " + e.getMessage(), e);
      }
    }
    return chains;
  }

  private static ChainInput input(Value.Doc chain) {
    if (chain.has(EXPRESSION)) {
      return new ChainInput.Formula(chain.text(NAME), Expr.fromValue(chain.get(EXPRESSION)));
    }
    return chain.has(CROSS)
        ? new ChainInput.Cross(chain.texts(CROSS))
        : new ChainInput.Column(chain.text(COLUMN));
  }

  private static FittedTransform step(Value.Doc step, String column, Digest digest) {
    VersionedName operation = VersionedName.parse(step.text(OPERATION));
    return Operations.load(operation, step.doc(PARAMETERS))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "pipeline "
                        + digest
                        + " has the step "
                        + operation
                        + " on column '"
                        + column
                        + "', which nothing here can load; add the jar that provides a "
                        + "dev.mlstack.feature.TransformFormat for it"));
  }
}
