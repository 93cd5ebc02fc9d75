package dev.mlstack.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.StoredObject;
import dev.mlstack.table.RecordMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FittedModelTest {

  record Row(String name, double x) {}

  record Other(double x, String name) {}

  record Without(String name) {}

  private static final RecordMapper<Row> ROWS = RecordMapper.of(Row.class);
  private static final Parts.OneColumn PIPELINE = new Parts.OneColumn("x");
  private static final Label<Regression> LABEL = Label.number("y");

  private static Signature signature(Digest pipeline, int width, String column) {
    return new Signature(pipeline, width, List.of(new Output.Quantity(column)));
  }

  private static FittedModel<Regression> fitted() {
    return FittedModel.of(
        LABEL, PIPELINE, new Parts.Multiple(signature(PIPELINE.digest(), 1, "y"), 3));
  }

  @Test
  void predictor_answersRows() {
    try (FittedModel<Regression> fitted = fitted()) {
      Predictor<Regression> predictor = fitted.predictor(ROWS.schema());
      assertThat(predictor.predict(ROWS.row(new Row("a", 2)))).isEqualTo(new Regression(6));
      assertThat(predictor.outputs(ROWS.row(new Row("b", -1)))).containsExactly(-3);
    }
  }

  @Test
  void predictor_ofAnEqualSchema_answers() {
    try (FittedModel<Regression> fitted = fitted()) {
      Predictor<Regression> predictor = fitted.predictor(RecordMapper.of(Row.class).schema());
      assertThat(predictor.predict(ROWS.row(new Row("a", 2))).value()).isEqualTo(6);
    }
  }

  @Test
  void predictor_refusesARowOfAnotherSchema() {
    try (FittedModel<Regression> fitted = fitted()) {
      Predictor<Regression> predictor = fitted.predictor(ROWS.schema());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predictor.predict(RecordMapper.of(Other.class).row(new Other(2, "a"))))
          .withMessageContaining("this encoder is for rows of [name text, x float64]");
    }
  }

  @Test
  void predictor_ofRowsWithoutAColumnThatIsNeeded_isRefused() {
    try (FittedModel<Regression> fitted = fitted()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fitted.predictor(RecordMapper.of(Without.class).schema()))
          .withMessageContaining("'x'");
    }
  }

  @Test
  void close_closesTheModel() {
    FittedModel<Regression> fitted = fitted();
    Predictor<Regression> predictor = fitted.predictor(ROWS.schema());
    fitted.close();
    fitted.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> predictor.predict(ROWS.row(new Row("a", 2))))
        .withMessageContaining("closed");
  }

  @Test
  void aModelTrainedBehindAnotherPipeline_isRefusedNamingBoth() {
    Digest other = new Parts.OneColumn("z").digest();
    Model model = new Parts.Multiple(signature(other, 1, "y"), 3);
    assertThatExceptionOfType(IncompatibleModelException.class)
        .isThrownBy(() -> FittedModel.of(LABEL, PIPELINE, model))
        .withMessageContaining(model.digest().abbreviated())
        .withMessageContaining(other.abbreviated())
        .withMessageContaining(PIPELINE.digest().abbreviated());
  }

  @Test
  void aModelOfAnotherWidth_isRefused() {
    Model model = new Parts.Multiple(signature(PIPELINE.digest(), 2, "y"), 3);
    assertThatExceptionOfType(IncompatibleModelException.class)
        .isThrownBy(() -> FittedModel.of(LABEL, PIPELINE, model))
        .withMessageContaining("takes 2 features")
        .withMessageContaining("makes 1");
  }

  @Test
  void aModelForAnotherLabel_isRefused() {
    Model model = new Parts.Multiple(signature(PIPELINE.digest(), 1, "z"), 3);
    assertThatExceptionOfType(IncompatibleModelException.class)
        .isThrownBy(() -> FittedModel.of(LABEL, PIPELINE, model))
        .withMessageContaining("column=z")
        .withMessageContaining("column=y");
  }

  @Test
  void writeTo_putsPipelineAndModelBeforeWhatHoldsThem() {
    FittedModel<Regression> fitted = fitted();
    List<StoredObject> objects = new ArrayList<>();
    Digest digest =
        fitted.writeTo(
            object -> {
              objects.add(object);
              return object.digest();
            });
    assertThat(digest).isEqualTo(fitted.digest());
    assertThat(objects)
        .extracting(StoredObject::digest)
        .containsExactly(PIPELINE.digest(), fitted.model().digest(), digest);
    assertThat(objects.get(2).type()).isEqualTo(FittedModel.TYPE);
    assertThat(objects.get(2).edges())
        .containsExactly(
            Edge.holds("pipeline", PIPELINE.digest()),
            Edge.holds("model", fitted.model().digest()));
  }
}
