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
    return Profile.of(table);
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
      assertThat(read.rows()).isEqualTo(700);
      assertThat(read.merge(read)).isEqualTo(profile.merge(profile));
      ProfileCells cells = Profiles.readCells(store, digest);
      assertThat(cells).isEqualTo(profile.cells());
      assertThat(cells.profile()).isEqualTo(digest);
    }
  }

  @Test
  void read_ofTheFrozenFile_givesTheSameProfile() throws IOException {
    byte[] frozen = frozen("profile-2.object");
    StoredObject object = StoredObject.decode(frozen);
    assertThat(Profiles.read(digest -> object, object.digest())).isEqualTo(frozenProfile());
    frozenProfile()
        .writeTo(
            written -> {
              assertThat(new String(written.encoded(), StandardCharsets.UTF_8))
                  .isEqualTo(new String(frozen, StandardCharsets.UTF_8));
              return written.digest();
            });
  }

  /** With columns of so many values that they are in bins and buckets. */
  @Test
  void read_ofTheFrozenFileOfManyValues_givesTheSameProfile() throws IOException {
    byte[] frozen = frozen("profile-2-many.object");
    StoredObject object = StoredObject.decode(frozen);
    Profile read = Profiles.read(digest -> object, object.digest());
    assertThat(read).isEqualTo(manyProfile());
    assertThat(read.digest()).isEqualTo(object.digest());
  }

  private static Profile manyProfile() {
    Schema schema =
        Schema.of(
            Field.of("square", FieldType.INT64),
            Field.of("root", FieldType.FLOAT64),
            Field.of("name", FieldType.TEXT));
    MemoryTable.Builder table = MemoryTable.builder(schema);
    for (long i = 0; i < 1000; i++) {
      table.add(i, i * i, Math.sqrt((double) i), "name " + i);
    }
    return Profile.of(table.build());
  }

  @Test
  void readCells_ofTheFirstVersion_givesItsCells() throws IOException {
    StoredObject object = StoredObject.decode(frozen("profile-1.object"));
    ProfileCells read = Profiles.readCells(digest -> object, object.digest());
    assertThat(read.columns()).isEqualTo(frozenProfile().cells().columns());
    assertThat(read.rows()).isEqualTo(3);
    assertThat(read.profile()).isEqualTo(object.digest());
    assertThat(read.column("color").counts()).containsExactly(2, 1, 0, 0);
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> Profiles.read(digest -> object, object.digest()))
        .withMessageContaining("profile/1");
  }

  private static byte[] frozen(String file) throws IOException {
    try (InputStream in = ProfilesTest.class.getResourceAsStream(file)) {
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
        "{'rows':1,'columns':[{'field':F,'nulls':0}]}",
        "{'rows':1,'columns':[{'field':F,'nulls':1,'lengths':L,'values':{'a':1},'sample':{},"
            + "'level':0}]}",
        "{'rows':1,'columns':[{'field':F,'nulls':0,'lengths':L,'buckets':[1],'registers':'0',"
            + "'sample':{},'level':0}]}",
        "{'rows':2,'columns':[{'field':F,'nulls':1,'lengths':L,'values':{'a':2},'sample':{},"
            + "'level':0}]}",
      })
  void read_ofAnotherPayload_isMalformed(String payload) {
    String field = Field.of("x", FieldType.TEXT).toValue().canonicalJson();
    String lengths = "{'count':1,'empty':0,'max':1,'min':1,'total':1}";
    String json = payload.replace("F", field).replace("L", lengths).replace('\'', '"');
    assertMalformed(
        StoredObject.of(
            ObjectKind.CONTENT, Profile.TYPE, List.of(), json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void read_ofDamagedNumbers_isMalformed() throws IOException {
    String frozen = new String(frozen("profile-2-many.object"), StandardCharsets.UTF_8);
    for (String[] change :
        new String[][] {
          {"\"runs\":[0,", "\"runs\":[1,"},
          {"\"runs\":[0,0,", "\"runs\":[0,0,1,1,"},
          {"\"counts\":[", "\"counts\":[0,"},
          {"\"counts\":[", "\"counts\":[7,"},
          {"\"shift\":", "\"shift\":9"},
          {"\"sum\":\"", "\"sum\":\"x"},
          {"\"registers\":\"", "\"registers\":\"0"},
          {"\"min\":0,", "\"min\":-1,"},
          {"\"buckets\":[", "\"buckets\":[1,"},
          {"\"count\":1000", "\"count\":1001"},
          {"\"level\":", "\"level\":\"\",\"l\":"},
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
