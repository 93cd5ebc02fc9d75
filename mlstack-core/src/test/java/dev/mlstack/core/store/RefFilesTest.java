package dev.mlstack.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.store.RefName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefFilesTest {

  private final Path root;
  private final RefFiles files;

  RefFilesTest(@TempDir Path root) {
    this.root = root;
    this.files = new RefFiles(root);
  }

  @ParameterizedTest
  @CsvSource({
    "a, a.log",
    "a.log, a.log.log",
    "models/credit/champion, models+/credit+/champion.log",
    "a./b., a.+/b..log",
    "con, %63on.log",
    "con.x/nul, %63on.x+/%6eul.log",
    "com1/lpt9.a.b, %63om1+/%6cpt9.a.b.log",
    "console/auxiliary/com10, console+/auxiliary+/com10.log",
  })
  void everyName_hasAFileThatEverySystemAllows(String name, String file) throws IOException {
    Path expected = root.resolve(file);
    assertThat(files.file(new RefName(name))).isEqualTo(expected);
    files.create(expected);
    files.create(expected);
    assertThat(files.names()).containsExactly(new RefName(name));
  }

  @Test
  void filesOfOthers_areIgnored() throws IOException {
    files.create(files.file(new RefName("a/b")));
    for (String foreign :
        List.of(
            "A.log",
            "a.log~",
            ".log",
            "%61.log",
            "%zz.log",
            "%6.log",
            "%.log",
            "a b.log",
            "notes",
            "a+/.DS_Store")) {
      Files.createFile(root.resolve(foreign));
    }
    Files.createDirectories(root.resolve("Foreign+"));
    Files.createFile(root.resolve("Foreign+/a.log"));
    Files.createDirectories(root.resolve("foreign"));
    Files.createFile(root.resolve("foreign/a.log"));
    assertThat(files.names()).containsExactly(new RefName("a/b"));
    assertThat(files.names(new RefName("a"))).containsExactly(new RefName("a/b"));
    assertThat(files.names(new RefName("foreign"))).isEmpty();
  }
}
