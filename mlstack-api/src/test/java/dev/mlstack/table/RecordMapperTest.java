package dev.mlstack.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mlstack.schema.Column;
import dev.mlstack.schema.Schema;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordMapperTest {

  /** Constants with bodies are of classes of their own. */
  enum Size {
    SMALL {
      @Override
      int litres() {
        return 1;
      }
    },
    LARGE {
      @Override
      int litres() {
        return 9;
      }
    };

    abstract int litres();
  }

  private record Primitives(
      boolean flag, byte tiny, short small, int whole, long big, float narrow, double wide) {}

  private record Boxes(
      @Nullable Boolean flag,
      @Nullable Byte tiny,
      @Nullable Short small,
      @Nullable Integer whole,
      @Nullable Long big,
      @Nullable Float narrow,
      @Nullable Double wide) {}

  private record Optionals(
      OptionalInt whole,
      OptionalLong big,
      OptionalDouble wide,
      Optional<Boolean> flag,
      Optional<Float> narrow,
      Optional<Short> small,
      Optional<String> text,
      Optional<Size> size,
      Optional<LocalDate> day,
      Optional<Instant> at,
      Optional<LocalDateTime> time) {}

  private record Objects(String text, Size size, LocalDate day, Instant at, LocalDateTime time) {}

  private record Empty() {}

  static Stream<Record> records() {
    Instant at = Instant.parse("1931-05-06T07:08:09.123456Z");
    LocalDateTime time = LocalDateTime.parse("2024-02-29T23:59:59.999999");
    LocalDate day = LocalDate.of(-44, 3, 15);
    return Stream.of(
        new Primitives(true, (byte) -1, (short) 300, 1 << 20, 1L << 40, 0.1f, Math.PI),
        new Primitives(
            false,
            Byte.MIN_VALUE,
            Short.MIN_VALUE,
            Integer.MIN_VALUE,
            Long.MIN_VALUE,
            Float.NaN,
            Double.NEGATIVE_INFINITY),
        new Primitives(
            false,
            Byte.MAX_VALUE,
            Short.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            -0.0f,
            Double.NaN),
        new Boxes(true, (byte) 1, (short) 2, 3, 4L, 5f, 6.0),
        new Boxes(null, null, null, null, null, null, null),
        new Optionals(
            OptionalInt.of(-1),
            OptionalLong.of(Long.MAX_VALUE),
            OptionalDouble.of(0.5),
            Optional.of(false),
            Optional.of(0.5f),
            Optional.of((short) 5),
            Optional.of(""),
            Optional.of(Size.LARGE),
            Optional.of(day),
            Optional.of(at),
            Optional.of(time)),
        new Optionals(
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Objects("Žluťoučký 🐎", Size.SMALL, day, at, time),
        new Empty());
  }

  @ParameterizedTest
  @MethodSource("records")
  void record_ofItsOwnRow_isEqual(Record record) {
    assertRoundTrip(record.getClass(), record);
  }

  private static <R extends Record> void assertRoundTrip(Class<R> type, Record record) {
    for (RecordMapper<R> mapper :
        List.of(RecordMapper.of(type), RecordMapper.of(type, MethodHandles.lookup()))) {
      Row row = mapper.row(type.cast(record));
      assertThat(row.schema()).isEqualTo(Schema.of(type)).isEqualTo(mapper.schema());
      assertThat(mapper.record(row)).isEqualTo(record).isNotSameAs(record);
    }
  }

  record Image(@Column(shape = {2, 2}) float[] pixels, @Column(shape = 1) Optional<float[]> mask) {}

  @Test
  void tensor_isCopiedBothWays() {
    RecordMapper<Image> mapper = RecordMapper.of(Image.class);
    Image image = new Image(new float[] {1, 2, 3, 4}, Optional.empty());
    Row row = mapper.row(image);
    float[] pixels = new float[4];
    row.tensor(0, pixels, 0);
    assertThat(pixels).containsExactly(1, 2, 3, 4);
    float[] mask = {0};
    row.tensor(1, mask, 0);
    assertThat(mask).containsExactly(Float.NaN);
    Image back = mapper.record(row);
    assertThat(back.pixels()).containsExactly(1, 2, 3, 4).isNotSameAs(image.pixels());
    assertThat(back.mask()).isEmpty();
  }

  @Test
  void tensor_ofAnotherSize_isRefused() {
    Row row = RecordMapper.of(Image.class).row(new Image(new float[3], Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row.tensor(0, new float[4], 0))
        .withMessage("column 'pixels' has 4 numbers but the record has 3");
  }

  @Test
  void row_readsEveryType() {
    RecordMapper<Objects> mapper = RecordMapper.of(Objects.class);
    Row row =
        mapper.row(
            new Objects(
                "a",
                Size.LARGE,
                LocalDate.ofEpochDay(3),
                Instant.ofEpochSecond(0, 5_999),
                LocalDateTime.of(1970, 1, 1, 0, 0, 1)));
    assertThat(row.text(0)).isEqualTo("a");
    assertThat(row.text(1)).isEqualTo("LARGE");
    assertThat(row.integer(2)).isEqualTo(3);
    assertThat(row.number(2)).isEqualTo(3);
    assertThat(row.integer(3)).isEqualTo(5);
    assertThat(row.integer(4)).isEqualTo(1_000_000);
    assertThat(row.isNull(0)).isFalse();
  }

  @Test
  void row_missingValues_readAsSuch() {
    Row row = RecordMapper.of(Boxes.class).row(new Boxes(null, null, null, null, null, null, null));
    for (int field = 0; field < 7; field++) {
      assertThat(row.isNull(field)).isTrue();
      assertThat(row.number(field)).isNaN();
    }
    assertThat(row.integer(4)).isZero();
  }

  @Test
  void row_readingAsAnotherType_namesTheColumn() {
    Row row = RecordMapper.of(Primitives.class).row((Primitives) records().findFirst().get());
    Row objects =
        RecordMapper.of(Objects.class)
            .row(
                records()
                    .filter(Objects.class::isInstance)
                    .map(Objects.class::cast)
                    .findFirst()
                    .get());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row.integer(6))
        .withMessage("column 'wide' is of type float64 and cannot be read as a whole number");
    assertThatIllegalArgumentException().isThrownBy(() -> row.text(6));
    assertThatIllegalArgumentException().isThrownBy(() -> row.tensor(6, new float[1], 0));
    assertThatIllegalArgumentException().isThrownBy(() -> objects.number(0));
    assertThatIllegalArgumentException().isThrownBy(() -> objects.integer(1));
    assertThatIllegalArgumentException().isThrownBy(() -> objects.text(2));
    assertThatIllegalArgumentException().isThrownBy(() -> objects.tensor(0, new float[1], 0));
  }

  /** Columns are matched by name; the row may have more, and in another order. */
  @Test
  void record_ofRowWithMoreColumns_takesItsOwn() {
    record Narrow(double wide, long small) {}
    Row row = RecordMapper.of(Primitives.class).row((Primitives) records().findFirst().get());
    assertThat(RecordMapper.of(Narrow.class).record(row)).isEqualTo(new Narrow(Math.PI, 300));
  }

  @Test
  void record_ofRowWithoutTheColumn_isRefused() {
    record Other(double depth) {}
    Row row = RecordMapper.of(Primitives.class).row((Primitives) records().findFirst().get());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordMapper.of(Other.class).record(row))
        .withMessageContaining("there is no column 'depth'");
  }

  @Test
  void record_ofRowWithoutAValue_isRefused() {
    record Needy(long big) {}
    Row row = RecordMapper.of(Boxes.class).row(new Boxes(null, null, null, null, null, null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordMapper.of(Needy.class).record(row))
        .withMessageContaining("column 'big' has no value")
        .withMessageContaining("Optional");
  }

  /** A value that the component cannot hold is never cut. */
  @Test
  void record_ofRowWithAWiderValue_isRefused() {
    record Wide(long n) {}
    record OfByte(byte n) {}
    record OfShort(short n) {}
    record OfInt(int n) {}
    record OfOptional(OptionalInt n) {}
    record OfFlag(boolean n) {}
    RecordMapper<Wide> wide = RecordMapper.of(Wide.class);
    for (Class<? extends Record> type :
        List.of(OfByte.class, OfShort.class, OfInt.class, OfOptional.class, OfFlag.class)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RecordMapper.of(type).record(wide.row(new Wide(1L << 33))))
          .withMessageContaining("column 'n' has the value 8589934592")
          .withMessageContaining("cannot hold");
      assertThat(RecordMapper.of(type).record(wide.row(new Wide(1)))).isNotNull();
    }
  }

  @Test
  void record_ofTextThatIsNoConstant_isRefused() {
    record Free(String size) {}
    record Sized(Size size) {}
    RecordMapper<Free> free = RecordMapper.of(Free.class);
    RecordMapper<Sized> sized = RecordMapper.of(Sized.class);
    assertThat(sized.record(free.row(new Free("LARGE")))).isEqualTo(new Sized(Size.LARGE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sized.record(free.row(new Free("huge"))))
        .withMessageContaining("column 'size' has the value 'huge'")
        .withMessageContaining("SMALL");
  }

  record Positive(double value) {
    Positive {
      if (value <= 0) {
        throw new IllegalStateException("value must be positive");
      }
    }
  }

  @Test
  void record_whoseConstructorRefuses_throwsItsException() {
    record Free(double value) {}
    RecordMapper<Positive> mapper = RecordMapper.of(Positive.class);
    assertThatIllegalStateException()
        .isThrownBy(() -> mapper.record(RecordMapper.of(Free.class).row(new Free(-1))))
        .withMessage("value must be positive");
  }

  @Test
  void of_lookupThatMayNot_isRefused() {
    MethodHandles.Lookup stranger = MethodHandles.publicLookup();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordMapper.of(Primitives.class, stranger))
        .withMessageContaining("mlstack may not look into")
        .withMessageContaining("MethodHandles.lookup()");
  }
}
