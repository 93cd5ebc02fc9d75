package dev.mlstack.train.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import dev.mlstack.compute.Device;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails each test that leaves native arrays, or managers of them, behind. */
final class NativeMemory implements BeforeEachCallback, AfterEachCallback {

  private static final Pattern RESOURCES = Pattern.compile("Resource size: (\\d+)");

  private long before;

  @Override
  public void beforeEach(ExtensionContext context) {
    before = resources();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(resources()).as("native arrays and managers of them").isEqualTo(before);
  }

  /** Returns how many managers are open, and how many arrays they have. */
  static long resources() {
    NDManager system;
    try (PtNDManager manager = TorchRuntime.newManager(Device.CPU)) {
      system = manager.getParentManager();
    }
    Matcher matcher = RESOURCES.matcher(system.toString());
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1)) + system.getManagedArrays().size();
  }
}
