package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.model.Label;
import dev.mlstack.schema.Column;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RecordMapper;
import dev.mlstack.table.TensorColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which columns are read, and what they are called. */
class CsvColumnsTest {

  enum Diagnosis {
    BENIGN,
    MALIGNANT
  }

  record Patient(long id, double meanRadius, OptionalDouble meanTexture) {}

  private static final String PATIENTS =
      "Mean Radius,other,ID,mean-texture,Diagnosis\n14.5,x,1,,Benign\n20,y,2,17.25,malignant\n";

  private final Path directory;

  CsvColumnsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Csv csv(String text) throws IOException {
    return Csv.file(CsvResult.write(directory, text));
  }

  private static void assertFails(Csv csv, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> CsvResult.read(csv))
        .withMessageMatching("data\\d+\\.csv " + message);
  }

  @Test
  void as_record_readsItsColumnsAndNoOthers() throws IOException {
    CsvResult result = CsvResult.read(csv(PATIENTS).as(Patient.class));
    assertThat(result.schema()).isEqualTo(Schema.of(Patient.class));
    RecordMapper<Patient> mapper = RecordMapper.of(Patient.class);
    assertThat(mapper.record(result.table().cursor().moveTo(0)))
        .isEqualTo(new Patient(1, 14.5, OptionalDouble.empty()));
    assertThat(mapper.record(result.table().cursor().moveTo(1)))
        .isEqualTo(new Patient(2, 20, OptionalDouble.of(17.25)));
  }

  @Test
  void label_addsItsColumn() throws IOException {
    Label<?> diagnosis = Label.binary("diagnosis", Diagnosis.MALIGNANT);
    CsvResult result = CsvResult.read(csv(PATIENTS).as(Patient.class).label(diagnosis).key("id"));
    assertThat(result.schema().names())
        .containsExactly("id", "mean_radius", "mean_texture", "diagnosis");
    assertThat(result.schema().field("diagnosis"))
        .isEqualTo(
            Field.of("diagnosis", FieldType.category(List.of("BENIGN", "MALIGNANT")))
                .required()
                .withRole(Role.LABEL));
    assertThat(result.schema().field("id").role()).isEqualTo(Role.KEY);
    assertThat(result.texts("diagnosis")).containsExactly("BENIGN", "MALIGNANT");
  }

  @Test
  void label_ofADeclaredColumn_takesItsPlace() throws IOException {
    record WithLabel(String diagnosis, long id) {}
    CsvResult result =
        CsvResult.read(
            csv(PATIENTS)
                .as(WithLabel.class)
                .label(Label.binary("diagnosis", Diagnosis.MALIGNANT)));
    assertThat(result.schema().names()).containsExactly("diagnosis", "id");
    assertThat(result.schema().field("diagnosis").role()).isEqualTo(Role.LABEL);
    assertThat(result.texts("diagnosis")).containsExactly("BENIGN", "MALIGNANT");
  }

  @Test
  void label_withInferredColumns_isOfItsOwnType() throws IOException {
    CsvResult result =
        CsvResult.read(csv(PATIENTS).label(Label.classes("diagnosis", Diagnosis.class)));
    assertThat(result.schema().names())
        .containsExactly("Mean Radius", "other", "ID", "mean-texture", "diagnosis");
    assertThat(result.schema().field("diagnosis").role()).isEqualTo(Role.LABEL);
    assertThat(result.schema().field("ID").type()).isEqualTo(FieldType.INT64);
  }

  @Test
  void label_ofTwoLabels_readsBoth() throws IOException {
    record Targets(double a, boolean b) {}
    CsvResult result =
        CsvResult.read(csv("x,a,b\n1,0.5,true\n").label(Label.outputs(Targets.class)));
    assertThat(result.schema().inRole(Role.LABEL).stream().map(Field::name))
        .containsExactly("a", "b");
  }

  @Test
  void as_columnThatIsNotThere_isNamedWithTheNearest() throws IOException {
    record Typo(double meanRadus) {}
    assertFails(
        csv(PATIENTS).as(Typo.class),
        "has no column 'mean_radus'; did you mean 'Mean Radius'\\? its columns are"
            + " \\[Mean Radius, other, ID, mean-texture, Diagnosis\\]");
    record Strange(double zzz) {}
    assertFails(csv(PATIENTS).as(Strange.class), "has no column 'zzz'; its columns are \\[.*\\]");
    assertFails(csv(PATIENTS).key("id", "visit"), "has no column 'visit'; its columns are .*");
  }

  /** Where two columns differ only in what is ignored, none of them is taken for another. */
  @Test
  void as_ambiguousName_isRefused() throws IOException {
    record R(double meanRadius) {}
    assertFails(csv("Mean Radius,mean-radius\n1,2\n").as(R.class), "has no column 'mean_radius'.*");
    assertThat(
            CsvResult.read(csv("Mean Radius,mean_radius\n1,2\n").as(R.class)).texts("mean_radius"))
        .containsExactly("2.0");
  }

  @Test
  void role_ofAColumnThatTheRecordLacks_isRefused() throws IOException {
    Csv csv = csv(PATIENTS).as(Patient.class).key("patient");
    assertThatIllegalArgumentException()
        .isThrownBy(csv::schema)
        .withMessageContaining("there is no column 'patient'");
  }

  @Test
  void header_none_takesColumnsInOrder() throws IOException {
    record Pair(long a, String b) {}
    CsvResult result = CsvResult.read(csv("1,x\n2,y\n").as(Pair.class).header(false));
    assertThat(result.texts("a")).containsExactly("1", "2");
    assertThat(result.texts("b")).containsExactly("x", "y");
    assertFails(
        csv("1,x,z\n").as(Pair.class).header(false),
        "has 3 columns and no header, but 2 columns are declared: \\[a, b\\]");
  }

  record Digit(@Column(shape = {2, 2}) float[] pixels, int digit) {}

  private static final String DIGITS =
      "pixel_0,digit,pixel_1,pixel_2,pixel_3\n1,7,2,3,4.5\n0,8,,,\n5,9,6,7,8\n";

  private static float[] tensor(CsvResult result, int row) {
    TensorColumn column = (TensorColumn) result.table().column("pixels");
    float[] numbers = new float[4];
    column.read(row, numbers, 0);
    return numbers;
  }

  @Test
  void gather_manyColumns_areOneTensor() throws IOException {
    CsvResult result =
        CsvResult.read(csv(DIGITS).as(Digit.class).gather("pixels", "pixel_*").maxRejected(1));
    assertThat(result.schema()).isEqualTo(Schema.of(Digit.class));
    assertThat(tensor(result, 0)).containsExactly(1, 2, 3, 4.5f);
    assertThat(tensor(result, 1)).containsExactly(5, 6, 7, 8);
    assertThat(result.rejected()).hasSize(1);
    assertThat(result.rejected().get(0).column()).isEqualTo("pixel_1");
  }

  @Test
  void gather_inferred_standsWhereItsFirstColumnDid() throws IOException {
    Csv csv = csv(DIGITS).gather("pixels", "pixel_*", 1, 2, 2).maxRejected(1);
    CsvResult result = CsvResult.read(csv);
    assertThat(result.schema())
        .isEqualTo(
            Schema.of(
                Field.of("pixels", FieldType.tensor(1, 2, 2)), Field.of("digit", FieldType.INT64)))
        .isEqualTo(csv.schema());
    assertThat(result.rejected().get(0).reason()).isEqualTo("a number of a tensor is missing");
    assertThat(csv(DIGITS).gather("p", "pixel_*").schema().field("p").type())
        .isEqualTo(FieldType.tensor(4));
  }

  @Test
  void gather_allNumbersMissing_isAMissingTensor() throws IOException {
    CsvResult result = CsvResult.read(csv("a1,a2,b\n,NA,1\n1,2,2\n").gather("pixels", "a*"));
    assertThat(result.table().column("pixels").isNull(0)).isTrue();
    assertThat(result.table().column("pixels").isNull(1)).isFalse();
    record Required(@Column(shape = 2) float[] pixels) {}
    CsvResult required =
        CsvResult.read(csv("a1,a2,b\n,NA,1\n1,2,2\n").as(Required.class).gather("pixels", "a*"));
    assertThat(required.rejected()).hasSize(1);
    assertThat(required.rejected().get(0).reason()).contains("missing");
  }

  @Test
  void gather_besideADeclaredSchema_addsTheColumn() throws IOException {
    record Only(int digit) {}
    Csv csv = csv(DIGITS).as(Only.class).gather("pixels", "pixel_*").maxRejected(1);
    assertThat(csv.schema().names()).containsExactly("digit", "pixels");
    assertThat(CsvResult.read(csv).schema()).isEqualTo(csv.schema());
  }

  @Test
  void gather_thatDoesNotFit_isRefused() throws IOException {
    assertFails(
        csv(DIGITS).as(Digit.class).gather("pixels", "dig*"),
        "has 1 columns for column 'pixels', which as a tensor\\[2, 2\\] needs 4");
    assertFails(
        csv(DIGITS).as(Digit.class).gather("pixels", "x*"),
        "has no column 'x\\*'; its columns are \\[pixel_0, .*");
    assertFails(
        csv(DIGITS).as(Digit.class),
        "has no column 'pixels', which is a tensor; .*\\.gather\\(\"pixels\", \"…\\*\"\\).*");
    assertFails(csv(DIGITS).gather("pixels", "pixel_*", 3), "has 4 columns for column 'pixels'.*");
  }

  @Test
  void parameters_sayAllThatChangesTheResult() throws IOException {
    Csv csv = csv(DIGITS);
    assertThat(csv.operation().toString()).isEqualTo("csv/1");
    assertThat(csv.parameters().canonicalJson())
        .isEqualTo(
            "{\"charset\":\"UTF-8\",\"delimiter\":\",\",\"header\":true,\"quote\":\"\\\"\"}");
    List<Csv> changed =
        List.of(
            csv.delimiter(';'),
            csv.detectDelimiter(),
            csv.quote('\''),
            csv.header(false),
            csv.charset(java.nio.charset.StandardCharsets.UTF_16),
            csv.missing(),
            csv.missing("-"),
            csv.decimal(','),
            csv.gather("p", "p*"),
            csv.gather("p", "p*", 2));
    assertThat(changed.stream().map(c -> c.parameters().canonicalJson()))
        .doesNotHaveDuplicates()
        .doesNotContain(csv.parameters().canonicalJson());
    assertThat(csv.maxRejected(7).parameters()).isEqualTo(csv.parameters());
    assertThat(csv.as(Digit.class).parameters()).isEqualTo(csv.parameters());
  }

  @Test
  void dialect_badCharacters_areRefused() throws IOException {
    Csv csv = csv(DIGITS);
    assertThatIllegalArgumentException().isThrownBy(() -> csv.delimiter('\n'));
    assertThatIllegalArgumentException().isThrownBy(() -> csv.delimiter('é'));
    assertThatIllegalArgumentException().isThrownBy(() -> csv.delimiter('"'));
    assertThatIllegalArgumentException().isThrownBy(() -> csv.quote(','));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> csv.decimal(';'))
        .withMessage("decimal must be a point or a comma but was ';'");
    assertThat(csv.decimal(',').decimal('.').parameters()).isEqualTo(csv.parameters());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> csv.maxRejected(-1))
        .withMessage("maxRejected must be at least 0 but was -1");
  }
}
