package dev.mlstack.data.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.TableCodec;
import dev.mlstack.data.testing.ReadResult;
import dev.mlstack.schema.Column;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.SourceReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {

  private final Path directory;

  JsonLinesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static JsonLines lines(String... lines) {
    return bytes((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static JsonLines bytes(byte[] bytes) {
    return JsonLines.stream("test", () -> new ByteArrayInputStream(bytes));
  }

  record Person(
      long id,
      Optional<String> userAddressZip,
      OptionalDouble height,
      @Column(shape = 2) float[] embedding) {}

  @Test
  void members_ofObjectsInObjects_areColumnsOfTheirOwn() throws IOException {
    ReadResult result =
        ReadResult.of(
            lines(
                "{\"id\": 1, \"user\": {\"name\": \"A\", \"address\": {\"zip\": \"01234\"}}}",
                "",
                " { \"user\" : { \"address\" : { } , \"age\" : 7 } , \"id\" : 2 }\r",
                "{\"id\": 3, \"user\": null, \"extra\": true}"));
    assertThat(result.schema().names())
        .containsExactly("id", "user.name", "user.address.zip", "user.age", "extra");
    assertThat(result.values("user.address.zip"))
        .containsExactly("text 01234", "missing", "missing");
    assertThat(result.values("user.age")).containsExactly("missing", 7L, "missing");
    assertThat(result.table().rowId(1)).isEqualTo(3);
    assertThat(result.rejected()).isEmpty();
  }

  @Test
  void record_findsColumns_whateverTheirSpelling() throws IOException {
    JsonLines source =
        lines(
                "{\"ID\": 1, \"user\": {\"address\": {\"zip\": \"x\"}}, \"embedding\": [1, 2.5],"
                    + " \"other\": [{}]}",
                "{\"ID\": 2, \"height\": null, \"embedding\": [\"NaN\", 1e-3]}",
                "{\"ID\": 3, \"height\": \"NaN\", \"embedding\": [[1, 2]]}",
                "{\"ID\": 4, \"height\": 1, \"embedding\": null}")
            .as(Person.class)
            .key("id");
    ReadResult result = ReadResult.of(source);
    assertThat(result.schema().field("id").role()).isEqualTo(Role.KEY);
    assertThat(result.values("user_address_zip")).containsExactly("text x", "missing");
    assertThat(result.rejected())
        .extracting(RejectedRow::line, RejectedRow::column, RejectedRow::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(3L, "embedding", "[[1, 2]]"),
            org.assertj.core.groups.Tuple.tuple(4L, "embedding", "null"));
  }

  @Test
  void field_namesAPlace_alsoOfAnObject() throws IOException {
    JsonLines source =
        lines("{\"a/b\": {\"~\": 1}, \"o\": {\"x\": [1,\"é\"]}, \"z\": 2}")
            .field("/a~1b/~0", "tilde")
            .field("/o", "object");
    ReadResult result = ReadResult.of(source);
    assertThat(result.schema().names()).containsExactly("tilde", "object", "z");
    assertThat(result.values("object")).containsExactly("text {\"x\": [1,\"é\"]}");
    Schema declared = Schema.of(Field.of("tilde", FieldType.FLOAT32));
    JsonLines narrow =
        lines("{\"a/b\": {\"~\": 1}, \"tilde\": 3}").field("/a~1b/~0", "tilde").as(declared);
    assertThat(ReadResult.of(narrow).values("tilde")).containsExactly(1.0);
    assertThat(narrow.parameters().canonicalJson())
        .isEqualTo("{\"fields\":{\"/a~1b/~0\":\"tilde\"}}");
    assertThatThrownBy(() -> lines("{\"a\": 1}").field("/b", "x").schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no value at [/b]");
  }

  @Test
  void names_thatCollide_areRefused() {
    assertThatThrownBy(() -> lines("{\"a.b\": 1, \"a\": {\"b\": 2}}").schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("two columns named 'a.b', at /a.b and at /a/b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true | false | bool",
        "1 | -2 | int64",
        "1 | 2.0 | float64",
        "1 | 1e3 | float64",
        "1 | NaN | float64",
        "1 | \"Infinity\" | float64",
        "9223372036854775807 | -9223372036854775808 | int64",
        "1 | 9223372036854775808 | text",
        "0.5 | 9223372036854775808 | float64",
        "\"2024-02-29\" | \"2023-01-01\" | date",
        "\"2024-02-29T10:00\" | \"2023-01-01\" | date and time",
        "\"2024-02-29T10:00Z\" | \"2023-01-01 00:00:00.5+02:00\" | instant",
        "\"2024-02-29T10:00Z\" | \"2023-01-01\" | text",
        "\"1\" | \"2\" | text",
        "\"NaN\" | \"x\" | text",
        "1 | \"2\" | text",
        "1 | true | text",
        "null | 1 | int64",
        "null | null | text",
        "[1, 2] | [3, 4.5] | tensor[2]",
        "[[1, 2, 3], [4, 5, 6]] | null | tensor[2, 3]",
        "[1, 2] | [3] | text",
        "[] | [] | text",
        "[[1], [2, 3]] | null | text",
        "[1, [2]] | null | text",
        "[\"a\"] | null | text",
        "[1, null] | null | text",
        "{\"b\": 1} | 2 | text",
        "{\"b\": 1} | [2] | text",
      })
  void type_followsFromAllValues(String first, String last, String type) throws IOException {
    JsonLines source = lines("{\"a\": " + first + "}", "{}", "{\"a\": " + last + "}");
    for (int chunk : new int[] {1, 1 << 20}) {
      ReadResult result = ReadResult.of(source.chunkBytes(chunk));
      assertThat(result.schema().field("a").type()).hasToString(type);
      assertThat(result.rejected()).isEmpty();
      assertThat(result.table().rows()).isEqualTo(3);
    }
  }

  @Test
  void text_ofMixedValues_isTheJsonOfEach() throws IOException {
    ReadResult result =
        ReadResult.of(
            lines("{\"a\": 1.50}", "{\"a\": true}", "{\"a\": \"x\\ty\"}", "{\"a\": [1, {}]}"));
    assertThat(result.values("a"))
        .containsExactly("text 1.50", "text true", "text x\ty", "text [1, {}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": 1, \"a\": 2} | a | 2 | two values",
        "{\"a\": 1.5} | a | 1.5 | not a whole number",
        "{\"a\": 3000000000} | a | 3000000000 | too large for int32",
        "{\"a\": 99999999999999999999} | a | 99999999999999999999 | too large",
        "{\"a\": true} | a | true | a truth value where the column has the type int32",
        "{\"a\": \"x\"} | a | \"x\" | not a whole number",
        "{\"a\": {}} | a | {} | an object",
        "{\"b\": 1} | a | `` | a value is missing",
        "{\"a\": null} | a | null | a value is missing",
        "[{\"a\": 1}] | `` | `` | not a JSON object",
        "{\"a\": 1 | `` | `` | it ends too early, at byte 7",
        "{\"a\": 01} | `` | `` | there is no value",
        "{\"a\": 1.} | `` | `` | lacks digits",
        "{\"a\": 1e} | `` | `` | lacks digits",
        "{\"a\": -} | `` | `` | there is no value",
        "{\"a\": +1} | `` | `` | there is no value",
        "{\"a\" 1} | `` | `` | there should be a :",
        "{a: 1} | `` | `` | there should be a key",
        "{\"a\": 1,} | `` | `` | a comma stands before a }",
        "{\"a\": 1 \"b\": 2} | `` | `` | there should be a comma",
        "{\"a\": 1} x | `` | `` | something stands behind",
        "{\"a\": nul} | `` | `` | there is no value",
        "{\"a\": 1, \"b\": \"\\x\"} | `` | `` | an escape is unknown",
        "{\"a\": 1, \"b\": \"\\ud800\"} | `` | `` | half a surrogate pair",
        "{\"a\": 1, \"b\": \"\\u12\"} | `` | `` | four hexadecimal digits",
        "{\"a\": 1, \"b\": \"x} | `` | `` | a string does not end",
        "{\"a\": 1, \"b\": \"x\ty\"} | `` | `` | a control character",
      })
  void badRow_isSetAside_withPlaceAndReason(String line, String column, String value, String reason)
      throws IOException {
    Schema schema = Schema.of(Field.of("a", FieldType.INT32).required());
    JsonLines source = lines("{\"a\": 1}", line, "{\"a\": 2}").as(schema);
    ReadResult result = ReadResult.of(source);
    assertThat(result.values("a")).containsExactly(1L, 2L);
    RejectedRow row = result.onlyRejected();
    assertThat(row.source()).isEqualTo("test");
    assertThat(row.line()).isEqualTo(2);
    assertThat(row.offset()).isEqualTo(9);
    assertThat(row.column()).isEqualTo(column);
    assertThat(row.value()).isEqualTo(value);
    assertThat(row.reason()).contains(reason);
    assertThat(row.text()).isEqualTo(line);
  }

  @Test
  void brokenLine_doesNotDecideTypes() throws IOException {
    ReadResult result =
        ReadResult.of(lines("{\"a\": 1}", "{\"a\": \"x\", \"new\": 1, }", "{\"a\": 2}"));
    assertThat(result.schema().names()).containsExactly("a");
    assertThat(result.schema().field("a").type()).isEqualTo(FieldType.INT64);
  }

  @Test
  void malformedUtf8_isSetAside() throws IOException {
    byte[] text =
        "{\"a\": \"x\"}\n{\"a\": \"?\"}\n{\"a\": [\"?\"]}\n{\"a\": \"é\"}"
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      text[i] = text[i] == '?' ? (byte) 0xE9 : text[i];
    }
    ReadResult result = ReadResult.of(bytes(text));
    assertThat(result.values("a")).containsExactly("text x", "text é");
    assertThat(result.rejected()).hasSize(2);
  }

  @Test
  void tooManyBadRows_endTheReading_withASummary() {
    JsonLines source = lines("{\"a\": 1}", "{", "{", "{\"a\": 2}").maxRejected(1);
    assertThatThrownBy(() -> ReadResult.of(source))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("more than 1 rows cannot be read")
        .hasMessageContaining("test, line 2");
  }

  @Test
  void declaredTypes_readWhatIsWritten() throws IOException {
    Schema schema =
        Schema.of(
            Field.of("c", FieldType.category(List.of("light-blue", "2"))),
            Field.of("d", FieldType.DATE),
            Field.of("n", FieldType.INT64),
            Field.of("r", FieldType.FLOAT64),
            Field.of("t", FieldType.TEXT),
            Field.of("e", FieldType.tensor(2, 2)));
    ReadResult result =
        ReadResult.of(
            lines(
                    "{\"c\": \"Light Blue\", \"d\": \"2024-01-01\", \"n\": \"12\", \"r\": \"1e3\","
                        + " \"t\": 1.0, \"e\": [[1, 2], [3, 4]]}",
                    "{\"c\": 2, \"n\": 5.0, \"r\": -Infinity, \"t\": {\"x\": 1}, \"e\": [1, 2, 3, 4]}")
                .as(schema));
    assertThat(result.rejected()).isEmpty();
    assertThat(result.values("c")).containsExactly("text light-blue", "text 2");
    assertThat(result.values("d"))
        .containsExactly(LocalDate.of(2024, 1, 1).toEpochDay(), "missing");
    assertThat(result.values("n")).containsExactly(12L, 5L);
    assertThat(result.values("r")).containsExactly(1000.0, Double.NEGATIVE_INFINITY);
    assertThat(result.values("t")).containsExactly("text 1.0", "text {\"x\": 1}");
    assertThat(result.values("e").get(0)).isEqualTo(result.values("e").get(1));
  }

  @Test
  void inputs_ofEveryKind_giveTheSameRows() throws IOException {
    String text = "{\"a\": 1}\n{\"a\": 2}\n";
    Files.writeString(directory.resolve("x1.jsonl"), "\uFEFF{\"a\": 1}");
    Files.write(directory.resolve("x2.jsonl.gz"), gzip("{\"a\": 2}\nbroken"));
    Files.writeString(directory.resolve("y.json"), text);
    ReadResult glob = ReadResult.of(JsonLines.glob(directory, "x*"));
    assertThat(glob.values("a")).containsExactly(1L, 2L);
    assertThat(glob.onlyRejected().source()).isEqualTo("x2.jsonl.gz");
    assertThat(glob.onlyRejected().line()).isEqualTo(2);
    assertThat(glob.onlyRejected().offset()).isEqualTo(9);
    List<Path> paths = List.of(directory.resolve("x1.jsonl"), directory.resolve("x2.jsonl.gz"));
    assertThat(ReadResult.of(JsonLines.files(paths)).values("a")).containsExactly(1L, 2L);
    JsonLines file = JsonLines.file(directory.resolve("y.json"));
    ReadResult read = ReadResult.of(file);
    assertThat(read.origin()).isEqualTo(file.origin());
    assertThat(read.origin().digest()).isEqualTo(Digest.of(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(read.origin().name()).isEqualTo("y.json");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void limits_areKept() throws IOException {
    String deep = "{\"a\":".repeat(65) + "1" + "}".repeat(65);
    assertThat(ReadResult.of(lines("{\"b\": 1}", deep)).onlyRejected().reason())
        .contains("nested more than 64 deep");
    assertThatThrownBy(
            () ->
                ReadResult.of(
                    lines("{\"a\": \"" + "x".repeat(100) + "\"}").maxLineBytes(50).chunkBytes(16)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 1 has more than 50 bytes");
    StringBuilder wide = new StringBuilder("{\"k\": 1");
    for (int i = 0; i < TypeScan.MAX_PLACES; i++) {
      wide.append(",\"k").append(i).append("\":1");
    }
    String wideLine = wide.append('}').toString();
    assertThatThrownBy(() -> lines(wideLine).schema())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("more than 100000 different keys");
    Schema declared = Schema.of(Field.of("k99999", FieldType.INT64));
    assertThat(ReadResult.of(lines(wideLine).as(declared)).values("k99999")).containsExactly(1L);
    byte[] bomb = gzip("{\"a\": 1}\n".repeat(100_000));
    assertThatThrownBy(() -> ReadResult.of(bytes(bomb).maxUnpacked(1000)))
        .isInstanceOf(DataException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \n"})
  void nothing_isRefused(String text) {
    assertThatThrownBy(
            () -> ReadResult.of(lines(text).as(Schema.of(Field.of("a", FieldType.TEXT)))))
        .isInstanceOf(DataException.class);
  }

  @Test
  void threadsAndPieces_doNotMatter_andMemoryIsFreed() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append("{\"id\": ").append(i).append(i % 1000 == 7 ? ", \"late" + i + "\": 1" : "");
      text.append(i % 500 == 3 ? ", \"t\": broken" : ", \"t\": \"x" + i + "\"").append("}\n");
    }
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    ReadResult expected = ReadResult.of(bytes(utf8));
    assertThat(expected.schema().names())
        .containsExactly("id", "t", "late7", "late1007", "late2007", "late3007", "late4007");
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try (RootAllocator allocator = new RootAllocator()) {
      for (int chunk : new int[] {1, 100, 3000, 1 << 20}) {
        JsonLines source = bytes(utf8).chunkBytes(chunk).allocator(allocator);
        ReadResult actual = ReadResult.of(source, Execution.on(pool, 3));
        assertThat(TableCodec.encode(actual.table()))
            .isEqualTo(TableCodec.encode(expected.table()));
        assertThat(actual.rejected()).isEqualTo(expected.rejected());
        assertThat(actual.origin()).isEqualTo(expected.origin());
        try (SourceReader reader = source.open(row -> {}, Execution.on(pool, 3))) {
          assertThat(reader.next()).isNotNull();
        }
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void cancelling_endsTheReading() {
    AtomicInteger asked = new AtomicInteger();
    Execution cancelled = Execution.here().withCancellation(() -> asked.incrementAndGet() > 3);
    assertThatThrownBy(
            () ->
                ReadResult.of(lines("{\"a\": 1}".repeat(1), "{\"a\": 2}").chunkBytes(4), cancelled))
        .isInstanceOf(CancellationException.class);
  }
}
