package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.expr.Expr;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.table.Table;
import dev.mlstack.testkit.RandomTables;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A stored pipeline with every step that came after {@link FrozenPipelineTest}, which every later
 * version must load, and give the same bits with. Digest and bits are those of the version that
 * wrote the file first; the steps are compared with other libraries elsewhere.
 */
class FrozenPipeline2Test {

  private static final String DIGEST =
      "5475727dd8f116e7e8e801fbdf041037b2b24bbbd3a39b63826fe89797b0b06a";
  private static final String BITS =
      "351884de1c255ac5b235bdaca52041f040b6bfb702e9bf3178888bb0be36a82e";

  private static final Schema INPUT =
      Schema.of(
          Field.of("x", FieldType.FLOAT64),
          Field.of("text", FieldType.TEXT),
          Field.of("flag", FieldType.BOOL),
          Field.of("at", FieldType.INSTANT));

  /** Returns the pipeline that is in the file. */
  static FittedPipeline pipeline() {
    Borders borders = new Borders(-1, 0, 2.5);
    return Pipelines.of(
        INPUT,
        List.of(
            numbers(new MissingNumber(true)),
            named("a", new Robust(0.5, 2), new Clip(-3, 3), new Log1p()),
            named("b", new YeoJohnson(0.25), new BinCode(borders)),
            named("c", new BoxCox(-0.5), new BinOneHot(borders, true)),
            named("d", new BinText(borders), new Ordinal(List.of("0.0..2.5", "<-1.0"))),
            new Chain("text", Reading.TEXT, List.of(new HashVector(5, true))),
            cross("text", "flag", new HashCode(9)),
            cross("flag", "text", new Frequency(List.of("true|", "true|a"), 0.5, 0.25)),
            formula("t", new TfIdf(Grams.characters(1, 2), Norm.L2, List.of("a", "hi"), 2, 1.5)),
            formula("g", new GramCounts(Grams.words(1, 2), 4, Norm.L2)),
            formula("m", SamplePipelines.TARGET_MEAN),
            new Chain(
                new ChainInput.Formula("hour", Expr.time("at").hour()),
                Reading.NUMBER,
                List.of(new Cycle(0, 24)))));
  }

  private static Chain numbers(FittedTransform step) {
    return new Chain("x", Reading.NUMBER, List.of(step));
  }

  private static Chain named(String name, FittedTransform... steps) {
    return new Chain(
        new ChainInput.Formula(name, Expr.number("x").times(2)), Reading.NUMBER, List.of(steps));
  }

  private static Chain cross(String one, String other, FittedTransform step) {
    return new Chain(new ChainInput.Cross(List.of(one, other)), Reading.TEXT, List.of(step));
  }

  private static Chain formula(String name, FittedTransform step) {
    return new Chain(
        new ChainInput.Formula(name, Expr.text("text").concat(" a")), Reading.TEXT, List.of(step));
  }

  private static FittedPipeline load() throws IOException {
    try (InputStream file = FrozenPipeline2Test.class.getResourceAsStream("pipeline-2.json")) {
      byte[] payload = Objects.requireNonNull(file).readAllBytes();
      StoredObject object =
          StoredObject.of(ObjectKind.CONTENT, FittedPipeline.TYPE_2, List.of(), payload);
      return Pipelines.load(digest -> object, object.digest());
    }
  }

  @Test
  void digest_staysTheSame() throws IOException {
    assertThat(load().digest().hex()).isEqualTo(DIGEST);
    assertThat(pipeline().digest().hex()).isEqualTo(DIGEST);
  }

  @Test
  void bits_stayTheSame() throws IOException {
    Table table = RandomTables.of(INPUT, 500, 12345);
    FittedPipeline pipeline = load();
    DenseFeatures features = new DenseFeatures(pipeline.layout().width());
    pipeline.apply(table, features);
    pipeline.applyToTraining(table, features);
    Digest.Hasher bits = new Digest.Hasher();
    for (int i = 0; i < features.rows() * features.width(); i++) {
      bits.update(Float.floatToRawIntBits(features.values()[i]));
    }
    assertThat(bits.digest().hex()).isEqualTo(BITS);
  }

  @Test
  void everyLaterStep_isInOneOfTheFiles() throws IOException {
    TreeSet<String> tested = new TreeSet<>(List.of("impute/1", "min-max/1", "one-hot/1"));
    tested.add("standardize/1");
    for (Chain chain : ((ChainPipeline) load()).chains()) {
      chain.steps().forEach(step -> tested.add(step.operation().toString()));
    }
    TreeSet<String> all = new TreeSet<>();
    Operations.BUILT_IN.keySet().forEach(operation -> all.add(operation.toString()));
    assertThat(tested).isEqualTo(all);
  }
}
