package dev.mlstack.track.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The index of a checkout: what each tracked file looked like when Git last saw it. Read from the
 * format of Git's own documentation, gitformat-index, in its versions 2 to 4.
 */
final class GitIndex {

  private static final int SIGNATURE = 0x44495243; // "DIRC"
  private static final int TREE = 0x54524545; // "TREE"
  private static final int SPLIT = 0x6C696E6B; // "link"
  private static final int SPARSE = 0x73646972; // "sdir"

  private final Instant written;
  private final List<GitEntry> entries;
  private final Optional<String> tree;
  private final boolean incomplete;

  private GitIndex(
      Instant written, List<GitEntry> entries, Optional<String> tree, boolean incomplete) {
    this.written = written;
    this.entries = entries;
    this.tree = tree;
    this.incomplete = incomplete;
  }

  /**
   * Reads an index.
   *
   * @param hash how many bytes the names of objects have
   */
  static GitIndex read(Path file, int hash) throws IOException {
    Instant written = Files.getLastModifiedTime(file).toInstant();
    return parse(ByteBuffer.wrap(Files.readAllBytes(file)), hash, written);
  }

  private static GitIndex parse(ByteBuffer bytes, int hash, Instant written) {
    int signature = bytes.getInt();
    int version = bytes.getInt();
    if (signature != SIGNATURE || version < 2 || version > 4) {
      throw new IllegalArgumentException("not an index of Git that can be read");
    }
    int count = bytes.getInt();
    List<GitEntry> entries = new ArrayList<>();
    String previous = "";
    for (int i = 0; i < count; i++) {
      GitEntry entry = GitEntry.read(bytes, version, hash, previous);
      entries.add(entry);
      previous = entry.path();
    }
    return extensions(bytes, hash, entries, written);
  }

  private static GitIndex extensions(
      ByteBuffer bytes, int hash, List<GitEntry> entries, Instant written) {
    Optional<String> tree = Optional.empty();
    boolean incomplete = false;
    while (bytes.remaining() > hash) {
      int name = bytes.getInt();
      int size = bytes.getInt();
      ByteBuffer extension = bytes.slice(bytes.position(), size);
      bytes.position(bytes.position() + size);
      if (name == TREE) {
        tree = rootTree(extension, hash);
      }
      incomplete |= name == SPLIT || name == SPARSE;
    }
    return new GitIndex(written, entries, tree, incomplete);
  }

  /** Returns the tree of everything in the index, unless something was staged since it was made. */
  private static Optional<String> rootTree(ByteBuffer extension, int hash) {
    while (extension.get() != 0) {
      // The path of the root is empty, so this ends at once.
    }
    StringBuilder counts = new StringBuilder();
    for (byte b = extension.get(); b != '\n'; b = extension.get()) {
      counts.append((char) b);
    }
    if (counts.charAt(0) == '-') {
      return Optional.empty();
    }
    byte[] digest = new byte[hash];
    extension.get(digest);
    return Optional.of(HexFormat.of().formatHex(digest));
  }

  /** Returns the tree that a commit of this index would have, if it is known. */
  Optional<String> tree() {
    return tree;
  }

  /** Tells whether there are tracked files that this index does not list. */
  boolean incomplete() {
    return incomplete;
  }

  /** Tells whether a file that is listed has another content below a directory, or is gone. */
  boolean differsFrom(Path root) throws IOException {
    for (GitEntry entry : entries) {
      if (entry.isFile() && differs(entry, root.resolve(entry.path()))) {
        return true;
      }
    }
    return false;
  }

  private boolean differs(GitEntry entry, Path file) throws IOException {
    try {
      BasicFileAttributes now =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return entry.inConflict() || !(entry.surelySame(now, written) || entry.sameContent(file));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return true;
    }
  }
}
