package dev.mlstack.core.store;

import static dev.mlstack.core.store.Samples.CAUSE;
import static dev.mlstack.core.store.Samples.files;
import static dev.mlstack.core.store.Samples.object;
import static dev.mlstack.core.store.Samples.random;
import static dev.mlstack.core.store.Samples.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlstack.compute.Execution;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoreException;
import dev.mlstack.testkit.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of what is said, and of what stays whole, when the disk does not do what it should. */
class FailureTest {

  private static final Execution HERE = Execution.here();
  private static final RefName NAME = RefName.of("models", "credit");

  private final Path directory;

  FailureTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aFileInsteadOfADirectory_isRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    for (Path place : List.of(file, file.resolve("below"))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> DirectoryStore.open(place))
          .withMessageContaining(place.toString());
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> DirectoryRefs.open(place))
          .withMessageContaining(place.toString());
    }
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> DirectoryStore.open(file))
        .withMessage(
            "cannot use " + file + ": it is a file; name a directory, or one to be created");
  }

  @Test
  void aDirectoryThatDoesNotExist_isCreated() throws IOException {
    Path deep = directory.resolve("a/b/c");
    DirectoryStore.open(deep).close();
    DirectoryRefs.open(deep).close();
    assertThat(deep.resolve("store.json")).exists();
    assertThat(deep.resolve("refs.json")).exists();
  }

  @Test
  void anotherFormat_isRefused() throws IOException {
    DirectoryStore.open(directory).close();
    DirectoryRefs.open(directory).close();
    Files.writeString(directory.resolve("store.json"), "{\"format\":\"store/2\"}");
    Files.writeString(directory.resolve("refs.json"), "{\"format\":\"refs/2\"}");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> DirectoryStore.open(directory))
        .withMessage(
            "cannot open "
                + directory
                + ": its format is store/2 but this version of mlstack knows store/1 only;"
                + " use a version that knows it");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> DirectoryRefs.open(directory))
        .withMessageContaining("refs/2");
    for (String damaged : List.of("", "{}", "[]", "\"store/1\"", "{\"format\":1}")) {
      Files.writeString(directory.resolve("store.json"), damaged);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> DirectoryStore.open(directory))
          .withMessageContaining(directory.resolve("store.json") + " is damaged");
    }
  }

  @Test
  void aPackDirectoryThatIsGone_isSaid() throws IOException {
    try (DirectoryStore store = DirectoryStore.open(directory)) {
      Files.delete(directory.resolve("packs"));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.get(object("a").digest()))
          .withMessageContaining("cannot read object " + object("a").digest())
          .withMessageContaining(directory.toString())
          .withMessageContaining("does not exist");
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.verify(HERE))
          .withMessageContaining("cannot verify the store at " + directory);
      Files.createDirectory(directory.resolve("packs"));
      store(store, object("a"));
      assertThat(store.get(object("a").digest())).isEqualTo(object("a"));
    }
  }

  @Test
  void aBatchThatFailed_canOnlyBeClosed() throws IOException {
    try (DirectoryStore store = DirectoryStore.open(directory)) {
      try (Batch batch = store.batch()) {
        batch.put(object("committed"));
        batch.commit();
        batch.put(object("lost"));
        Files.move(directory.resolve("packs"), directory.resolve("elsewhere"));
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(batch::commit)
            .withMessageContaining("cannot commit a batch")
            .withMessageContaining(directory.toString());
        Files.move(directory.resolve("elsewhere"), directory.resolve("packs"));
        assertThatIllegalStateException()
            .isThrownBy(batch::commit)
            .withMessageContaining("put its objects into another");
        assertThatIllegalStateException().isThrownBy(() -> batch.put(object("more")));
        assertThat(files(directory, "tmp")).isEmpty();
      }
      assertThat(store.digests()).containsExactly(object("committed").digest());
      store(store, object("lost"));
      assertThat(store.verify(HERE)).isEmpty();
    }
  }

  /** The limit on the size of a file stands for a disk that is full, and needs no rights. */
  @Test
  void aFileThatCannotGrow_isSaidAndLeavesAllAsItWas() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f 200 && exec \"$@\"", "sh"));
    command.addAll(ChildJvm.command(FullDisk.class, directory.toString()));
    try (ChildJvm child = ChildJvm.start(command)) {
      assertThat(child.await()).as("%s", child.lines()).isZero();
      assertThat(child.lines()).hasSize(1);
      assertThat(child.lines().get(0))
          .startsWith("cannot ")
          .contains(" a batch (what was not committed before is not stored) of the store at ")
          .contains(directory.toString());
    }
    try (DirectoryStore store = DirectoryStore.open(directory)) {
      assertThat(store.digests())
          .containsExactlyInAnyOrder(object("before").digest(), object("after").digest());
      assertThat(store.verify(HERE)).isEmpty();
    }
    assertThat(files(directory, "tmp")).isEmpty();
    assertThat(files(directory, "live")).isEmpty();
  }

  /** Another process, whose files cannot be larger than about 100 kB. */
  static final class FullDisk {
    private FullDisk() {}

    public static void main(String[] args) throws IOException {
      try (DirectoryStore store = DirectoryStore.open(Path.of(args[0]))) {
        store(store, object("before"));
        try {
          store(store, object("lost"), random(new Random(1), 1_000_000));
        } catch (StoreException e) {
          ChildJvm.say(String.valueOf(e.getMessage()));
        }
        store(store, object("after"));
      }
    }
  }

  @Test
  void aFullDisk_isSaidAndLeavesAllAsItWas() throws Exception {
    try (Mount disk = Mount.smallDisk(directory);
        DirectoryStore store = DirectoryStore.open(disk.path());
        DirectoryRefs refs = DirectoryRefs.open(disk.path())) {
      store(store, object("before"));
      refs.create(NAME, object("before").digest(), CAUSE);
      Path filler = fill(disk.path());
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store(store, random(new Random(1), 100_000)))
          .withMessageContaining("a batch")
          .withMessageContaining(disk.path().toString())
          .withMessageEndingWith("; free space on that disk and try again");
      assertRefMovesOrStays(refs);
      assertThat(store.get(object("before").digest())).isEqualTo(object("before"));
      assertThat(store.verify(HERE)).isEmpty();
      assertThat(files(disk.path(), "tmp")).isEmpty();
      Files.delete(filler);
      store(store, random(new Random(1), 100_000));
      Digest now = refs.find(NAME).orElseThrow().target();
      assertThat(refs.move(NAME, now, object("end").digest(), CAUSE)).isTrue();
      assertThat(store.digests()).hasSize(2);
      assertThat(store.verify(HERE)).isEmpty();
      assertThat(store.collect(refs, Duration.ZERO, HERE).objects()).isEqualTo(2);
    }
  }

  private static Path fill(Path disk) throws IOException {
    Path filler = disk.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[1024];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      return filler; // The disk is full.
    }
  }

  /** Moves with reasons as long as a page, until one no longer fits. */
  private static void assertRefMovesOrStays(DirectoryRefs refs) {
    StoreException failure = null;
    for (int i = 0; i < 1_000 && failure == null; i++) {
      Digest before = refs.find(NAME).orElseThrow().target();
      Digest to = object("target " + i).digest();
      try {
        refs.move(NAME, before, to, new Cause("ada", "w".repeat(4096)));
      } catch (StoreException e) {
        failure = e;
        assertThat(refs.find(NAME).orElseThrow().target()).isEqualTo(before);
        assertThat(refs.history(NAME)).hasSize(i + 1);
      }
    }
    assertThat(failure)
        .hasMessageContaining("cannot change ref " + NAME)
        .hasMessageEndingWith("; free space on that disk and try again");
  }

  @Test
  void aDirectoryThatMayOnlyBeRead_isRead() throws Exception {
    try (Mount disk = Mount.smallDisk(directory)) {
      try (DirectoryStore store = DirectoryStore.open(disk.path());
          DirectoryRefs refs = DirectoryRefs.open(disk.path())) {
        store(store, object("stored"));
        refs.create(NAME, object("stored").digest(), CAUSE);
      }
      disk.makeReadOnly();
      try (DirectoryStore store = DirectoryStore.open(disk.path());
          DirectoryRefs refs = DirectoryRefs.open(disk.path())) {
        Digest target = refs.find(NAME).orElseThrow().target();
        assertThat(store.get(target)).isEqualTo(object("stored"));
        assertThat(store.verify(HERE)).isEmpty();
        assertThat(refs.move(NAME, object("x").digest(), target, CAUSE)).isFalse();
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> store(store, object("new")))
            .withMessageContaining(disk.path().toString())
            .withMessageEndingWith("; mount that disk for writing or use another directory");
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> refs.move(NAME, target, object("x").digest(), CAUSE))
            .withMessageContaining("cannot change ref " + NAME)
            .withMessageEndingWith("; mount that disk for writing or use another directory");
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> store.collect(refs, Duration.ZERO, HERE))
            .withMessageContaining("cannot collect garbage in the store at " + disk.path());
      }
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> DirectoryStore.open(disk.path().resolve("new")))
          .withMessageContaining("cannot create the directory " + disk.path().resolve("new"))
          .withMessageEndingWith("; mount that disk for writing or use another directory");
    }
  }

  /** Nobody can write to a directory of mode 555 but root, so root runs a child as another user. */
  @Test
  void aDirectoryWithoutTheRightToWrite_isSaid() throws Exception {
    try (DirectoryStore store = DirectoryStore.open(directory.resolve("store"))) {
      store(store, object("stored"));
    }
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      assumeTrue(succeeds("setpriv", "--version"), "root needs setpriv to become another user");
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(ChildJvm.command(Unprivileged.class, directory.resolve("store").toString()));
    command.set(command.indexOf("-cp") + 1, readableClassPath());
    setWritable(directory, false);
    try (ChildJvm child = ChildJvm.start(command)) {
      assertThat(child.await()).isZero();
      assertThat(child.lines()).hasSize(2);
      assertThat(child.lines().get(0)).isEqualTo("read");
      assertThat(child.lines().get(1))
          .startsWith("cannot add content sample/1 ")
          .contains(directory.toString())
          .endsWith(
              "permission denied; let the user of this process write there or use another"
                  + " directory");
    } finally {
      setWritable(directory, true);
    }
  }

  /** Copies what the child needs: the originals may be where only this user can read. */
  private String readableClassPath() throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path original = Path.of(entry);
      Path copy = directory.resolve("classes" + copies.size()).resolve(original.getFileName());
      if (Files.exists(original)) {
        Samples.copy(original, copy);
        copies.add(copy.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  /** Lets everybody read what is below, and the owner write, or not. */
  private static void setWritable(Path root, boolean writable) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      files
          .map(Path::toFile)
          .forEach(
              file ->
                  assertThat(
                          file.setReadable(true, false)
                              && file.setWritable(writable)
                              && (file.isFile() || file.setExecutable(true, false)))
                      .isTrue());
    }
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Another process, of a user who may only read. */
  static final class Unprivileged {
    private Unprivileged() {}

    public static void main(String[] args) throws IOException {
      try (DirectoryStore store = DirectoryStore.open(Path.of(args[0]))) {
        if (store.get(object("stored").digest()).equals(object("stored"))) {
          ChildJvm.say("read");
        }
        try {
          store(store, object("new"));
        } catch (StoreException e) {
          ChildJvm.say(String.valueOf(e.getMessage()));
        }
      }
    }
  }

  /** A small disk of its own in memory, where this process is allowed to mount one. */
  private record Mount(Path path) implements AutoCloseable {

    static Mount smallDisk(Path parent) throws IOException {
      Path path = Files.createDirectory(parent.resolve("disk"));
      assumeTrue(
          succeeds("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", path.toString()),
          "mounting a small disk needs the rights to do so");
      return new Mount(path);
    }

    void makeReadOnly() {
      assertThat(succeeds("mount", "-o", "remount,ro", path.toString())).isTrue();
    }

    @Override
    public void close() {
      assertThat(succeeds("umount", path.toString())).isTrue();
    }
  }
}
