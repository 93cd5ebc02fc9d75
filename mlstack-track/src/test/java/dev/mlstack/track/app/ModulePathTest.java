package dev.mlstack.track.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.mlstack.core.json.Json;
import dev.mlstack.run.Run;
import dev.mlstack.track.SqliteTracker;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.sqlite.JDBC;

/** The tracker as a named module, without any flag of the JVM. */
class ModulePathTest {

  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void application_onTheModulePath_runs(@TempDir Path directory)
      throws IOException, InterruptedException {
    List<String> modules = new ArrayList<>();
    for (Class<?> type :
        List.of(
            SqliteTracker.class,
            Json.class,
            Run.class,
            JDBC.class,
            JsonFactory.class,
            Logger.class,
            NullMarked.class)) {
      modules.add(home(type));
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-p",
                String.join(File.pathSeparator, modules),
                "--add-modules",
                "dev.mlstack.track",
                "-cp",
                home(Application.class),
                Application.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output.lines())
        .containsExactly("module dev.mlstack.track", "3 ancestors", "" + modules.size());
  }
}
