package dev.mlstack.train.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.Utils;
import dev.mlstack.compute.Device;
import dev.mlstack.run.EnvironmentFacts;
import dev.mlstack.store.Value;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemory.class)
class TorchRuntimeTest {

  @Test
  void facts_nameTheVersions() {
    Value.Doc facts = new TorchFacts().facts();
    assertThat(facts.members().keySet()).containsExactly("djl", "libtorch");
    assertThat(facts.text("djl")).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(facts.texts("libtorch"))
        .singleElement()
        .asString()
        .matches("\\d+\\.\\d+\\.\\d+\\S* \\S+");
  }

  @Test
  void engine_isOfflineAndReportsNothing() {
    TorchRuntime.newManager(Device.CPU).close();
    assertThat(Utils.isOfflineMode()).isTrue();
    assertThat(Boolean.getBoolean("OPT_OUT_TRACKING")).isTrue();
  }

  @Test
  void facts_areFoundByTheTracker() {
    assertThat(ServiceLoader.load(EnvironmentFacts.class))
        .extracting(EnvironmentFacts::name)
        .contains("cuda", "torch");
  }
}
