package dev.mlstack.testkit;

import dev.mlstack.model.Budget;
import dev.mlstack.model.Model;
import dev.mlstack.model.Training;
import dev.mlstack.store.Digest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that goes on with a training, leaves a checkpoint, trains some more and dies without
 * closing anything. What came after the checkpoint is lost with it, and nothing else.
 */
final class TrainingProcess {

  private static final String OBJECTS = "objects";
  private static final String CHECKPOINT = "checkpoint";
  private static final String MODEL = "model";

  private TrainingProcess() {}

  /**
   * Runs in the process.
   *
   * @param arguments the class of the kit, a directory, and how many units to train
   */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    advance(
        (TrainingKit) constructor.newInstance(),
        Path.of(arguments[1]),
        Long.parseLong(arguments[2]));
    Runtime.getRuntime().halt(0);
  }

  private static void advance(TrainingKit kit, Path directory, long units) throws IOException {
    Path objectDirectory = Files.createDirectories(directory.resolve(OBJECTS));
    TrainingObjects objects = TrainingObjects.readFrom(objectDirectory);
    Path checkpoint = directory.resolve(CHECKPOINT);
    // Never closed: the process is about to die.
    Training training =
        Files.exists(checkpoint)
            ? kit.resume(objects, Digest.parse(Files.readString(checkpoint)))
            : kit.start();
    training.advance(Budget.units(units));
    Digest reached = training.checkpoint(objects);
    objects.writeTo(objectDirectory);
    Files.writeString(checkpoint, reached.hex());
    if (training.done()) {
      Model model = training.model();
      Files.writeString(directory.resolve(MODEL), model.digest().hex());
    } else {
      training.advance(Budget.units(1));
    }
  }

  /** Runs such a process and waits for its end. */
  static void run(Class<?> kit, Path directory, long units)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Short-lived: what takes long to start is left out. The bits must not depend on it.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TrainingProcess.class.getName());
    command.addAll(List.of(kit.getName(), directory.toString(), Long.toString(units)));
    Path output = directory.resolve("output");
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    if (status != 0) {
      throw new AssertionError("the process failed: " + Files.readString(output));
    }
  }

  /** Tells whether the last process has reached the end of the training. */
  static boolean isDone(Path directory) {
    return Files.exists(directory.resolve(MODEL));
  }

  /** Returns the digest of the model that the last process has trained. */
  static Digest model(Path directory) throws IOException {
    return Digest.parse(Files.readString(directory.resolve(MODEL)));
  }
}
