package dev.mlstack.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of each layout, written down by hand from the documentation of {@link ColumnCodec}. */
class ColumnCodecTest {

  static Stream<Arguments> frozen() {
    return Stream.of(
        layout(FieldType.BOOL, "03000000 01 05 01 00 00", true, null, false),
        layout(new FieldType.Int(8), "02000000 00 7f 80", 127, -128),
        layout(new FieldType.Int(16), "02000000 00 0180 ff7f", -32767, 32767),
        layout(FieldType.INT32, "02000000 01 01 07000000 00000000", 7, null),
        layout(FieldType.INT64, "01000000 00 feffffffffffffff", -2L),
        layout(FieldType.FLOAT32, "03000000 00 0000803f 0000c07f 00000000", 1f, Float.NaN, -0f),
        layout(
            FieldType.FLOAT64,
            "04000000 01 0b 000000000000f03f 000000000000f87f 0000000000000000 0000000000000000",
            1.0,
            Double.longBitsToDouble(0xfff8_0000_0000_0001L),
            null,
            -0.0),
        layout(FieldType.DATE, "01000000 00 0b000000", LocalDate.of(1970, 1, 12)),
        layout(FieldType.INSTANT, "01000000 00 40420f0000000000", Instant.ofEpochSecond(1)),
        layout(
            FieldType.LOCAL_DATE_TIME,
            "01000000 00 ffffffffffffffff",
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000)),
        layout(
            FieldType.category(List.of("red", "blue")),
            "03000000 01 05 01 00 00",
            "blue",
            null,
            "red"),
        layout(
            FieldType.tensor(2),
            "02000000 01 01 0000803f 0000c07f 00000000 00000000",
            new float[] {1, Float.NaN},
            null),
        // Three texts, all distinct: the offsets 0, 1, 1, 3 and the bytes.
        layout(
            FieldType.TEXT,
            "03000000 01 05 00000000 01000000 01000000 03000000 61 c3a9",
            "a",
            null,
            "é"),
        // Four texts, two distinct: two words, their offsets 0, 1, 3, their bytes, four codes.
        layout(
            FieldType.TEXT,
            "05000000 03 1d 02000000 00000000 01000000 03000000 62 c3a9 01 00 00 01 00",
            "é",
            null,
            "b",
            "é",
            "b"),
        // No text at all: a dictionary without words.
        layout(FieldType.TEXT, "02000000 03 00 00000000 00000000 00 00", null, null),
        layout(FieldType.TEXT, "00000000 02 00000000 00000000"),
        layout(FieldType.FLOAT64, "00000000 00"));
  }

  private static Arguments layout(FieldType type, String hex, @Nullable Object... values) {
    return Arguments.of(type, hex, Arrays.asList(values));
  }

  @ParameterizedTest
  @MethodSource
  void frozen(FieldType type, String hex, List<@Nullable Object> values) {
    Field field = Field.of("x", type);
    byte[] bytes = ColumnCodec.encode(column(field, values));
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex.replace(" ", ""));
    byte[] given = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(ColumnCodec.encode(new EncodedColumn(field, given).toColumn())).isEqualTo(given);
  }

  private static ColumnData column(Field field, List<@Nullable Object> values) {
    MemoryTable.Builder table = MemoryTable.builder(Schema.of(field));
    for (int row = 0; row < values.size(); row++) {
      table.add(row, new Object[] {values.get(row)});
    }
    return table.build().column(0);
  }

  @Test
  void wordsOfADictionary_areSortedByTheirBytes_andCodesGrowWithIt() {
    // U+FFFD sorts before U+1F600 by bytes and by code points, but not as UTF-16.
    List<@Nullable Object> few = List.of("\uD83D\uDE00", "\uFFFD", "\uD83D\uDE00", "\uFFFD");
    byte[] bytes = ColumnCodec.encode(column(Field.of("x", FieldType.TEXT), few));
    EncodedColumn encoded = new EncodedColumn(Field.of("x", FieldType.TEXT), bytes);
    assertThat(encoded.hasDictionary()).isTrue();
    assertThat(encoded.encodedTexts().get(0)).isEqualTo("\uFFFD");
    assertThat(encoded.word(0)).isEqualTo(1);

    List<@Nullable Object> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add("word " + i % 300);
    }
    ColumnData column = column(Field.of("x", FieldType.TEXT), many);
    EncodedColumn wide = new EncodedColumn(column.field(), ColumnCodec.encode(column));
    assertThat(wide.encodedTexts().count()).isEqualTo(300);
    assertThat(wide.bytes().capacity())
        .isEqualTo(wide.encodedTexts().dataFrom() + wide.encodedTexts().dataLength() + 2 * 1000);
    assertThat(wide.texts()).containsExactly(many.toArray(new String[0]));
  }

  @Test
  void sectionsOfTexts_sayWhereEachIs() {
    ColumnData column = column(Field.of("x", FieldType.TEXT), List.of("ab", "", "cde"));
    EncodedColumn encoded = new EncodedColumn(column.field(), ColumnCodec.encode(column));
    EncodedColumn.Texts texts = encoded.encodedTexts();
    assertThat(encoded.hasDictionary()).isFalse();
    assertThat(texts.count()).isEqualTo(3);
    assertThat(texts.dataLength()).isEqualTo(5);
    assertThat(texts.from(2)).isEqualTo(texts.dataFrom() + 2);
    assertThat(texts.length(2)).isEqualTo(3);
    assertThat(texts.get(2)).isEqualTo("cde");
  }

  @Test
  void halfASurrogatePair_isRefused() {
    for (String text : List.of("\uD83D", "what? \uDE00", "\uDE00\uD83D")) {
      for (List<@Nullable Object> values :
          List.<List<@Nullable Object>>of(List.of(text), List.of(text, text))) {
        ColumnData column = column(Field.of("x", FieldType.TEXT), values);
        assertThatThrownBy(() -> ColumnCodec.encode(column))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("column 'x'")
            .hasMessageContaining("half a surrogate pair");
      }
    }
  }

  @Test
  void numberThatTheTypeDoesNotAllow_isRefused() {
    Object[][] wrong = {
      {FieldType.BOOL, 2L},
      {new FieldType.Int(8), 128L},
      {new FieldType.Int(16), -32769L},
      {FieldType.INT32, 1L << 31},
      {FieldType.DATE, 1L << 40}
    };
    for (Object[] pair : wrong) {
      Field field = Field.of("x", (FieldType) pair[0]);
      ColumnData column =
          new HeapColumns.Longs(field, 2, new BitSet(), new long[] {0, (Long) pair[1]});
      assertThatThrownBy(() -> ColumnCodec.encode(column))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("column 'x' of type " + field.type() + " cannot hold the number " + pair[1]);
    }
  }

  @Test
  void codeWithoutAValue_isRefused() {
    Field field = Field.of("x", FieldType.category(List.of("a", "b")));
    ColumnData column = new HeapColumns.Categories(field, 1, new BitSet(), new int[] {2});
    assertThatThrownBy(() -> ColumnCodec.encode(column))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("code 2");
  }
}
