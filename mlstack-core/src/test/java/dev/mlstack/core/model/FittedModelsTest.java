package dev.mlstack.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.core.table.ValuesRow;
import dev.mlstack.model.Classification;
import dev.mlstack.model.FittedModel;
import dev.mlstack.model.IncompatibleModelException;
import dev.mlstack.model.Label;
import dev.mlstack.model.Model;
import dev.mlstack.model.ModelFormat;
import dev.mlstack.model.Regression;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FittedModelsTest {

  private static final ColumnsPipeline PIPELINE = new ColumnsPipeline(List.of("a", "b"));
  private static final Label<Regression> LABEL = Label.number("y");

  /** A model that counts how many of its kind are open; its format is a service of these tests. */
  static final class CountedModel implements Model {
    static final VersionedName TYPE = new VersionedName("counted", 1);
    static final AtomicInteger OPEN = new AtomicInteger();

    private final Signature signature;

    CountedModel(Signature signature) {
      this.signature = signature;
      OPEN.incrementAndGet();
    }

    @Override
    public Signature signature() {
      return signature;
    }

    @Override
    public void score(float[] features, int rows, double[] outputs) {}

    @Override
    public Digest writeTo(ObjectSink sink) {
      return sink.put(
          StoredObject.of(
              ObjectKind.CONTENT,
              TYPE,
              List.of(),
              Value.doc().put("signature", signature.toValue()).build()));
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
    }
  }

  /** Loads counted models. */
  public static final class CountedFormat implements ModelFormat {
    /** Found by name in META-INF/services. */
    public CountedFormat() {}

    @Override
    public VersionedName type() {
      return CountedModel.TYPE;
    }

    @Override
    public Model load(ObjectSource source, Digest digest) {
      return Payloads.read(
          source.get(digest),
          payload -> new CountedModel(Signature.fromValue(payload.get("signature"))));
    }
  }

  private final MemoryStore store = new MemoryStore();

  @BeforeEach
  void nothingIsOpen() {
    CountedModel.OPEN.set(0);
  }

  private static Signature signature(Digest pipeline) {
    return new Signature(pipeline, 2, LABEL.outputs());
  }

  private static <A> FittedModel<A> load(ObjectSource source, Digest digest, Label<A> label) {
    return FittedModels.load(source, digest, label, ColumnsPipeline::load);
  }

  private Digest save(FittedModel<?> fitted) {
    try (Batch batch = store.batch()) {
      Digest digest = fitted.writeTo(batch);
      batch.commit();
      return digest;
    }
  }

  @Test
  void load_givesBackWhatWasSaved() {
    LinearModel model = LinearModel.of(signature(PIPELINE.digest()), new double[] {2, 3, 4});
    Digest digest = save(FittedModel.of(LABEL, PIPELINE, model));
    try (FittedModel<Regression> loaded = load(store, digest, LABEL)) {
      assertThat(loaded.digest()).isEqualTo(digest);
      assertThat(loaded.model()).isEqualTo(model);
      assertThat(loaded.pipeline()).isEqualTo(PIPELINE);
      assertThat(
              loaded
                  .predictor(PIPELINE.input())
                  .predict(ValuesRow.of(PIPELINE.input(), 10.0, 100.0)))
          .isEqualTo(new Regression(324));
    }
  }

  @Test
  void close_closesTheModelThatWasLoaded() {
    Digest digest = saveCounted();
    FittedModel<Regression> loaded = load(store, digest, LABEL);
    assertThat(CountedModel.OPEN).hasValue(1);
    loaded.close();
    assertThat(CountedModel.OPEN).hasValue(0);
  }

  private Digest saveCounted() {
    try (FittedModel<Regression> fitted =
        FittedModel.of(LABEL, PIPELINE, new CountedModel(signature(PIPELINE.digest())))) {
      return save(fitted);
    }
  }

  @Test
  void load_forAnotherLabel_isRefusedAndLeavesNothingOpen() {
    Digest digest = saveCounted();
    Label<Classification<Boolean>> other = Label.flag("y");
    assertThatExceptionOfType(IncompatibleModelException.class)
        .isThrownBy(() -> load(store, digest, other).close());
    assertThat(CountedModel.OPEN).hasValue(0);
  }

  @Test
  void load_besideAnotherPipeline_isRefusedNamingBoth() {
    ColumnsPipeline other = new ColumnsPipeline(List.of("a", "c"));
    Digest digest = saveCounted();
    Digest model = store.get(digest).requireTarget(FittedModel.MODEL);
    StoredObject mixed =
        StoredObject.of(
            ObjectKind.CONTENT,
            FittedModel.TYPE,
            List.of(
                Edge.holds(FittedModel.PIPELINE, other.digest()),
                Edge.holds(FittedModel.MODEL, model)),
            new byte[0]);
    try (Batch batch = store.batch()) {
      other.writeTo(batch);
      batch.put(mixed);
      batch.commit();
    }
    assertThatExceptionOfType(IncompatibleModelException.class)
        .isThrownBy(() -> load(store, mixed.digest(), LABEL).close())
        .withMessageContaining(other.digest().abbreviated())
        .withMessageContaining(PIPELINE.digest().abbreviated());
    assertThat(CountedModel.OPEN).hasValue(0);
  }

  @Test
  void load_ofWhatSaysSomethingElseThanItsParts_isRefusedAndLeavesNothingOpen() {
    StoredObject fitted = store.get(saveCounted());
    StoredObject forged =
        StoredObject.of(
            ObjectKind.CONTENT,
            FittedModel.TYPE,
            fitted.edges(),
            Value.doc().put("input", "whatever").build());
    ObjectSource source = digest -> digest.equals(forged.digest()) ? forged : store.get(digest);
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> load(source, forged.digest(), LABEL).close())
        .withMessageContaining(forged.digest().hex())
        .withMessageContaining(fitted.digest().hex());
    assertThat(CountedModel.OPEN).hasValue(0);
  }

  @Test
  void load_ofAnotherType_isRefused() {
    Digest model = store.get(saveCounted()).requireTarget(FittedModel.MODEL);
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> load(store, model, LABEL).close())
        .withMessageContaining("a fitted-model/1 was expected");
  }
}
