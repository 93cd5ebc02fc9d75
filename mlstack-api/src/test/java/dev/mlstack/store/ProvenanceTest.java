package dev.mlstack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

  private static final Digest ONE = Digest.of("one".getBytes(StandardCharsets.US_ASCII));
  private static final Digest TWO = Digest.of("two".getBytes(StandardCharsets.US_ASCII));
  private static final VersionedName RUN = new VersionedName("run", 1);
  private static final Value.Doc FACTS = Value.doc().put("auc", 0.5).build();
  private static final List<Edge> EDGES =
      List.of(Edge.holds("recipe", ONE), Edge.names("input.train", TWO));

  private static Provenance sample() {
    return new Provenance(
        RUN, EDGES, Instant.parse("2026-01-31T12:00:00.123456789Z"), "ada", FACTS);
  }

  private static Value.Doc payload(String at) {
    return Value.doc().put("at", at).put("by", "ada").put("facts", FACTS).build();
  }

  /** The bytes and the digest were computed with another language's SHA-256. */
  @Test
  void theObject_isFrozen() {
    assertThat(new String(sample().toObject().encoded(), StandardCharsets.UTF_8))
        .isEqualTo(
            "mlstack record run/1\n"
                + "holds recipe 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\n"
                + "names input.train"
                + " 3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3\n"
                + "\n"
                + "{\"at\":\"2026-01-31T12:00:00.123456Z\",\"by\":\"ada\",\"facts\":{\"auc\":0.5}}");
    assertThat(sample().toObject().digest().hex())
        .isEqualTo("1ce8088cb9440ce313c0af98adc6227d726856f33fad52b2a69818a571cffcf2");
  }

  @Test
  void from_isTheInverseOfToObject() {
    Provenance read = Provenance.from(sample().toObject(), payload("2026-01-31T12:00:00.123456Z"));
    assertThat(read).isEqualTo(sample());
    assertThat(read.at()).isEqualTo(Instant.parse("2026-01-31T12:00:00.123456Z"));
  }

  @Test
  void edges_areCopied() {
    List<Edge> edges = new ArrayList<>(EDGES);
    Provenance record = new Provenance(RUN, edges, Instant.EPOCH, "ada", FACTS);
    edges.clear();
    assertThat(record.edges()).isEqualTo(EDGES).isUnmodifiable();
  }

  @Test
  void somebody_isNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Provenance(RUN, EDGES, Instant.EPOCH, "", FACTS))
        .withMessageContaining("blank");
  }

  @Test
  void from_refusesOtherObjects() {
    StoredObject content = StoredObject.of(ObjectKind.CONTENT, RUN, EDGES, payload("now"));
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Provenance.from(content, payload("2026-01-31T12:00:00Z")))
        .withMessageContaining("a record was expected");
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Provenance.from(sample().toObject(), payload("yesterday")))
        .withMessageContaining(sample().toObject().digest().hex())
        .withMessageContaining("yesterday");
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Provenance.from(sample().toObject(), Value.Doc.EMPTY))
        .withMessageContaining("'at'");
  }
}
