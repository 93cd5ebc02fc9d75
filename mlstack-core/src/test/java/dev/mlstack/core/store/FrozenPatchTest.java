package dev.mlstack.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The bytes of patches and tombstones, written by hand from their descriptions. */
class FrozenPatchTest {

  private static final String OLD = "a".repeat(64);
  private static final String NEW = "b".repeat(64);

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void steps_ofEachKind_makeWhatTheySay() {
    // Copy 3 from 0; insert "XY" in place; copy 2 from where the base is then; jump back 7, copy 2;
    // from there on add 1 to one number of 4 bytes.
    byte[] steps =
        HexFormat.of().parseHex("0d00" + "085859" + "0900" + "090d" + "06" + "00" + "02");
    byte[] made = BytePatch.apply(ascii("abcdefghij"), ByteBuffer.wrap(steps), 13);
    assertThat(new String(made, StandardCharsets.US_ASCII)).isEqualTo("abcXYfgabddef");
  }

  @Test
  void storedPatch_hasItsBytes() {
    VersionedName type = new VersionedName("test", 1);
    byte[] payload = new byte[600];
    StoredObject base = StoredObject.of(ObjectKind.CONTENT, type, List.of(), payload);
    payload[300] = 1;
    StoredObject object = StoredObject.of(ObjectKind.CONTENT, type, List.of(), payload);
    StoredPatch patch = Objects.requireNonNull(StoredPatch.of(object, base, 2));
    assertThat(HexFormat.of().formatHex(patch.toBytes()))
        .isEqualTo(
            object.digest().hex()
                + base.digest().hex()
                + "03"
                + "00000258"
                + "b10900" // copy 300
                + "0401" // insert one byte
                + "ad0900"); // copy 299
    assertThat(patch.applyTo(object.header(), base)).isEqualTo(object);
  }

  @Test
  void tombstone_hasItsText() {
    Erasure erasure =
        new Erasure(
            Digest.parse(OLD),
            Digest.parse(NEW),
            "ada",
            Instant.parse("2026-11-20T01:02:03Z"),
            "asked",
            2);
    assertThat(new String(erasure.toObject().encoded(), StandardCharsets.UTF_8))
        .isEqualTo(
            "mlstack record erased/1\nnames erased "
                + OLD
                + "\nholds replacement "
                + NEW
                + "\n\n{\"at\":\"2026-11-20T01:02:03Z\",\"by\":\"ada\","
                + "\"facts\":{\"reason\":\"asked\",\"rows\":2}}");
  }
}
