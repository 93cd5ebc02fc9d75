package dev.mlstack.data.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.core.table.TableCodec;
import dev.mlstack.data.testing.RandomTables;
import dev.mlstack.data.testing.ReadResult;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with the tree model of Jackson, on documents at random and on broken ones. */
class JsonOracleTest {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path directory;

  JsonOracleTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static final List<String> KEYS =
      List.of("id", "x", "text", "flag", "Ünicode", "with space", "q\"uote\\", "day");

  /** Fills an object; each path has values of one kind, so that types can be compared. */
  private static void fill(ObjectNode node, int depth, Random random) {
    for (String key : KEYS) {
      if (random.nextInt(4) == 0) {
        continue;
      } else if (random.nextInt(8) == 0) {
        node.putNull(key);
        continue;
      }
      switch (key) {
        case "id" -> node.put(key, random.nextLong() >> random.nextInt(63));
        case "x" -> node.put(key, Double.longBitsToDouble(random.nextLong()));
        case "flag" -> node.put(key, random.nextBoolean());
        case "day" ->
            node.put(
                key, "20" + (10 + random.nextInt(80)) + "-0" + (1 + random.nextInt(9)) + "-11");
        default -> node.put(key, text(random));
      }
      if (key.equals("x") && !Double.isFinite(node.get(key).asDouble())) {
        node.put(key, 0.25);
      }
    }
    if (depth > 0 && random.nextInt(3) > 0) {
      fill(node.putObject("inner" + random.nextInt(2)), depth - 1, random);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("t");
    for (int i = random.nextInt(6); i > 0; i--) {
      int point =
          switch (random.nextInt(5)) {
            case 0 -> random.nextInt(32);
            case 1 -> 0x1F400 + random.nextInt(50);
            case 2 -> "\"\\/".codePointAt(random.nextInt(3));
            case 3 -> 0xC0 + random.nextInt(0x2000);
            default -> 'a' + random.nextInt(26);
          };
      text.appendCodePoint(point);
    }
    return text.toString();
  }

  @Test
  void cells_areThoseOfTheTree() throws IOException {
    long seed = Seeds.next();
    for (int round = 0; round < Seeds.repetitions(5, 200); round++) {
      Random random = new Random(seed + round);
      List<ObjectNode> nodes = new ArrayList<>();
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("always", i);
        fill(node, 3, random);
        nodes.add(node);
        lines.append(random.nextBoolean() ? node.toString() : ascii(node.toString())).append('\n');
      }
      byte[] utf8 = lines.toString().getBytes(StandardCharsets.UTF_8);
      ReadResult result =
          ReadResult.of(
              JsonLines.stream("random", () -> new ByteArrayInputStream(utf8))
                  .chunkBytes(1 + random.nextInt(5000)));
      assertThat(result.rejected()).as("seed %d", seed + round).isEmpty();
      Set<String> names = new HashSet<>();
      nodes.forEach(node -> collect(node, "", names));
      assertThat(new HashSet<>(result.schema().names())).as("seed %d", seed).isEqualTo(names);
      for (String name : names) {
        compare(result, nodes, name, seed + round);
      }
    }
  }

  /** Writes all that is not ASCII as escapes. */
  private static String ascii(String json) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      escaped.append(c < 128 ? String.valueOf(c) : String.format("\\u%04X", (int) c));
    }
    return escaped.toString();
  }

  private static void collect(JsonNode node, String prefix, Set<String> names) {
    node.properties()
        .forEach(
            member -> {
              if (member.getValue().isObject()) {
                collect(member.getValue(), prefix + member.getKey() + ".", names);
              } else {
                names.add(prefix + member.getKey());
              }
            });
  }

  private static void compare(ReadResult result, List<ObjectNode> nodes, String name, long seed) {
    List<Object> actual = result.values(name);
    for (int row = 0; row < nodes.size(); row++) {
      JsonNode node = nodes.get(row);
      for (String key : name.split("\\.", /* limit= */ -1)) {
        node = node.path(key);
      }
      Object expected =
          node.isMissingNode() || node.isNull()
              ? "missing"
              : node.isTextual()
                  ? textOrDay(result.schema().field(name).type(), node.asText())
                  : node.isBoolean()
                      ? (node.asBoolean() ? 1L : 0L)
                      : node.isDouble() ? (Object) node.asDouble() : node.asLong();
      assertThat(actual.get(row)).as("%s, row %d, seed %d", name, row, seed).isEqualTo(expected);
    }
  }

  private static Object textOrDay(FieldType type, String text) {
    return type instanceof FieldType.Date
        ? java.time.LocalDate.parse(text).toEpochDay()
        : "text " + text;
  }

  @Test
  void brokenBytes_areSetAside_exactlyWhereJacksonFails() throws IOException {
    long seed = Seeds.next();
    for (int round = 0; round < Seeds.repetitions(3000, 300_000); round++) {
      Random random = new Random(seed + round);
      ObjectNode node = MAPPER.createObjectNode();
      fill(node, 2, random);
      node.putArray("array").add(1).add(2.5).addArray().add("x");
      byte[] line = mutated(node.toString().getBytes(StandardCharsets.UTF_8), random);
      List<RejectedRow> rejected;
      try {
        rejected =
            ReadResult.of(
                    JsonLines.stream("fuzz", () -> new ByteArrayInputStream(withGoodLine(line)))
                        .as(Schema.of(Field.of("good", FieldType.TEXT)))
                        .maxRejected(1000))
                .rejected();
      } catch (DataException e) {
        assertThat(e).hasMessageContaining("is not text");
        continue;
      }
      String shown = new String(line, StandardCharsets.UTF_8);
      int expected = 0;
      for (byte[] one : split(line)) {
        expected += isObject(one) ? 0 : 1;
      }
      if (!shown.contains("\\u") && !shown.contains("NaN") && !shown.contains("Infinity")) {
        assertThat(rejected).as("seed %d: %s", seed + round, shown).hasSize(expected);
      }
    }
  }

  private static byte[] withGoodLine(byte[] line) {
    byte[] good = "{\"good\": \"x\"}\n".getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(good.length + line.length).put(good).put(line).array();
  }

  private static byte[] mutated(byte[] line, Random random) {
    byte[] bytes = line.clone();
    for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 2; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "{}[],:\"\\0-+.eE tfn\n".charAt(random.nextInt(19));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        default -> {
          byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
          System.arraycopy(bytes, at + 1, shorter, at, bytes.length - at - 1);
          bytes = shorter;
        }
      }
    }
    return bytes;
  }

  private static List<byte[]> split(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    while (from < bytes.length) {
      int to = LineParser.lineEnd(bytes, from, bytes.length);
      if (!LineParser.isBlank(bytes, from, to)) {
        lines.add(Arrays.copyOfRange(bytes, from, to));
      }
      from = to + 1;
    }
    return lines;
  }

  private static boolean isObject(byte[] line) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      return MAPPER.readTree(text).isObject();
    } catch (CharacterCodingException | com.fasterxml.jackson.core.JsonProcessingException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows.jsonl", "rows.jsonl.gz"})
  void rows_comeBackAsTheyWent(String name) throws IOException {
    long seed = Seeds.next();
    Schema schema = RandomTables.schema();
    MemoryTable.Builder rows = MemoryTable.builder(schema);
    Random random = new Random(seed);
    for (int i = 1; i <= 3000; i++) {
      Object[] values = RandomTables.row(schema, 0.2, random);
      for (int c = 0; c < values.length; c++) {
        FieldType type = schema.field(c).type();
        if (values[c] != null && type instanceof FieldType.Date) {
          values[c] = (long) random.nextInt(40_000) - 20_000;
        } else if (values[c] != null && type instanceof FieldType.Timestamp) {
          values[c] = random.nextLong() >> 12;
        }
      }
      rows.add(i, values);
    }
    MemoryTable table = rows.build();
    Path file = directory.resolve(name);
    assertThat(JsonLines.to(file).write(MemoryDataset.of(table), Execution.here())).isEqualTo(3000);
    ReadResult back = ReadResult.of(JsonLines.file(file).as(schema));
    assertThat(back.rejected()).as("seed %d", seed).isEmpty();
    assertThat(TableCodec.encode(back.table()))
        .as("seed %d", seed)
        .isEqualTo(TableCodec.encode(table));
  }
}
