package dev.mlstack.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

  private final ProcessIdentity self = ProcessIdentity.current();

  @Test
  void thisProcess_isAliveAndItsOwnNeighbour() {
    assertThat(self.isAlive()).isTrue();
    assertThat(self.isNeighbourOf(ProcessIdentity.current())).isTrue();
    assertThat(self.machine()).isNotBlank();
    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void sameIdBornAtAnotherTime_isAnotherProcess() {
    assertThat(new ProcessIdentity(self.machine(), self.pid(), self.born() + 1000).isAlive())
        .isTrue();
    assertThat(new ProcessIdentity(self.machine(), self.pid(), self.born() - 60_000).isAlive())
        .isFalse();
  }

  @Test
  void processThatHasEnded_isNotAlive() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long born = process.info().startInstant().orElseThrow().toEpochMilli();
    ProcessIdentity child = new ProcessIdentity(self.machine(), process.pid(), born);
    process.waitFor();

    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void otherMachine_isNoNeighbour() {
    assertThat(new ProcessIdentity("elsewhere", self.pid(), self.born()).isNeighbourOf(self))
        .isFalse();
  }
}
