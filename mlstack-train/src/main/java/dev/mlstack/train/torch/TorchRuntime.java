package dev.mlstack.train.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import dev.mlstack.compute.Device;
import dev.mlstack.train.cuda.Cuda;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch as DJL loads it, once for each JVM, when it is first needed.
 *
 * <p>DJL is configured by system properties. Those that it needs in order to stay within the
 * process are set before it is loaded, unless they are set already: {@code ai.djl.offline}
 * (download nothing), {@code OPT_OUT_TRACKING} (report nothing) and {@code
 * ai.djl.pytorch.num_threads} (one thread for each operation, where nothing else is asked for). No
 * flag of the JVM is needed.
 *
 * <p>The libraries are unpacked into {@code .djl.ai} in the home directory, some 430 MB, or into
 * the directory that the environment variable or system property {@code DJL_CACHE_DIR} names.
 */
final class TorchRuntime {

  private static final String PYTORCH = "PyTorch";

  private TorchRuntime() {}

  /** The engine, or why it could not be loaded: what DJL itself keeps for the whole JVM. */
  private record Loaded(
      @Nullable Engine engine, @Nullable String problem, @Nullable Throwable cause) {}

  /** Loads the engine when it is first asked for. */
  private static final class Holder {
    private static final Loaded LOADED = load();
  }

  private static Loaded load() {
    boolean ownLibraries =
        System.getenv("PYTORCH_LIBRARY_PATH") != null
            || System.getProperty("PYTORCH_LIBRARY_PATH") != null;
    Optional<String> problem =
        ownLibraries ? Optional.empty() : TorchNatives.ofThisProcess().problem();
    if (problem.isPresent()) {
      return new Loaded(null, problem.get(), null);
    }
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    setUnlessSet("ai.djl.pytorch.num_threads", "1");
    try {
      return new Loaded(Engine.getEngine(PYTORCH), null, null);
    } catch (RuntimeException | LinkageError e) {
      return new Loaded(null, failure(e), e);
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static String failure(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "PyTorch could not be loaded ("
        + root
        + "); its libraries are unpacked into the directory that DJL_CACHE_DIR names, or into"
        + " .djl.ai in the home directory, which must be writable and have 450 MB free";
  }

  private static Engine engine() {
    Loaded loaded = Holder.LOADED;
    if (loaded.engine() == null) {
      throw new IllegalStateException(loaded.problem(), loaded.cause());
    }
    return loaded.engine();
  }

  /**
   * Returns a new manager of native arrays. The caller closes it.
   *
   * @throws IllegalStateException if PyTorch cannot be loaded, or does not have the device
   */
  static PtNDManager newManager(Device device) {
    return (PtNDManager) engine().newBaseManager(djlDevice(device));
  }

  private static ai.djl.Device djlDevice(Device device) {
    if (!(device instanceof Device.Gpu gpu)) {
      return ai.djl.Device.cpu();
    }
    int gpus = engine().getGpuCount();
    if (gpu.index() >= gpus) {
      throw new IllegalStateException(
          gpu
              + " cannot be used: libtorch on the class path sees "
              + gpus
              + " GPUs; it must be built for CUDA (ai.djl.pytorch:pytorch-native-cu128 in place of"
              + " pytorch-native-cpu). "
              + Cuda.status());
    }
    return ai.djl.Device.gpu(gpu.index());
  }
}
