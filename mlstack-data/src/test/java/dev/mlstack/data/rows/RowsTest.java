package dev.mlstack.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.store.MemoryRefs;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.data.json.JsonLines;
import dev.mlstack.data.read.Csv;
import dev.mlstack.data.testing.ReadResult;
import dev.mlstack.data.version.Datasets;
import dev.mlstack.data.version.Snapshot;
import dev.mlstack.data.version.VersionedDataset;
import dev.mlstack.schema.Column;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.SourceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowsTest {

  enum Colour {
    RED,
    BLUE
  }

  record Everything(
      long id,
      boolean flag,
      byte tiny,
      float narrow,
      double real,
      String text,
      Colour colour,
      LocalDate day,
      Instant at,
      LocalDateTime local,
      @Column(shape = {2, 1}) float[] tensor,
      OptionalInt maybeInt,
      OptionalLong maybeLong,
      OptionalDouble maybeReal,
      Optional<String> maybeText,
      Optional<Colour> maybeColour,
      @Nullable Short maybeShort) {

    /** Returns the values, with the numbers of the tensor in place of the array. */
    List<Object> values() {
      return Arrays.asList(
          id,
          flag,
          tiny,
          narrow,
          real,
          text,
          colour,
          day,
          at,
          local,
          Arrays.toString(tensor),
          maybeInt,
          maybeLong,
          maybeReal,
          maybeText,
          maybeColour,
          maybeShort);
    }
  }

  record Person(long id, String name) {}

  private static Everything full(long id) {
    return new Everything(
        id,
        true,
        (byte) -3,
        0.1f,
        Math.PI,
        "é",
        Colour.BLUE,
        LocalDate.of(1969, 7, 20),
        Instant.parse("1969-07-20T20:17:40.123456Z"),
        LocalDateTime.of(1900, 1, 1, 0, 0),
        new float[] {1, 2},
        OptionalInt.of(7),
        OptionalLong.of(Long.MIN_VALUE),
        OptionalDouble.of(-0.5),
        Optional.of(""),
        Optional.of(Colour.RED),
        (short) 9);
  }

  private static Everything sparse(long id) {
    return new Everything(
        id,
        false,
        (byte) 0,
        Float.NaN,
        0,
        "",
        Colour.RED,
        LocalDate.EPOCH,
        Instant.EPOCH,
        LocalDateTime.MIN.withYear(1),
        new float[] {Float.NaN, 0},
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        null);
  }

  @Test
  void records_comeBackAsTheyWent() throws IOException {
    List<Everything> records = List.of(full(1), sparse(2), full(3));
    ReadResult read = ReadResult.of(Rows.of(Everything.class, records).key("id"));
    assertThat(read.rejected()).isEmpty();
    assertThat(read.schema().field("id").role()).isEqualTo(Role.KEY);
    Dataset data = MemoryDataset.of(read.table());
    try (Stream<Everything> back = data.records(Everything.class)) {
      assertThat(back.map(Everything::values).toList())
          .isEqualTo(records.stream().map(Everything::values).toList());
    }
  }

  @Test
  void recordStream_readsAsItGoes_andClosesItsReader() throws IOException {
    List<Person> people =
        IntStream.range(0, 100_000).mapToObj(i -> new Person(i, "p" + i)).toList();
    try (RootAllocator allocator = new RootAllocator()) {
      VersionedDataset dataset =
          new Datasets(new MemoryStore(), new MemoryRefs(), "test", Execution.here())
              .withAllocator(allocator)
              .dataset("people");
      Snapshot snapshot =
          dataset.commit(Rows.of(Person.class, people).key("id").allocator(allocator));
      try (Stream<Person> back = snapshot.records(Person.class)) {
        assertThat(back.limit(5).toList()).isEqualTo(people.subList(0, 5));
      }
      try (Stream<Person> back = snapshot.records(Person.class)) {
        assertThat(back.filter(p -> !p.name().equals("p" + p.id())).count()).isZero();
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  record Wrong(long id, double name) {}

  record Lacking(long id, String nothing) {}

  @Test
  void recordStream_ofAnotherShape_saysSo() throws IOException {
    Dataset data =
        MemoryDataset.of(ReadResult.of(Rows.of(Person.class, List.of(new Person(1, "a")))).table());
    try (Stream<Lacking> rows = data.records(Lacking.class)) {
      assertThatThrownBy(rows::toList).hasMessageContaining("no column 'nothing'");
    }
    try (Stream<Wrong> rows = data.records(Wrong.class)) {
      assertThatThrownBy(rows::toList).hasMessageContaining("name");
    }
  }

  @Test
  void badRecords_areSetAside() throws IOException {
    List<@Nullable Everything> records = new ArrayList<>();
    records.add(full(1));
    records.add(null);
    records.add(withText(null));
    records.add(withText("lone \uD800 half"));
    records.add(sparse(5));
    records.add(sparse(6));
    records.add(sparse(7));
    ReadResult read =
        ReadResult.of(Rows.of(Everything.class, () -> records.stream()).maxRejected(3));
    assertThat(read.values("id")).containsExactly(1L, 5L, 6L, 7L);
    assertThat(read.rejected())
        .extracting(RejectedRow::line, RejectedRow::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, "there is null in place of a record"),
            org.assertj.core.groups.Tuple.tuple(
                3L, "a value is missing, and the column must have one"),
            org.assertj.core.groups.Tuple.tuple(
                4L, "half a surrogate pair stands alone in the text"));
    assertThat(read.rejected().get(1).text()).startsWith("Everything[id=0");
    assertThatThrownBy(
            () -> ReadResult.of(Rows.of(Everything.class, () -> records.stream()).maxRejected(1)))
        .isInstanceOf(DataException.class);
  }

  @SuppressWarnings("NullAway") // A record does not keep nulls out by itself.
  private static Everything withText(@Nullable String text) {
    Everything e = full(0);
    return new Everything(
        0,
        e.flag,
        e.tiny,
        e.narrow,
        e.real,
        text,
        e.colour,
        e.day,
        e.at,
        e.local,
        e.tensor,
        e.maybeInt,
        e.maybeLong,
        e.maybeReal,
        e.maybeText,
        e.maybeColour,
        e.maybeShort);
  }

  @Test
  void origin_isThatOfTheValues_andStreamsAreClosed() throws IOException {
    AtomicInteger open = new AtomicInteger();
    Rows<Person> rows =
        Rows.of(
            Person.class,
            () -> {
              open.incrementAndGet();
              return Stream.of(new Person(1, "a"), new Person(2, "b"))
                  .onClose(open::decrementAndGet);
            });
    ReadResult read = ReadResult.of(rows);
    assertThat(rows.origin()).isEqualTo(read.origin());
    assertThat(read.origin().name()).isEqualTo("Person records");
    assertThat(open).hasValue(0);
    Rows<Person> others = Rows.of(Person.class, List.of(new Person(1, "a"), new Person(2, "c")));
    assertThat(others.origin().digest()).isNotEqualTo(read.origin().digest());
    Rows<Person> narrowed =
        rows.columns("name").type("name", FieldType.category(List.of("A", "B")));
    assertThat(ReadResult.of(narrowed).values("name")).containsExactly("text A", "text B");
    try (SourceReader reader = rows.open(row -> {}, Execution.here())) {
      assertThatThrownBy(reader::origin).isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> ReadResult.of(Rows.of(Person.class, List.of())))
        .isInstanceOf(DataException.class)
        .hasMessage("Person records has no rows");
  }

  private static Snapshot commit(String name, dev.mlstack.table.Source source) throws IOException {
    return new Datasets(new MemoryStore(), new MemoryRefs(), "test", Execution.here())
        .dataset(name)
        .commit(source);
  }

  @Test
  void rowsSetAside_areFixedAndReadAgain_fromCsvAndJsonLines() throws IOException {
    byte[] csv = "id,name\n1,Ann\n2O,\"Bob, jr\"\nx,Eve\n4,Dan\n".getBytes(StandardCharsets.UTF_8);
    Csv source = Csv.stream("people.csv", () -> new ByteArrayInputStream(csv)).as(Person.class);
    Rejects fixed =
        Rejects.of(commit("csv", source).rejected())
            .under("id,name")
            .fix(
                row ->
                    row.value().equals("x")
                        ? Optional.empty()
                        : Optional.of(row.text().replace("2O", "20")));
    ReadResult again = ReadResult.of(Csv.stream("fixed", fixed).as(Person.class));
    assertThat(again.values("id")).containsExactly(20L);
    assertThat(again.values("name")).containsExactly("text Bob, jr");

    byte[] json =
        "{\"id\": 1, \"name\": \"Ann\"}\n{\"id\": 2, \"name\": \"Bo\n{\"id\": 3, \"name\": \"C\"}"
            .getBytes(StandardCharsets.UTF_8);
    JsonLines lines =
        JsonLines.stream("people.jsonl", () -> new ByteArrayInputStream(json)).as(Person.class);
    Rejects mended =
        Rejects.of(commit("json", lines).rejected()).fix(row -> Optional.of(row.text() + "b\"}"));
    try (Stream<RejectedRow> rows = mended.rows()) {
      assertThat(rows.map(RejectedRow::line)).containsExactly(2L);
    }
    assertThat(ReadResult.of(JsonLines.stream("fixed", mended).as(Person.class)).values("name"))
        .containsExactly("text Bob");
    assertThatThrownBy(() -> Rejects.of(MemoryDataset.of(again.table())))
        .isInstanceOf(DataException.class);
  }

  /** Each column by itself; what is not named, and what cannot be told apart, stays as it is. */
  @Test
  void rowsSetAside_areFixedByColumn() throws IOException {
    byte[] csv =
        "id,name\n1O,Ann\n2O,\"2O, jr\"\n3O,3O4\n4,\nx,Eve\n5,Dan\n6,E\n7,F\n8,G\n"
            .getBytes(StandardCharsets.UTF_8);
    Csv source =
        Csv.stream("people.csv", () -> new ByteArrayInputStream(csv))
            .as(Person.class)
            .maxRejected(9);
    Snapshot committed = commit("csv", source);
    Rejects fixed =
        Rejects.of(committed.rejected())
            .under(committed.schema())
            .fix("name", name -> "nobody")
            .fix("id", id -> id.replace('O', '0'));
    ReadResult again = ReadResult.of(Csv.stream("fixed", fixed).as(Person.class).maxRejected(9));
    assertThat(again.values("id")).containsExactly(10L, 30L);
    assertThat(again.values("name")).containsExactly("text Ann", "text 3O4");
    assertThat(again.rejected()).extracting(RejectedRow::text).contains("2O,\"2O, jr\"", "x,Eve");
  }
}
