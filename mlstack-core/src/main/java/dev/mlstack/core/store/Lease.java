package dev.mlstack.core.store;

import dev.mlstack.store.Digest;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The digests that a batch protects from collection, in a file of its own: 32 bytes each. Not safe
 * for use by several threads at once.
 */
final class Lease implements Closeable {

  static final String SUFFIX = ".lease";

  private static final int BUFFER = 1 << 13;

  private final Path file;
  private final FileOutputStream out;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /** Creates a lease on nothing. */
  Lease(Path file) throws IOException {
    this.file = file;
    // Not a channel: an interrupt would close it.
    this.out = new FileOutputStream(file.toFile());
  }

  /** Adds a digest, which is protected from the next {@link #publish} on. */
  void add(Digest digest) throws IOException {
    pending.writeBytes(digest.toBytes());
    if (pending.size() >= BUFFER) {
      publish();
    }
  }

  /** Lets every collection see the digests added so far. */
  void publish() throws IOException {
    if (pending.size() > 0) {
      pending.writeTo(out);
      pending.reset();
    }
  }

  /** Ends the lease. */
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }

  /** Returns the digests under all leases of a directory whose owners are alive. */
  static List<Digest> readAll(Path directory, Presence presence) throws IOException {
    List<Digest> leased = new ArrayList<>();
    for (Path file : Disk.files(directory, SUFFIX)) {
      if (!presence.isAbandoned(file)) {
        read(file, leased);
      }
    }
    return leased;
  }

  private static void read(Path file, List<Digest> leased) throws IOException {
    byte[] bytes;
    try {
      bytes = Disk.uninterrupted(() -> Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return; // The lease has ended since.
    }
    // Nobody relies on a digest that is not written completely.
    for (int end = Digest.BYTES; end <= bytes.length; end += Digest.BYTES) {
      leased.add(Digest.ofBytes(Arrays.copyOfRange(bytes, end - Digest.BYTES, end)));
    }
  }
}
