package dev.mlstack.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {

  private static final Digest DATA = Digest.of(new byte[] {1});

  private static Profile frozenProfile() {
    Schema schema =
        Schema.of(
            Field.of("size", FieldType.FLOAT64),
            Field.of("color", FieldType.TEXT),
            Field.of("image", FieldType.tensor(2)),
            Field.of("sold", FieldType.BOOL).required().withRole(Role.LABEL));
    MemoryTable table =
        MemoryTable.builder(schema)
            .add(1, 1.5, "red", new float[] {0, 1}, true)
            .add(2, 2.5, "blue", null, false)
            .add(3, null, "red", new float[] {0.5f, 1}, false)
            .build();
    Profile profile = Profile.of(MemoryDataset.of(table), Execution.here());
    return new Profile(DATA, profile.rows(), profile.columns());
  }

  @Test
  void read_ofWhatWasWritten_isEqual() {
    long seed = Seeds.next();
    MemoryDataset data = MemoryDataset.of(RandomTables.of(seed, 700));
    Profile profile = Profile.of(data, Execution.here());
    try (MemoryStore store = new MemoryStore();
        Batch batch = store.batch()) {
      Digest digest = profile.writeTo(batch);
      batch.commit();
      Profile read = Profiles.read(store, digest);
      assertThat(read.digest()).as("seed %s", seed).isEqualTo(profile.digest());
      assertThat(read.columns()).as("seed %s", seed).isEqualTo(profile.columns());
      assertThat(read.data()).isEqualTo(data.digest());
      assertThat(read.rows()).isEqualTo(700);
    }
  }

  @Test
  void read_ofTheFrozenFile_givesTheSameProfile() throws IOException {
    byte[] frozen = frozen();
    StoredObject object = StoredObject.decode(frozen);
    Profile read = Profiles.read(digest -> object, object.digest());
    assertThat(read.columns()).isEqualTo(frozenProfile().columns());
    frozenProfile()
        .writeTo(
            written -> {
              assertThat(new String(written.encoded(), StandardCharsets.UTF_8))
                  .isEqualTo(new String(frozen, StandardCharsets.UTF_8));
              return written.digest();
            });
  }

  private static byte[] frozen() throws IOException {
    try (InputStream in = ProfilesTest.class.getResourceAsStream("profile-1.object")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void read_ofAMissingObject_namesIt() {
    try (MemoryStore store = new MemoryStore()) {
      assertThatExceptionOfType(ObjectNotFoundException.class)
          .isThrownBy(() -> Profiles.read(store, DATA))
          .withMessageContaining(DATA.hex());
    }
  }

  private static void assertMalformed(StoredObject object) {
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Profiles.read(digest -> object, object.digest()))
        .withMessageContaining(object.digest().hex());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'rows':1}",
        "{'rows':1,'columns':[{}]}",
        "{'rows':1,'columns':[{'field':{'name':'x'}}]}",
        "{'rows':1,'columns':[{'field':F,'missing':0}]}",
        "{'rows':1,'columns':[{'field':F,'missing':0,'distinct':1,'values':['a'],"
            + "'frequencies':[],'others':0}]}",
        "{'rows':1,'columns':[{'field':F,'missing':0,'distinct':1,'values':['a','a'],"
            + "'frequencies':[1,2],'others':0}]}",
      })
  void read_ofAnotherPayload_isMalformed(String payload) {
    String field = Field.of("x", FieldType.TEXT).toValue().canonicalJson();
    String json = payload.replace("F", field).replace('\'', '"');
    assertMalformed(
        StoredObject.of(
            ObjectKind.CONTENT,
            Profile.TYPE,
            List.of(Edge.names("data", DATA)),
            json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void read_ofDamagedNumbers_isMalformed() throws IOException {
    String frozen = new String(frozen(), StandardCharsets.UTF_8);
    for (String[] change :
        new String[][] {
          {"\"borders\":[2.5]", "\"borders\":[2.5,1.0]"},
          {"\"borders\":[2.5]", "\"borders\":[]"},
          {"\"quantiles\":[1.5,", "\"quantiles\":["},
          {"\"mean\":2.0", "\"mean\":\"two\""},
        }) {
      String damaged = frozen.replace(change[0], change[1]);
      assertThat(damaged).isNotEqualTo(frozen);
      assertMalformed(StoredObject.decode(damaged.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void read_ofAnotherType_isMalformed() {
    assertMalformed(
        StoredObject.of(ObjectKind.CONTENT, MemoryDataset.TYPE, List.of(), new byte[0]));
  }
}
