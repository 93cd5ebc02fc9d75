package dev.mlstack.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorModelTest {

  private static final Signature SIGNATURE =
      ExampleData.signature(1, ExampleData.TWO, ExampleData.NUMBER);

  private static final PriorModel MODEL = PriorModel.of(SIGNATURE, new double[] {0.25, 0.75, 7});

  @Test
  void score_answersEveryRowTheSame() {
    double[] outputs = new double[6];
    MODEL.score(new float[] {1, Float.NaN}, 2, outputs);
    assertThat(outputs).containsExactly(0.25, 0.75, 7, 0.25, 0.75, 7);
  }

  @Test
  void score_withoutRoom_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MODEL.score(new float[2], 2, new double[5]))
        .withMessageContaining("outputs must have room for 6");
  }

  @Test
  void anImpossibleAnswer_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriorModel.of(SIGNATURE, new double[2]))
        .withMessage("answer must have 3 numbers but has 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriorModel.of(SIGNATURE, new double[] {0, 1, Double.NaN}))
        .withMessageContaining("NaN");
  }

  @Test
  void savedAndLoaded_isTheSame() {
    MemoryStore store = new MemoryStore();
    try (Batch batch = store.batch()) {
      Digest digest = MODEL.writeTo(batch);
      batch.commit();
      assertThat(new PriorFormat().load(store, digest)).isEqualTo(MODEL).hasSameHashCodeAs(MODEL);
      assertThat(MODEL).asString().contains("prior/1", "two", digest.abbreviated());
    }
    assertThat(MODEL).isNotEqualTo(PriorModel.of(SIGNATURE, new double[] {0.5, 0.5, 7}));
  }

  @Test
  void load_ofTooFewNumbers_isRefused() {
    Value.Doc payload =
        Value.doc()
            .put("signature", SIGNATURE.toValue())
            .put("answer", Value.ofReals(1, 2))
            .build();
    StoredObject forged = StoredObject.of(ObjectKind.CONTENT, PriorModel.TYPE, List.of(), payload);
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> new PriorFormat().load(digest -> forged, forged.digest()))
        .withMessageContaining("answer must have 3 numbers but has 2");
  }
}
