package dev.mlstack.model;

import dev.mlstack.compute.Device;
import dev.mlstack.compute.Execution;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a training is given apart from the parameters of its trainer. Immutable; its parts belong to
 * the caller and must outlive the training.
 */
public final class TrainingContext {

  private final Examples train;
  private final @Nullable Examples validation;
  private final long seed;
  private final Device device;
  private final Execution execution;

  private TrainingContext(
      Examples train,
      @Nullable Examples validation,
      long seed,
      Device device,
      Execution execution) {
    this.train = train;
    this.validation = validation;
    this.seed = seed;
    this.device = device;
    this.execution = execution;
  }

  /**
   * Returns a context without validation data, on the processor, on the calling thread.
   *
   * @param train what to learn from
   * @param seed the seed of everything that is drawn at random
   */
  public static TrainingContext of(Examples train, long seed) {
    return new TrainingContext(train, null, seed, Device.CPU, Execution.here());
  }

  /** Returns this context with examples to watch the progress on. */
  public TrainingContext withValidation(Examples newValidation) {
    return new TrainingContext(train, newValidation, seed, device, execution);
  }

  /** Returns this context on another device. */
  public TrainingContext withDevice(Device newDevice) {
    return new TrainingContext(train, validation, seed, newDevice, execution);
  }

  /** Returns this context with another execution. */
  public TrainingContext withExecution(Execution newExecution) {
    return new TrainingContext(train, validation, seed, device, newExecution);
  }

  /** Returns what to learn from. */
  public Examples train() {
    return train;
  }

  /** Returns what to watch the progress on, if anything. */
  public Optional<Examples> validation() {
    return Optional.ofNullable(validation);
  }

  /** Returns the seed of everything that is drawn at random. */
  public long seed() {
    return seed;
  }

  /** Returns where to crunch numbers. */
  public Device device() {
    return device;
  }

  /** Returns where the work runs, who hears of it and who may cancel it. */
  public Execution execution() {
    return execution;
  }
}
