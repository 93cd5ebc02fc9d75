package dev.mlstack.track.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.InflaterInputStream;

/**
 * The commits among the objects of a repository: files of their own, or parts of pack files. Read
 * from the formats of Git's own documentation, gitformat-pack. A commit that is stored as the
 * difference to another one is not found.
 */
final class GitCommits {

  private static final int PACK_INDEX = 0xFF744F63;
  private static final int FANOUT_BYTES = 256 * Integer.BYTES;
  private static final int HEADER_BYTES = 8;
  private static final int COMMIT = 1;

  /** An index that is larger, of some million objects, is not worth its reading. */
  private static final long MAX_INDEX_BYTES = 256L << 20;

  private static final String TREE = "tree ";

  private final Path objects;

  private GitCommits(Path objects) {
    this.objects = objects;
  }

  /** Returns the commits in a directory of objects. */
  static GitCommits in(Path objects) {
    return new GitCommits(objects);
  }

  /** Returns the name of the tree of a commit, if it is found. */
  Optional<String> tree(String commit) throws IOException {
    Path loose = objects.resolve(commit.substring(0, 2)).resolve(commit.substring(2));
    if (Files.isRegularFile(loose)) {
      try (InputStream in = new InflaterInputStream(Files.newInputStream(loose))) {
        for (int b = in.read(); b > 0; b = in.read()) {
          // Skips "commit" and the size.
        }
        return tree(in, commit);
      }
    }
    return packed(commit);
  }

  private Optional<String> packed(String commit) throws IOException {
    Path packs = objects.resolve("pack");
    if (!Files.isDirectory(packs)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> indexes = Files.newDirectoryStream(packs, "*.idx")) {
      for (Path index : indexes) {
        OptionalLong offset = offset(index, HexFormat.of().parseHex(commit));
        if (offset.isPresent()) {
          String name = index.getFileName().toString().replaceFirst("idx$", "pack");
          return packed(index.resolveSibling(name), offset.getAsLong(), commit);
        }
      }
    }
    return Optional.empty();
  }

  /** Finds where in a pack an object begins. */
  private static OptionalLong offset(Path index, byte[] hash) throws IOException {
    if (Files.size(index) > MAX_INDEX_BYTES) {
      return OptionalLong.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(index));
    if (bytes.getInt() != PACK_INDEX || bytes.getInt() != 2) {
      return OptionalLong.empty();
    }
    int first = hash[0] & 0xFF;
    int low = first == 0 ? 0 : bytes.getInt(HEADER_BYTES + (first - 1) * Integer.BYTES);
    int high = bytes.getInt(HEADER_BYTES + first * Integer.BYTES);
    int total = bytes.getInt(HEADER_BYTES + 255 * Integer.BYTES);
    int hashes = HEADER_BYTES + FANOUT_BYTES;
    for (int i = low; i < high; i++) {
      int at = hashes + i * hash.length;
      if (Arrays.equals(bytes.array(), at, at + hash.length, hash, 0, hash.length)) {
        int offsets = hashes + total * (hash.length + Integer.BYTES);
        int offset = bytes.getInt(offsets + i * Integer.BYTES);
        int large = offsets + total * Integer.BYTES + (offset & 0x7FFFFFFF) * Long.BYTES;
        return OptionalLong.of(offset >= 0 ? offset : bytes.getLong(large));
      }
    }
    return OptionalLong.empty();
  }

  private static Optional<String> packed(Path pack, long offset, String commit) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(pack)) {
      InputStream in = Channels.newInputStream(channel.position(offset));
      int header = in.read();
      int type = header >> 4 & 7;
      while (header > 0 && (header & 0x80) != 0) {
        header = in.read();
      }
      return type == COMMIT ? tree(new InflaterInputStream(in), commit) : Optional.empty();
    }
  }

  /** Reads the first line of a commit. */
  private static Optional<String> tree(InputStream in, String commit) throws IOException {
    byte[] line = in.readNBytes(TREE.length() + commit.length());
    String text = new String(line, StandardCharsets.US_ASCII);
    return text.startsWith(TREE) ? Optional.of(text.substring(TREE.length())) : Optional.empty();
  }
}
