package dev.mlstack.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.model.Curve;
import dev.mlstack.model.Evaluation;
import dev.mlstack.model.Metric;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationsTest {

  private static final Digest MODEL = Digest.of(new byte[] {1});
  private static final Digest DATA = Digest.of(new byte[] {2});
  private static final double NAN = Double.NaN;

  private static final Evaluation EVALUATION =
      new Evaluation(
          MODEL,
          DATA,
          569,
          0.95,
          List.of(
              new Metric("auc", 0.1 + 0.2, 0.25, 1, true),
              new Metric("log_loss", 1e-20, 0, Double.POSITIVE_INFINITY, false),
              new Metric("recall", NAN, NAN, NAN, true)),
          List.of(
              new Curve(
                  "roc",
                  "false positive rate",
                  "true positive rate",
                  new double[] {0, 0.25, 1},
                  new double[] {0, 1 / 3.0, 1}),
              new Curve("none", "x", "y", new double[0], new double[0])));

  private static Evaluation roundTrip(Evaluation evaluation) {
    try (MemoryStore store = new MemoryStore();
        Batch batch = store.batch()) {
      Digest digest = evaluation.writeTo(batch);
      batch.commit();
      return Evaluations.read(store, digest);
    }
  }

  @Test
  void read_ofWhatWasWritten_isEqual() {
    Evaluation read = roundTrip(EVALUATION);
    assertThat(read.digest()).isEqualTo(EVALUATION.digest());
    assertThat(read.metrics()).isEqualTo(EVALUATION.metrics());
    assertThat(read.curves()).usingRecursiveComparison().isEqualTo(EVALUATION.curves());
    assertThat(read.model()).isEqualTo(MODEL);
    assertThat(read.data()).isEqualTo(DATA);
    assertThat(read.rows()).isEqualTo(569);
    assertThat(read.level()).isEqualTo(0.95);
  }

  @Test
  void read_ofTheFrozenFile_givesTheSameEvaluation() throws IOException {
    byte[] frozen = frozen();
    StoredObject object = StoredObject.decode(frozen);
    assertThat(Evaluations.read(digest -> object, object.digest()).digest())
        .isEqualTo(EVALUATION.digest());
    EVALUATION.writeTo(
        written -> {
          assertThat(new String(written.encoded(), StandardCharsets.UTF_8))
              .isEqualTo(new String(frozen, StandardCharsets.UTF_8));
          return written.digest();
        });
  }

  private static byte[] frozen() throws IOException {
    try (InputStream in = EvaluationsTest.class.getResourceAsStream("evaluation-1.object")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void read_ofAMissingObject_namesIt() {
    try (MemoryStore store = new MemoryStore()) {
      assertThatExceptionOfType(ObjectNotFoundException.class)
          .isThrownBy(() -> Evaluations.read(store, DATA))
          .withMessageContaining(DATA.hex());
    }
  }

  private static void assertMalformed(StoredObject object) {
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Evaluations.read(digest -> object, object.digest()))
        .withMessageContaining(object.digest().hex());
  }

  @Test
  void read_ofAnotherType_isMalformed() {
    assertMalformed(
        StoredObject.of(
            ObjectKind.CONTENT, new VersionedName("evaluation", 2), List.of(), new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{'rows':1,'level':0.95,'metrics':[],'curves':[]}",
        "{'rows':'x','level':0.95,'metrics':[M],'curves':[]}",
        "{'rows':1,'level':0.95,'metrics':[{'name':'a'}],'curves':[]}",
        "{'rows':1,'level':0.95,'metrics':[M],'curves':[{'name':'c','x-name':'','y-name':'',"
            + "'x':[1.0],'y':[]}]}",
      })
  void read_ofAnotherPayload_isMalformed(String payload) {
    String metric = "{'name':'a','value':1.0,'low':0.0,'high':2.0,'higher-is-better':true}";
    String json = payload.replace("M", metric).replace('\'', '"');
    List<Edge> edges = List.of(Edge.names("model", MODEL), Edge.names("data", DATA));
    assertMalformed(
        StoredObject.of(
            ObjectKind.CONTENT, Evaluation.TYPE, edges, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void read_withoutEdges_isMalformed() {
    assertMalformed(
        StoredObject.of(ObjectKind.CONTENT, Evaluation.TYPE, List.of(), Value.Doc.EMPTY));
  }
}
