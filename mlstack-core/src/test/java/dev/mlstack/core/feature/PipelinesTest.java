package dev.mlstack.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Slot;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.VersionedName;
import dev.mlstack.testkit.RandomTables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelinesTest {

  private static final Schema INPUT =
      Schema.of(Field.of("age", FieldType.FLOAT64), Field.of("color", FieldType.TEXT));

  private static final String FIELDS =
      """
      [{"name":"age","nullable":true,"role":"FEATURE","tags":[],"type":{"bits":64,"type":"real"}},\
      {"name":"color","nullable":true,"role":"FEATURE","tags":[],"type":{"type":"text"}}]\
      """;

  private final MemoryStore store = new MemoryStore();

  private static Chain numbers(String column, FittedTransform... steps) {
    return new Chain(column, Reading.NUMBER, List.of(steps));
  }

  private static Chain texts(String column, FittedTransform... steps) {
    return new Chain(column, Reading.TEXT, List.of(steps));
  }

  private Digest put(VersionedName type, String payload) {
    try (Batch batch = store.batch()) {
      byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
      Digest digest = batch.put(StoredObject.of(ObjectKind.CONTENT, type, List.of(), bytes));
      batch.commit();
      return digest;
    }
  }

  private static String document(String ageSteps, String colorSteps) {
    return """
    {"chains":[{"column":"age","read":"NUMBER","steps":[%s]},\
    {"column":"color","read":"TEXT","steps":[%s]}],"input":%s}\
    """
        .formatted(ageSteps, colorSteps, FIELDS);
  }

  private static final String STANDARDIZE =
      """
      {"operation":"standardize/1","parameters":{"deviation":14.25,"mean":40.0}}\
      """;

  private static final String ONE_HOT =
      """
      {"operation":"one-hot/1","parameters":\
      {"categories":["blue","red"],"missing":false,"other":true}}\
      """;

  @Test
  void document_isWhatTheDocumentationSays() {
    FittedPipeline pipeline =
        Pipelines.of(
            INPUT,
            List.of(
                numbers("age", new Standardize(40, 14.25)),
                texts("color", new OneHot(List.of("blue", "red"), true, false))));
    String document = document(STANDARDIZE, ONE_HOT);
    assertThat(put(FittedPipeline.TYPE, document)).isEqualTo(pipeline.digest());
    assertThat(Pipelines.load(store, pipeline.digest()).layout()).isEqualTo(pipeline.layout());
  }

  @Test
  void slots_areNamedAfterColumnAndValue() {
    Schema input =
        INPUT.with(Field.of("pixels", FieldType.tensor(1, 2))).with(Field.of("n", FieldType.INT64));
    FittedPipeline pipeline =
        Pipelines.of(
            input,
            List.of(
                numbers("age"),
                texts("color", new OneHot(List.of("(other)", "red"), true, true)),
                new Chain("pixels", Reading.TENSOR, List.of()),
                numbers("n"),
                texts("n", new OneHot(List.of("7"), false, false))));
    assertThat(pipeline.layout().slots())
        .containsExactly(
            Slot.number("age"),
            Slot.indicator("color='(other)'", "color"),
            Slot.indicator("color=red", "color"),
            Slot.indicator("color=(other)", "color"),
            Slot.indicator("color=(missing)", "color"),
            new Slot("pixels[0]", "pixels", Slot.Kind.NUMBER, 0),
            new Slot("pixels[1]", "pixels", Slot.Kind.NUMBER, 0),
            Slot.number("n"),
            Slot.indicator("n=7", "n"));
  }

  @Test
  void chainsThatMakeNoSense_areRefused() {
    refused(() -> Pipelines.of(INPUT, List.of(numbers("age"))), "no chain reads column 'color'");
    refused(
        () -> Pipelines.of(INPUT, List.of(numbers("age"), numbers("color"))),
        "column 'color' is text and cannot be read as a number");
    refused(
        () -> Pipelines.of(INPUT, List.of(numbers("age"), texts("color"))),
        "'color' end in a text");
    refused(
        () -> Pipelines.of(Schema.of(INPUT.field(0)), List.of(numbers("age"), numbers("height"))),
        "column 'height'");
    refused(
        () -> Pipelines.of(Schema.of(INPUT.field(0)), List.of(numbers("age"), numbers("age"))),
        "two are named 'age'");
    refused(
        () -> texts("color", new Standardize(0, 1)),
        "column 'color' must fit together but standardize/1 does not take a text");
    refused(
        () -> numbers("age", new ImputeText("x")),
        "column 'age' must fit together but impute/1 does not take a number");
    refused(
        () -> texts("color", SamplePipelines.ONE_HOT, SamplePipelines.ONE_HOT),
        "column 'color' must take numbers or texts but one-hot/1 follows what is neither");
    refused(
        () -> new Chain("pixels", Reading.TENSOR, List.of(new Standardize(0, 1))),
        "column 'pixels' must take numbers or texts but standardize/1 follows what is neither");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable make, String message) {
    assertThatThrownBy(make)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | the document has no member 'operation'",
        "{\"operation\":\"standardize\",\"parameters\":{}} | in column 'age': a versioned name",
        "{\"operation\":\"standardize/1\",\"parameters\":{\"mean\":1.0}} | in column 'age': the"
            + " document has no member 'deviation'",
        "{\"operation\":\"standardize/1\",\"parameters\":{\"mean\":\"x\",\"deviation\":1.0}} | in"
            + " column 'age': a number was expected",
        "{\"operation\":\"standardize/1\",\"parameters\":{\"mean\":\"NaN\",\"deviation\":1.0}} | in"
            + " column 'age': mean must be finite but was NaN",
        "{\"operation\":\"standardize/1\",\"parameters\":{\"mean\":1.0,\"deviation\":0.0}} | in"
            + " column 'age': deviation must be above 0",
        "{\"operation\":\"min-max/1\",\"parameters\":{\"min\":1.0,\"max\":0.0}} | in column 'age':"
            + " max must be at least 1.0",
        "{\"operation\":\"impute/1\",\"parameters\":{\"text\":\"x\"}} | in column 'age': steps of"
            + " column 'age' must fit together",
        "{\"operation\":\"impute/1\",\"parameters\":{\"number\":\"Infinity\"}} | in column 'age':"
            + " number must be finite",
        "{\"operation\":\"one-hot/1\",\"parameters\":{\"categories\":[\"b\",\"a\"],\"missing\":false,\"other\":true}}"
            + " | in column 'age': categories must ascend",
        "7 | a document was expected but was 7",
        "{\"operation\":\"standardize/1\",\"parameters\":{\"mean\":1.0,\"deviation\":2.0,\"median\":3.0}}"
            + " | it says more than this version",
        "{\"operation\":\"standardize/1\",\"parameters\":{\"mean\":1,\"deviation\":2.0}} | it says"
            + " more than this version"
      })
  void malformedStep_isNamed(String step, String message) {
    Digest digest = put(FittedPipeline.TYPE, document(step, ONE_HOT));
    assertThatThrownBy(() -> Pipelines.load(store, digest))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining(digest.hex())
        .hasMessageContaining(message);
  }

  @Test
  void stepThatNobodyKnows_isNamedWithItsColumn() {
    String step = "{\"operation\":\"winsorize/3\",\"parameters\":{}}";
    Digest digest = put(FittedPipeline.TYPE, document(step, ONE_HOT));
    assertThatThrownBy(() -> Pipelines.load(store, digest))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            digest.hex(), "winsorize/3", "column 'age'", "add the jar", "TransformFormat");
  }

  @Test
  void objectsThatAreNoPipelines_areNamed() {
    Digest missing = Digest.of(new byte[] {1});
    assertThatThrownBy(() -> Pipelines.load(store, missing))
        .isInstanceOf(ObjectNotFoundException.class)
        .hasMessageContaining(missing.hex());
    Digest other = put(new VersionedName("pipeline", 3), document(STANDARDIZE, ONE_HOT));
    assertThatThrownBy(() -> Pipelines.load(store, other))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContainingAll(other.hex(), "pipeline/3", "pipeline/1");
    Digest text = put(FittedPipeline.TYPE, "not JSON");
    assertThatThrownBy(() -> Pipelines.load(store, text))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining(text.hex());
  }

  @Test
  void schemaWithASizeThatDoesNotFit_isMalformed() {
    Digest digest =
        put(
            FittedPipeline.TYPE,
            document(STANDARDIZE, ONE_HOT).replace("\"bits\":64", "\"bits\":6400000000000"));
    assertThatThrownBy(() -> Pipelines.load(store, digest))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining(digest.hex());
  }

  /** Whatever one byte of the document is changed to, it is refused by name or another pipeline. */
  @Test
  void damagedDocuments_neverFailInAnotherWay() {
    long seed = RandomTables.seed();
    Random random = new Random(seed);
    String document = document(STANDARDIZE, ONE_HOT);
    int attempts = Boolean.getBoolean("mlstack.exhaustive") ? 200_000 : 3000;
    for (int i = 0; i < attempts; i++) {
      StringBuilder damaged = new StringBuilder(document);
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(3)) {
        case 0 -> damaged.setCharAt(at, (char) (' ' + random.nextInt(95)));
        case 1 -> damaged.deleteCharAt(at);
        default -> damaged.insert(at, (char) (' ' + random.nextInt(95)));
      }
      StoredObject object =
          StoredObject.of(
              ObjectKind.CONTENT,
              FittedPipeline.TYPE,
              List.of(),
              damaged.toString().getBytes(StandardCharsets.UTF_8));
      try {
        assertThat(Pipelines.load(digest -> object, object.digest()).digest())
            .isEqualTo(object.digest());
      } catch (MalformedObjectException e) {
        assertThat(e).hasMessageContaining(object.digest().hex());
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("nothing here can load");
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", document " + damaged, e);
      }
    }
  }

  @Test
  void stepThatSetsAnIndicatorItDoesNotHave_isFoundOut() {
    FittedPipeline pipeline =
        Pipelines.of(Schema.of(INPUT.field(1)), List.of(texts("color", new CustomSteps.Parity(2))));
    var table =
        dev.mlstack.core.table.MemoryTable.builder(pipeline.input())
            .add(1, new Object[] {null})
            .build();
    assertThatThrownBy(() -> pipeline.apply(table, new DenseFeatures(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("operation parity/1 has 2 indicators but set number 2");
    assertThatThrownBy(
            () ->
                pipeline.encoder(table.schema()).encode(table.cursor().moveTo(0), new float[2], 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("operation parity/1 has 2 indicators but set number 2");
  }
}
