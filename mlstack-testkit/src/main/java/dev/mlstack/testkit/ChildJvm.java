package dev.mlstack.testkit;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Another JVM with the class path of this one, for tests that kill it or need two processes. */
public final class ChildJvm implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final CountDownLatch firstLine = new CountDownLatch(1);
  private final Thread reader;

  private ChildJvm(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "child output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a class with a main method. What it complains of goes to the error stream of the test.
   */
  public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
    return start(command(main, arguments));
  }

  /** Starts any command. */
  public static ChildJvm start(List<String> command) throws IOException {
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Returns the command that starts a class with a main method. */
  public static List<String> command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:-UsePerfData", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** In the child: says something to the parent, which can read it from then on. */
  public static synchronized void say(String line) {
    try {
      // Neither buffered nor closed.
      new FileOutputStream(FileDescriptor.out)
          .write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the parent is gone", e);
    }
  }

  /** Says something to the child, which can read it from its standard input. */
  public void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
        firstLine.countDown();
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read from the child", e);
    } finally {
      firstLine.countDown();
    }
  }

  /** Waits until the child has said something or has ended. */
  public void awaitFirstLine() throws InterruptedException {
    if (!firstLine.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the child says nothing");
    }
  }

  /** Waits for the end of the child; returns its exit code. */
  public int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the child does not end");
    }
    reader.join();
    return process.exitValue();
  }

  /** Kills the child as with {@code kill -9} and waits for its end. */
  public void kill() throws InterruptedException {
    // The process itself would close its output, and with it what was said but not read yet.
    process.toHandle().destroyForcibly();
    await();
  }

  /** Returns what the child has said so far. */
  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Kills the child if it is still alive. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
