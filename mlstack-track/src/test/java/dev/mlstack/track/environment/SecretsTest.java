package dev.mlstack.track.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

  @ParameterizedTest
  @CsvSource({
    "-Xmx2g, -Xmx2g",
    "-Dfile.encoding=UTF-8, -Dfile.encoding=UTF-8",
    "-XX:+UseG1GC, -XX:+UseG1GC",
    "-Ddb.password=hunter2, -Ddb.password=***",
    "-DDB_PASSWORD=a=b, -DDB_PASSWORD=***",
    "-Dapi.key=x, -Dapi.key=***",
    "-DapiKey=x, -DapiKey=***",
    "-Dservice.Token=x, -Dservice.Token=***",
    "-Dclient-secret=, -Dclient-secret=***",
    "-Dcredentials.file=/x, -Dcredentials.file=***",
    "-Durl=jdbc:postgresql://ada:pw@host/db, -Durl=jdbc:postgresql://***@host/db",
    "-Dhttp.proxyAuth=x, -Dhttp.proxyAuth=***",
    "-javaagent:agent.jar=license=abc, -javaagent:agent.jar=***",
    "-javaagent:agent.jar, -javaagent:agent.jar",
    "-agentpath:/x.so=key=1, -agentpath:/x.so=***",
    "-Dpath=//share/a, -Dpath=//share/a",
  })
  void hide_keepsNamesAndHidesWhatMayBeSecret(String argument, String told) {
    assertThat(Secrets.hide(argument)).isEqualTo(told);
  }
}
