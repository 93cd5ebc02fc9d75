package dev.mlstack.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real server that speaks the S3 protocol, in a process of its own on this machine, one for all
 * tests of a JVM. Tests have {@code com.adobe.testing:s3mock} with the classifier {@code exec} on
 * their class path. It answers one request at a time: its conditional writes are only atomic then.
 */
public final class S3Server implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path directory;
  private final int port;

  private S3Server(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /** Gives tests the server of their JVM. */
  public static final class Provider implements ParameterResolver {

    /** For JUnit. */
    public Provider() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == S3Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(S3Server.class))
          .getOrComputeIfAbsent(Running.class)
          .server;
    }
  }

  /** Ends with the tests. */
  static final class Running implements AutoCloseable {
    private final S3Server server;

    Running() throws IOException, InterruptedException {
      server = start();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  private static S3Server start() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("mlstack-s3");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Djava.io.tmpdir=" + directory,
                "-jar",
                jar().toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--server.ssl.enabled=false",
                "--server.tomcat.threads.max=1",
                "--server.tomcat.threads.min-spare=1",
                "--com.adobe.testing.s3mock.http-port=0",
                "--logging.level.root=warn",
                "--logging.level.com.adobe.testing.s3mock.S3MockApplication=info",
                "--spring.main.banner-mode=off")
            .redirectErrorStream(true)
            .start();
    CountDownLatch started = new CountDownLatch(1);
    Thread reader = new Thread(() -> read(process, started), "server output");
    reader.setDaemon(true);
    reader.start();
    if (!started.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !process.isAlive()) {
      process.destroyForcibly();
      throw new IOException("the server does not start");
    }
    return new S3Server(process, directory, port);
  }

  /** Returns the executable jar of the server, whose resources are on the class path. */
  private static Path jar() {
    URL inside =
        Objects.requireNonNull(
            S3Server.class.getClassLoader().getResource("BOOT-INF/classpath.idx"));
    String path = inside.getPath();
    return Path.of(URI.create(path.substring(0, path.indexOf('!'))));
  }

  private static void read(Process process, CountDownLatch started) {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.contains("Started S3MockApplication")) {
          started.countDown();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read from the server", e);
    } finally {
      started.countDown();
    }
  }

  /** Returns the port of this machine on which it listens. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      delete(directory);
    } catch (IOException e) {
      throw new IllegalStateException("cannot clear up after the server", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
