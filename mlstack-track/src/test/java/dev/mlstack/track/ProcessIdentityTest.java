package dev.mlstack.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
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
    assertThat(new ProcessIdentity(self.machine(), self.pid(), self.born()).isAlive()).isTrue();
    assertThat(new ProcessIdentity(self.machine(), self.pid(), self.born() - 1).isAlive())
        .isFalse();
  }

  @Test
  void bornAsLinuxSays_isTheStartTheJvmSays() throws IOException {
    Path boot = Path.of("/proc/stat");
    Assumptions.assumeTrue(Files.exists(boot), "needs Linux");
    long booted =
        Files.readAllLines(boot).stream()
            .filter(line -> line.startsWith("btime "))
            .mapToLong(line -> Long.parseLong(line.substring("btime ".length())))
            .sum();
    long started = ProcessHandle.current().info().startInstant().orElseThrow().getEpochSecond();

    // There are 100 ticks to the second.
    assertThat(booted + self.born() / 100).isCloseTo(started, Offset.offset(2L));
  }

  @Test
  void processThatHasEnded_isNotAlive() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessIdentity child = ProcessIdentity.of(process.toHandle());
    process.waitFor();

    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void otherMachine_isNoNeighbour() {
    assertThat(new ProcessIdentity("elsewhere", self.pid(), self.born()).isNeighbourOf(self))
        .isFalse();
  }
}
