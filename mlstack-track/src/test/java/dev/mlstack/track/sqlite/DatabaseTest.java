package dev.mlstack.track.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

  private static final int ID = 0x74657374;
  private static final int BUSY_MILLIS = 200;

  private static final List<String> VERSION_1 =
      List.of("CREATE TABLE word (key INTEGER PRIMARY KEY, text TEXT)");
  private static final List<String> VERSION_2 =
      List.of(
          "ALTER TABLE word ADD COLUMN length INTEGER", "UPDATE word SET length = length(text)");

  private static final Layout ONE = new Layout(ID, "dictionary", List.of(VERSION_1));
  private static final Layout TWO = new Layout(ID, "dictionary", List.of(VERSION_1, VERSION_2));

  private final Path directory;
  private final Path file;

  DatabaseTest(@TempDir Path directory) {
    this.directory = directory;
    this.file = directory.resolve("words.db");
  }

  private Database open(Layout layout) throws IOException {
    return Database.open(file, layout, BUSY_MILLIS);
  }

  private static void add(Database database, String text) {
    database.write(sql -> sql.update("INSERT INTO word (text) VALUES (?)", text));
  }

  private static List<String> words(Database database) {
    return database.read(
        sql -> sql.list("SELECT text FROM word ORDER BY key", r -> r.getString(1)));
  }

  @Test
  void open_newFile_hasTheTables() throws IOException {
    try (Database database = open(ONE)) {
      assertThat(database.created()).isTrue();
      add(database, "a");
      assertThat(words(database)).containsExactly("a");
    }
    try (Database database = open(ONE)) {
      assertThat(database.created()).isFalse();
      assertThat(words(database)).containsExactly("a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b.db", "q?mode=ro.db", "h#x.db", "p%20.db", "ü日.db", "'quote.db"})
  void open_fileOfAnyName_isThatFile(String name) throws IOException {
    try (Database database = Database.open(directory.resolve(name), ONE)) {
      add(database, "a");
    }
    assertThat(directory.resolve(name)).exists();
    try (Database database = Database.open(directory.resolve(name), ONE)) {
      assertThat(words(database)).containsExactly("a");
    }
  }

  @Test
  void open_olderTables_areMigratedOnce() throws IOException {
    try (Database database = open(ONE)) {
      add(database, "four");
    }
    for (int i = 0; i < 2; i++) {
      try (Database database = open(TWO)) {
        assertThat(database.created()).isFalse();
        List<Integer> lengths =
            database.read(sql -> sql.list("SELECT length FROM word", row -> row.getInt(1)));
        assertThat(lengths).containsExactly(4);
      }
    }
  }

  @Test
  void open_migrationFails_leavesTheFileAsItWas() throws IOException {
    try (Database database = open(ONE)) {
      add(database, "a");
    }
    Layout broken =
        new Layout(ID, "dictionary", List.of(VERSION_1, List.of("DROP TABLE word", "NONSENSE")));
    assertThatThrownBy(() -> open(broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("NONSENSE");
    try (Database database = open(ONE)) {
      assertThat(words(database)).containsExactly("a");
    }
  }

  @Test
  void open_newerTables_areRefused() throws IOException {
    open(TWO).close();

    assertThatThrownBy(() -> open(ONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("newer version")
        .hasMessageContaining("2")
        .hasMessageContaining("1");
  }

  @Test
  void open_databaseOfSomethingElse_isRefusedAndUntouched() throws IOException {
    open(ONE).close();
    byte[] before = Files.readAllBytes(file);
    Layout other = new Layout(ID + 1, "phone book", List.of(VERSION_1));

    assertThatThrownBy(() -> Database.open(file, other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("phone book")
        .hasMessageContaining("something else");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void open_noDatabase_isRefusedAndUntouched() throws IOException {
    String text = "This is a text that somebody would not want to lose. ".repeat(200);
    Files.writeString(file, text);

    assertThatThrownBy(() -> open(ONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("no SQLite database");
    assertThat(file).hasContent(text);
  }

  @Test
  void open_directory_isRefused() {
    assertThatThrownBy(() -> Database.open(directory, ONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("is a directory");
  }

  @Test
  void open_directoryIsMissing_isRefused() {
    Path missing = directory.resolve("not").resolve("there.db");

    assertThatThrownBy(() -> Database.open(missing, ONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("does not exist");
  }

  @Test
  void open_whereNothingCanBeCreated_isRefused() {
    Path readOnly = Path.of("/proc/words.db");
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc")), "needs Linux");

    assertThatThrownBy(() -> Database.open(readOnly, ONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(readOnly.toString())
        .hasMessageContaining("permissions");
  }

  @Test
  void open_fileThatCannotBeWritten_isRefused() throws IOException {
    open(ONE).close();
    Assumptions.assumeTrue(file.toFile().setWritable(false));
    Assumptions.assumeFalse(Files.isWritable(file), "a superuser may write everywhere");

    assertThatThrownBy(() -> open(TWO))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("permissions");
  }

  @Test
  void open_damagedFile_isRefused() throws IOException {
    try (Database database = open(ONE)) {
      for (int i = 0; i < 2000; i++) {
        add(database, "word " + i);
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 4096, bytes.length, (byte) 0x55);
    Files.write(file, bytes);

    try (Database database = open(ONE)) {
      assertThatThrownBy(() -> words(database))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void open_fromManyThreadsAtOnce_createsOneFile() throws Exception {
    int threads = 8;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> opened = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String word = "word " + i;
      Callable<Integer> task =
          () -> {
            start.await();
            try (Database database = Database.open(file, TWO)) {
              add(database, word);
              return database.created() ? 1 : 0;
            }
          };
      opened.add(executor.submit(task));
    }
    start.countDown();
    int created = 0;
    for (Future<Integer> one : opened) {
      created += one.get();
    }
    executor.shutdown();

    assertThat(created).isEqualTo(1);
    try (Database database = open(TWO)) {
      assertThat(words(database)).hasSize(threads);
    }
  }

  @Test
  void write_thatFails_changesNothing() throws IOException {
    try (Database database = open(ONE)) {
      add(database, "a");
      assertThatThrownBy(
              () ->
                  database.write(
                      sql -> {
                        sql.update("INSERT INTO word (text) VALUES ('b')");
                        throw new SQLException("enough");
                      }))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("enough");
      assertThatThrownBy(
              () ->
                  database.write(
                      sql -> {
                        sql.update("INSERT INTO word (text) VALUES ('c')");
                        throw new IllegalArgumentException("mine");
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("mine");
      add(database, "d");
      assertThat(words(database)).containsExactly("a", "d");
    }
  }

  @Test
  void read_seesOneMoment_whateverIsWrittenMeanwhile() throws IOException {
    try (Database database = open(ONE)) {
      add(database, "a");
      int seen =
          database.read(
              sql -> {
                int before = sql.list("SELECT key FROM word", row -> row.getInt(1)).size();
                add(database, "b");
                int within =
                    database.read(same -> same.list("SELECT key FROM word", r -> 1)).size();
                assertThat(within).isEqualTo(before);
                return before;
              });
      assertThat(seen).isEqualTo(1);
      assertThat(words(database)).containsExactly("a", "b");
    }
  }

  @Test
  void write_withinAWrite_isPartOfIt() throws IOException {
    try (Database database = open(ONE)) {
      assertThatThrownBy(
              () ->
                  database.write(
                      sql -> {
                        add(database, "a");
                        throw new SQLException("all or nothing");
                      }))
          .isInstanceOf(StoreException.class);
      assertThat(words(database)).isEmpty();
    }
  }

  @Test
  void write_fileIsLocked_failsAfterAWhileAndSucceedsThen() throws IOException {
    try (Database database = open(ONE);
        Database other = open(ONE)) {
      other.write(
          sql -> {
            sql.update("INSERT INTO word (text) VALUES ('theirs')");
            assertThatThrownBy(() -> add(database, "mine"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("locked");
            return 0;
          });
      add(database, "mine");
      assertThat(words(database)).containsExactly("theirs", "mine");
    }
  }

  @Test
  void write_diskIsFull_saysSoAndChangesNothing() throws IOException {
    try (Database database = open(ONE)) {
      String pages = database.write(sql -> sql.pragma("page_count"));
      database.write(sql -> sql.pragma("max_page_count=" + (Integer.parseInt(pages) + 4)));
      add(database, "small");

      assertThatThrownBy(() -> add(database, "x".repeat(100_000)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("disk is full");

      assertThat(words(database)).containsExactly("small");
      database.write(sql -> sql.pragma("max_page_count=1000000"));
      database.writeThrough(sql -> sql.update("INSERT INTO word (text) VALUES ('again')"));
      assertThat(words(database)).containsExactly("small", "again");
    }
  }

  @Test
  void writeThrough_goesBackToOrdinaryCommits() throws IOException {
    try (Database database = open(ONE)) {
      database.writeThrough(sql -> sql.update("INSERT INTO word (text) VALUES ('a')"));
      assertThat(database.<String>write(sql -> sql.pragma("synchronous"))).isEqualTo("1");
      assertThatThrownBy(
              () ->
                  database.writeThrough(
                      sql -> {
                        assertThat(sql.pragma("synchronous")).isEqualTo("2");
                        throw new SQLException("failed");
                      }))
          .isInstanceOf(StoreException.class);
      assertThat(database.<String>write(sql -> sql.pragma("synchronous"))).isEqualTo("1");
      assertThat(database.<String>read(sql -> sql.pragma("journal_mode"))).isEqualTo("wal");
    }
  }

  @Test
  void values_ofEveryKind_areWhatTheyWere() throws IOException {
    try (Database database = open(ONE)) {
      String text = "a\u0000b'\"\n😀";
      add(database, text);
      assertThat(words(database)).containsExactly(text);
      double infinite =
          database.read(
              sql ->
                  sql.list("SELECT ?", row -> row.getDouble(1), Double.NEGATIVE_INFINITY).get(0));
      assertThat(infinite).isEqualTo(Double.NEGATIVE_INFINITY);
      boolean nan =
          database.read(
              sql -> sql.list("SELECT ? IS NULL", row -> row.getBoolean(1), Double.NaN).get(0));
      assertThat(nan).isTrue();
    }
  }

  @Test
  void use_afterClose_isRefused() throws IOException {
    Database database = open(ONE);
    database.close();
    database.close();

    assertThatThrownBy(() -> words(database))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> add(database, "a")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> database.writeThrough(sql -> 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void close_leavesOneFile() throws IOException {
    try (Database database = open(ONE)) {
      add(database, "a");
    }
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void close_waitsForATransactionUnderWay()
      throws IOException, InterruptedException, ExecutionException {
    Database database = open(ONE);
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    Future<Integer> written =
        executor.submit(
            () ->
                database.write(
                    sql -> {
                      within.countDown();
                      try {
                        closing.await();
                      } catch (InterruptedException e) {
                        throw new SQLException(e);
                      }
                      return sql.update("INSERT INTO word (text) VALUES ('a')");
                    }));
    within.await();
    closing.countDown();
    database.close();
    assertThat(written.get()).isEqualTo(1);
    executor.shutdown();
  }
}
