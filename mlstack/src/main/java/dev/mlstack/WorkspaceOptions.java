package dev.mlstack;

import dev.mlstack.compute.Device;
import dev.mlstack.compute.Execution;
import dev.mlstack.store.Cause;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.track.environment.EnvironmentOptions;
import java.util.Optional;

/** Who works in a workspace, and how. Immutable; starts from {@link #defaults()}. */
public final class WorkspaceOptions {

  /** Who works if it is not said: the name that the operating system knows, or this. */
  public static final String UNKNOWN_ACTOR = "somebody";

  private final String actor;
  private final Execution execution;
  private final Device device;
  private final EnvironmentOptions environment;
  private final Optional<Shared> shared;

  private WorkspaceOptions(
      String actor,
      Execution execution,
      Device device,
      EnvironmentOptions environment,
      Optional<Shared> shared) {
    this.actor = actor;
    this.execution = execution;
    this.device = device;
    this.environment = environment;
    this.shared = shared;
  }

  /**
   * Objects and refs that stand elsewhere and that the workspace does not own.
   *
   * @param objects where objects are kept
   * @param refs what points to them
   */
  record Shared(ObjectStore objects, Refs refs) {}

  /**
   * Returns the defaults: the user of this process works, on the calling thread and the processor,
   * and records tell nothing of people but that name.
   */
  public static WorkspaceOptions defaults() {
    String user = System.getProperty("user.name", "");
    return new WorkspaceOptions(
        user.isBlank() ? UNKNOWN_ACTOR : user,
        Execution.here(),
        Device.CPU,
        EnvironmentOptions.defaults(),
        Optional.empty());
  }

  /**
   * Says who works: this name stands in commits, runs and releases.
   *
   * @param actor a person or a program, such as {@code ada} or {@code nightly-training}; not blank
   */
  public WorkspaceOptions withActor(String actor) {
    return new WorkspaceOptions(new Cause(actor, "").by(), execution, device, environment, shared);
  }

  /** Says on which threads work is done, who is told of progress, and whether to cancel. */
  public WorkspaceOptions withExecution(Execution newExecution) {
    return new WorkspaceOptions(actor, newExecution, device, environment, shared);
  }

  /** Says on which device models are trained. */
  public WorkspaceOptions withDevice(Device newDevice) {
    return new WorkspaceOptions(actor, execution, newDevice, environment, shared);
  }

  /** Says what the records of runs may tell of the environment. */
  public WorkspaceOptions withEnvironment(EnvironmentOptions newEnvironment) {
    return new WorkspaceOptions(actor, execution, device, newEnvironment, shared);
  }

  /**
   * Says where objects and refs are kept, if not in the directory of the workspace: for instance in
   * a bucket that several hosts share. The directory then has only what belongs to this host:
   * indexes, and predictions that are in no segment yet.
   *
   * <p>The workspace does not close them; who opened them does, after the workspace.
   */
  public WorkspaceOptions withStore(ObjectStore objects, Refs refs) {
    return new WorkspaceOptions(
        actor, execution, device, environment, Optional.of(new Shared(objects, refs)));
  }

  /** Returns who works. */
  public String actor() {
    return actor;
  }

  /** Returns on which threads work is done. */
  public Execution execution() {
    return execution;
  }

  /** Returns on which device models are trained. */
  public Device device() {
    return device;
  }

  /** Returns what the records of runs may tell of the environment. */
  public EnvironmentOptions environment() {
    return environment;
  }

  /** Returns the objects and refs that stand elsewhere, if so. */
  Optional<Shared> shared() {
    return shared;
  }
}
