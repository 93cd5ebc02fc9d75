package dev.mlstack.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.store.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {

  enum Sex {
    FEMALE,
    MALE
  }

  record Everything(
      boolean a,
      byte b,
      short c,
      int d,
      long e,
      float f,
      double g,
      Boolean h,
      Byte i,
      Short j,
      Integer k,
      Long l,
      Float m,
      Double n,
      OptionalInt o,
      OptionalLong p,
      OptionalDouble q,
      String r,
      LocalDate s,
      Instant t,
      LocalDateTime u,
      Sex v,
      @Column(shape = {2, 3}) float[] w,
      Optional<String> x,
      Optional<Sex> y,
      Optional<Integer> z,
      @Column(shape = 4) Optional<float[]> zz) {}

  @Test
  void of_record_everyComponentTypeHasItsField() {
    FieldType sex = FieldType.category(List.of("FEMALE", "MALE"));
    assertThat(Schema.of(Everything.class).fields().stream().map(Field::toString))
        .containsExactly(
            "a bool",
            "b int8",
            "c int16",
            "d int32",
            "e int64",
            "f float32",
            "g float64",
            "h bool?",
            "i int8?",
            "j int16?",
            "k int32?",
            "l int64?",
            "m float32?",
            "n float64?",
            "o int32?",
            "p int64?",
            "q float64?",
            "r text",
            "s date",
            "t instant",
            "u date and time",
            "v " + sex,
            "w tensor[2, 3]",
            "x text?",
            "y " + sex + "?",
            "z int32?",
            "zz tensor[4]?");
  }

  record Annotated(
      @Column(role = Role.KEY) Long id,
      @Column(name = "Patient name", tags = "pii", role = Role.NOTE) String patient) {}

  @Test
  void of_record_annotationsSayNameRoleAndTags() {
    Schema schema = Schema.of(Annotated.class);
    assertThat(schema.field("id").role()).isEqualTo(Role.KEY);
    assertThat(schema.field("id").nullable()).isFalse();
    assertThat(schema.field("Patient name").tags()).containsExactly("pii");
    assertThat(schema.inRole(Role.NOTE)).containsExactly(schema.field("Patient name"));
  }

  @ParameterizedTest
  @CsvSource({
    "meanRadius, mean_radius",
    "patientID, patient_id",
    "IDCard, id_card",
    "x, x",
    "URL, url",
    "pixel0, pixel0",
    "pixel_0, pixel_0",
    "already_snake, already_snake",
    "mixed_Case, mixed_case",
    "aB, a_b",
    "HTTPServerPort, http_server_port"
  })
  void columnName_splitsWords(String component, String column) {
    assertThat(RecordSchema.columnName(component)).isEqualTo(column);
  }

  record WithObject(Object o) {}

  record WithArray(double[] o) {}

  record WithShapeless(float[] o) {}

  record WithRawOptional(@SuppressWarnings("rawtypes") Optional o) {}

  record WithOptionalOptional(Optional<Optional<String>> o) {}

  record WithOptionalInt(Optional<OptionalInt> o) {}

  record WithList(Optional<List<String>> o) {}

  record Twice(int aB, @Column(name = "a_b") int other) {}

  static Stream<Class<? extends Record>> badRecords() {
    return Stream.of(
        WithObject.class,
        WithArray.class,
        WithShapeless.class,
        WithRawOptional.class,
        WithOptionalOptional.class,
        WithOptionalInt.class,
        WithList.class);
  }

  @ParameterizedTest
  @MethodSource("badRecords")
  void of_componentThatNoColumnCanHave_isNamed(Class<? extends Record> type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schema.of(type))
        .withMessageContaining("component 'o'")
        .withMessageContaining(type.getName());
  }

  @Test
  void of_twoColumnsOfOneName_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schema.of(Twice.class))
        .withMessage("fields must have distinct names but two are named 'a_b'");
  }

  static Stream<FieldType> types() {
    return Stream.of(
        FieldType.BOOL,
        new FieldType.Int(8),
        new FieldType.Int(16),
        FieldType.INT32,
        FieldType.INT64,
        FieldType.FLOAT32,
        FieldType.FLOAT64,
        FieldType.TEXT,
        FieldType.category(List.of("b", "a")),
        FieldType.DATE,
        FieldType.INSTANT,
        FieldType.LOCAL_DATE_TIME,
        FieldType.tensor(),
        FieldType.tensor(1, 8, 8));
  }

  @Test
  void types_coverEveryKind() {
    assertThat(types().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(FieldType.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("types")
  void document_givesTheSameFieldBack(FieldType type) {
    Field field = Field.of("x", type).required().withRole(Role.KEY).withTags(Set.of("b", "a"));
    Schema schema = Schema.of(field, Field.of("y", type));
    assertThat(Schema.fromValue(schema.toValue())).isEqualTo(schema).hasSameHashCodeAs(schema);
    assertThat(schema.toValue().canonicalJson())
        .isEqualTo(Schema.fromValue(schema.toValue()).toValue().canonicalJson());
  }

  static Stream<Value> badTypes() {
    return Stream.of(
        Value.doc().put("type", "complex").build(),
        Value.doc().put("type", "int").put("bits", 12).build(),
        Value.doc().put("type", "real").put("bits", 1L << 40).build(),
        Value.doc().put("type", "category").put("values", Value.ofTexts(List.of())).build(),
        Value.doc().put("type", "category").put("values", Value.ofTexts(List.of("a", "a"))).build(),
        Value.doc().put("type", "tensor").put("shape", Value.ofWholes(List.of(0))).build(),
        Value.doc()
            .put("type", "tensor")
            .put("shape", Value.ofWholes(List.of(1 << 20, 1 << 20)))
            .build(),
        Value.of("int"));
  }

  @ParameterizedTest
  @MethodSource("badTypes")
  void fromValue_noType_isRefused(Value value) {
    assertThatIllegalArgumentException().isThrownBy(() -> FieldType.fromValue(value));
  }

  @Test
  void lookup_byName_findsOrNames() {
    Schema schema = Schema.of(Field.of("a", FieldType.TEXT), Field.of("b", FieldType.BOOL));
    assertThat(schema.indexOf("b")).isEqualTo(1);
    assertThat(schema.find("c")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schema.indexOf("c"))
        .withMessage("there is no column 'c' in [a, b]");
  }

  @Test
  void with_changesOneField() {
    Schema schema = Schema.of(Field.of("a", FieldType.TEXT), Field.of("b", FieldType.BOOL));
    Schema changed = schema.with("a", f -> f.withName("c")).with(Field.of("d", FieldType.DATE));
    assertThat(changed.names()).containsExactly("c", "b", "d");
    assertThat(schema.names()).containsExactly("a", "b");
  }

  @Test
  void key_isNeverNullable() {
    Field field = Field.of("a", FieldType.TEXT);
    assertThat(field.withRole(Role.KEY).nullable()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Field("a", FieldType.TEXT, true, Role.KEY, new java.util.TreeSet<>()))
        .withMessageContaining("key 'a'");
  }

  @Test
  void field_blankName_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Field.of(" ", FieldType.TEXT));
  }

  @ParameterizedTest
  @CsvSource({"8, 127", "16, 32767", "32, 2147483647", "64, 9223372036854775807"})
  void contains_isExactAtTheBounds(int bits, long max) {
    FieldType.Int type = new FieldType.Int(bits);
    assertThat(type.contains(max)).isTrue();
    assertThat(type.contains(-max - 1)).isTrue();
    assertThat(type.contains(max + 1)).isEqualTo(bits == 64);
    assertThat(type.contains(-max - 2)).isEqualTo(bits == 64);
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:00.000001999Z, 1",
    "1969-12-31T23:59:59.999999999Z, -1",
    "1969-12-31T23:59:59Z, -1000000",
    "2024-02-29T12:34:56.789012Z, 1709210096789012",
    "-0001-01-01T00:00:00Z, -62198755200000000"
  })
  void micros_cutTowardsThePast(Instant instant, long micros) {
    assertThat(FieldType.Timestamp.micros(instant)).isEqualTo(micros);
    Instant back = FieldType.Timestamp.instant(micros);
    assertThat(back).isEqualTo(instant.truncatedTo(java.time.temporal.ChronoUnit.MICROS));
    LocalDateTime time = LocalDateTime.ofInstant(back, java.time.ZoneOffset.UTC);
    assertThat(FieldType.Timestamp.micros(time)).isEqualTo(micros);
    assertThat(FieldType.Timestamp.dateTime(micros)).isEqualTo(time);
  }

  @Test
  void micros_tooFar_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldType.Timestamp.micros(Instant.MAX))
        .withMessageContaining("cannot hold");
  }
}
