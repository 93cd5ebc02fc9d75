package dev.mlstack.train.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.Utils;
import dev.mlstack.store.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemory.class)
class TorchRuntimeTest {

  @Test
  void facts_nameTheVersions() {
    Value.Doc facts = TorchRuntime.facts();
    assertThat(facts.members().keySet()).containsExactly("djl", "gpus", "libtorch");
    assertThat(facts.text("djl")).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(facts.text("libtorch")).matches("\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void engine_isOfflineAndReportsNothing() {
    TorchRuntime.facts();
    assertThat(Utils.isOfflineMode()).isTrue();
    assertThat(Boolean.getBoolean("OPT_OUT_TRACKING")).isTrue();
  }
}
