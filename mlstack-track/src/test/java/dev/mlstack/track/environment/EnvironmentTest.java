package dev.mlstack.track.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.json.Json;
import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {

  @Test
  void capture_tellsOfJavaAndTheMachine() {
    Value.Doc facts = Environment.capture().facts();

    Value.Doc java = facts.doc("java");
    assertThat(java.text("version")).startsWith(Runtime.version().feature() + ".");
    assertThat(java.text("vendor")).isEqualTo(System.getProperty("java.vendor"));
    Value.Doc process = facts.doc("process");
    assertThat(process.whole("processors")).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(process.whole("maxMemory")).isEqualTo(Runtime.getRuntime().maxMemory());
    assertThat(process.text("locale")).isEqualTo(Locale.getDefault().toLanguageTag());
    assertThat(process.text("timeZone")).isEqualTo(TimeZone.getDefault().getID());
    assertThat(process.texts("collectors"))
        .hasSameSizeAs(ManagementFactory.getGarbageCollectorMXBeans());
    assertThat(process.text("main")).doesNotContain("/").doesNotContain(" ");
    Value.Doc os = facts.doc("os");
    assertThat(os.text("name")).isEqualTo(System.getProperty("os.name"));
    assertThat(os.text("architecture")).isEqualTo(System.getProperty("os.arch"));
    assertThat(facts.items("classPath")).isNotEmpty();
    assertThat(facts.items("modulePath")).isNotNull();
  }

  @Test
  void capture_again_isTheSameContent() {
    assertThat(Environment.capture().digest()).isEqualTo(Environment.capture().digest());
  }

  @Test
  void capture_byDefault_tellsNothingOfPeople() throws UnknownHostException {
    Value.Doc facts = Environment.capture().facts();
    assertThat(facts.has("user")).isFalse();
    assertThat(facts.has("host")).isFalse();
    assertThat(facts.doc("variables").members().keySet())
        .isSubsetOf(EnvironmentOptions.DEFAULT_VARIABLES);

    Value.Doc asked =
        Environment.capture(EnvironmentOptions.defaults().withUserAndHost(true)).facts();
    assertThat(asked.text("user")).isEqualTo(System.getProperty("user.name"));
    assertThat(asked.text("host")).isEqualTo(InetAddress.getLocalHost().getHostName());
  }

  @Test
  void capture_variables_areThoseThatAreAllowed() {
    EnvironmentOptions options =
        EnvironmentOptions.defaults().withVariables(List.of("PATH", "NOT_SET_ANYWHERE"));

    Value.Doc variables = Environment.capture(options).facts().doc("variables");

    assertThat(variables.members()).containsOnlyKeys("PATH");
    assertThat(variables.text("PATH")).isEqualTo(System.getenv("PATH"));
  }

  @Test
  void capture_modules_tellWhatTheyKnowAndWhatFailed() {
    Value.Doc modules = Environment.capture().facts().doc("modules");

    assertThat(modules.doc("tests").text("library")).isEqualTo("2.7.1");
    assertThat(modules.doc(FactsThatFail.class.getName()).text("error"))
        .contains("no such library");
    assertThat(modules.members().values().toString()).contains("FactsThatAreNotThere");
  }

  @Test
  void capture_outsideOfARepository_hasNoRevision(@TempDir Path directory) {
    EnvironmentOptions options = EnvironmentOptions.defaults().withDirectory(directory);

    assertThat(Environment.capture(options).facts().has("git")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "com.example.Main --password x, com.example.Main",
    "/home/ada/app.jar run, app.jar",
    "C:\\jobs\\app.jar, app.jar",
    "my.module/com.example.Main a, my.module/com.example.Main",
    "'', ''",
  })
  void mainClass_isToldWithoutItsArguments(String command, String told) {
    assertThat(Capture.mainClass(command)).isEqualTo(told);
  }

  @Test
  void environment_isAContentThatCanBeReadBack() {
    ObjectStore store = new MemoryStore();
    Environment environment = Environment.capture();
    Digest digest;
    try (Batch batch = store.batch()) {
      digest = environment.writeTo(batch);
      batch.commit();
    }

    StoredObject object = store.get(digest);
    assertThat(object.kind()).isEqualTo(ObjectKind.CONTENT);
    assertThat(object.type()).isEqualTo(Environment.TYPE);
    assertThat(object.edges()).isEmpty();
    assertThat(environment.digest()).isEqualTo(digest);
    assertThat(Json.parse(object.payloadText())).isEqualTo(environment.facts());
    assertThat(Environment.read(store, digest).facts()).isEqualTo(environment.facts());
    assertThat(Environment.of(environment.facts()).digest()).isEqualTo(digest);
  }

  @Test
  void read_somethingElse_isRefused() {
    ObjectStore store = new MemoryStore();
    Digest gone = Digest.of(new byte[] {1});
    assertThatThrownBy(() -> Environment.read(store, gone))
        .isInstanceOf(ObjectNotFoundException.class);
    StoredObject other =
        StoredObject.of(
            ObjectKind.CONTENT,
            new dev.mlstack.store.VersionedName("other", 1),
            List.of(),
            Value.Doc.EMPTY);
    try (Batch batch = store.batch()) {
      batch.put(other);
      batch.commit();
    }
    assertThatThrownBy(() -> Environment.read(store, other.digest()))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("environment/1");
  }
}
