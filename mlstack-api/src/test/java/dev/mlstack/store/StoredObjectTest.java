package dev.mlstack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredObjectTest {

  private static final VersionedName TYPE = new VersionedName("snapshot", 1);
  private static final Digest ONE = digest("one");
  private static final Digest TWO = digest("two");

  private static Digest digest(String text) {
    return Digest.of(ascii(text));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static StoredObject sample() {
    byte[] payload = {0, -1, '\n', '\n', 'p', 'a', 'y', 'l', 'o', 'a', 'd'};
    List<Edge> edges = List.of(Edge.holds("chunk.0", ONE), Edge.names("source", TWO));
    return StoredObject.of(ObjectKind.CONTENT, TYPE, edges, payload);
  }

  /** The bytes and digests were computed with another language's SHA-256. */
  @Test
  void theEncodedForm_isFrozen() {
    String header =
        """
        mlstack content snapshot/1
        holds chunk.0 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed
        names source 3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3

        """;
    assertThat(sample().header()).isEqualTo(ascii(header));
    assertThat(new String(sample().encoded(), StandardCharsets.ISO_8859_1))
        .isEqualTo(header + "\0\u00ff\n\npayload");
    assertThat(sample().encodedSize()).isEqualTo(196);
    assertThat(sample().digest().hex())
        .isEqualTo("0e1ec1c9d9a4078212918b1bd77a481f6b419dcf8b65679d5bfa3c910a026139");
    StoredObject empty =
        StoredObject.of(ObjectKind.CONTENT, VersionedName.parse("test/1"), List.of(), new byte[0]);
    assertThat(empty.encoded()).isEqualTo(ascii("mlstack content test/1\n\n"));
    assertThat(empty.digest().hex())
        .isEqualTo("59e26b2d7a94b16c8ccb871a576f358ff884bb6337c044bf433e3036acabb85e");
  }

  @ParameterizedTest
  @EnumSource(ObjectKind.class)
  void decode_isTheInverseOfEncode(ObjectKind kind) {
    StoredObject object =
        StoredObject.of(
            kind, TYPE, List.of(Edge.names("a", ONE), Edge.holds("b", ONE)), ascii("p"));
    StoredObject read = StoredObject.decode(object.encoded());
    assertThat(read).isEqualTo(object).hasSameHashCodeAs(object);
    assertThat(read.kind()).isEqualTo(kind);
    assertThat(read.type()).isEqualTo(TYPE);
    assertThat(read.edges()).isEqualTo(object.edges());
    assertThat(read.payloadText()).isEqualTo("p");
    assertThat(read.header()).isEqualTo(object.header());
    assertThat(read.encoded()).isEqualTo(object.encoded());
  }

  @Test
  void aDocument_isStoredAsCanonicalJson() {
    Value.Doc doc = Value.doc().put("b", "\u00e4").put("a", 1).build();
    StoredObject object = StoredObject.of(ObjectKind.RECORD, TYPE, List.of(), doc);
    assertThat(object.payload())
        .isEqualTo("{\"a\":1,\"b\":\"\u00e4\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(object.payloadText()).isEqualTo(doc.canonicalJson());
  }

  @Test
  void payloads_areCopies() {
    byte[] payload = ascii("payload");
    StoredObject object = StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), payload);
    payload[0] = 'x';
    object.payload()[0] = 'y';
    object.encoded()[0] = 'z';
    object.header()[0] = 'z';
    assertThat(object.payloadText()).isEqualTo("payload");
    assertThat(object.payloadSize()).isEqualTo(7);
    assertThat(StoredObject.decode(object.encoded())).isEqualTo(object);
  }

  @Test
  void transferTo_writesTheEncodedForm() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sample().transferTo(out);
    assertThat(out.toByteArray()).isEqualTo(sample().encoded());
  }

  @Test
  void targets_areFoundByName() {
    assertThat(sample().target("chunk.0")).contains(ONE);
    assertThat(sample().requireTarget("source")).isEqualTo(TWO);
    assertThat(sample().target("other")).isEmpty();
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> sample().requireTarget("other"))
        .withMessageContaining(sample().digest().hex())
        .withMessageContaining("no edge other");
  }

  @Test
  void require_checksTheType() {
    assertThat(sample().require(TYPE)).isEqualTo(sample());
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> sample().require(VersionedName.parse("model/2")))
        .withMessageContaining("snapshot/1")
        .withMessageContaining("model/2");
    assertThat(sample()).hasToString("content snapshot/1 0e1ec1c9d9a4");
  }

  @Test
  void anythingThatDiffers_givesAnotherObject() {
    StoredObject other =
        StoredObject.of(ObjectKind.CONTENT, TYPE, sample().edges(), ascii("payload"));
    assertThat(other).isNotEqualTo(sample()).isNotEqualTo(other.digest());
  }

  @Test
  void edgesWithOneName_areRefused() {
    List<Edge> edges = List.of(Edge.holds("a", ONE), Edge.names("a", TWO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoredObject.of(ObjectKind.CONTENT, TYPE, edges, new byte[0]))
        .withMessage("edges of a snapshot/1 must have distinct names but two are 'a'");
  }

  @Test
  void aPayloadThatIsTooLarge_isRefused() {
    byte[] tooLarge = new byte[StoredObject.MAX_PAYLOAD + 1];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoredObject.of(ObjectKind.CONTENT, TYPE, List.of(), tooLarge))
        .withMessageContaining("67108864")
        .withMessageContaining("67108865");
    byte[] header = ascii("mlstack content snapshot/1\n\n");
    byte[] encoded = Arrays.copyOf(header, header.length + tooLarge.length);
    assertThatIllegalArgumentException().isThrownBy(() -> StoredObject.decode(encoded));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "mlstack content snapshot/1\n",
        "mlstack content snapshot/1",
        "other content snapshot/1\n\n",
        "mlstack content\n\n",
        "mlstack content snapshot/1 more\n\n",
        "mlstack  content snapshot/1\n\n",
        "mlstack nothing snapshot/1\n\n",
        "mlstack Content snapshot/1\n\n",
        "mlstack content snapshot\n\n",
        "mlstack content snapshot/01\n\n",
        "mlstack content snapshot/1\nholds a\n\n",
        "mlstack content snapshot/1\nlikes a 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\n\n",
        "mlstack content snapshot/1\nholds a 7692C3AD3540BB803C020B3AEE66CD8887123234EA0C6E7143C0ADD73FF431ED\n\n",
        "mlstack content snapshot/1\nholds a 7692c3ad\n\n",
        "mlstack content snapshot/1\nholds A 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\n\n",
      })
  void decode_refusesWhatIsNotTheEncodedFormOfAnObject(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> StoredObject.decode(ascii(text)));
  }

  @Test
  void decode_ofDamagedBytes_givesAnotherObjectOrRefuses() {
    Random random = new Random(3);
    byte[] encoded = sample().encoded();
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = encoded.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      byte[] cut = Arrays.copyOf(damaged, damaged.length - random.nextInt(2) * random.nextInt(90));
      try {
        assertThat(StoredObject.decode(cut).encoded()).isEqualTo(cut);
      } catch (IllegalArgumentException e) {
        assertThat(cut).isNotEqualTo(encoded);
      }
    }
  }
}
