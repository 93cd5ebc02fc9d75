package dev.mlstack.data.columnar;

import dev.mlstack.store.Digest;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Source;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A file that is read at any place, by several threads at once. Owns a channel; remembers by size
 * and time what the file was when it was opened.
 */
public final class FileInput implements Closeable {

  private static final int BLOCK_BYTES = 1 << 18;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final FileTime modified;

  private FileInput(Path path, FileChannel channel, long size, FileTime modified) {
    this.path = path;
    this.channel = channel;
    this.size = size;
    this.modified = modified;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be opened
   */
  public static FileInput open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such file");
    } else if (Files.isDirectory(path)) {
      throw new FileSystemException(
          path.toString(), null, "this is a directory; name a file in it");
    }
    FileTime modified = Files.getLastModifiedTime(path);
    FileChannel channel = FileChannel.open(path);
    try {
      return new FileInput(path, channel, channel.size(), modified);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns the name of the file. */
  public String name() {
    Path file = path.getFileName();
    return (file == null ? path : file).toString();
  }

  /** Returns how many bytes the file has. */
  public long size() {
    return size;
  }

  /**
   * Reads bytes.
   *
   * @param at the place of the first in the file
   * @throws EOFException if the file ends before the last
   */
  public void read(long at, byte[] to, int from, int length) throws IOException {
    for (int done = 0; done < length; ) {
      // Blocks, because the JDK copies through a direct buffer that is as large as what is read.
      int most = Math.min(BLOCK_BYTES, length - done);
      int read = channel.read(ByteBuffer.wrap(to, from + done, most), at + done);
      if (read <= 0) {
        throw new EOFException(name() + " ends at byte " + (at + done));
      }
      done += read;
    }
  }

  /**
   * Returns the bytes at a place.
   *
   * @throws DataException if the file does not have as many
   */
  public byte[] bytes(long at, long length) throws IOException {
    if (at < 0 || length < 0 || length > size - at || length > RawColumn.MAX_BYTES) {
      throw new DataException(
          name()
              + " is damaged: it has "
              + size
              + " bytes but says that "
              + length
              + " stand at byte "
              + at);
    }
    byte[] bytes = new byte[(int) length];
    read(at, bytes, 0, bytes.length);
    return bytes;
  }

  /**
   * Hashes the file and checks that nobody has changed it.
   *
   * @throws DataException if somebody has
   */
  public Source.Origin origin() throws IOException {
    Digest.Hasher hasher = new Digest.Hasher();
    byte[] block = new byte[BLOCK_BYTES];
    for (long at = 0; at < size; at += block.length) {
      int length = (int) Math.min(block.length, size - at);
      read(at, block, 0, length);
      hasher.update(block, 0, length);
    }
    requireUnchanged();
    return new Source.Origin(name(), size, hasher.digest());
  }

  private void requireUnchanged() throws IOException {
    if (Files.size(path) != size || !Files.getLastModifiedTime(path).equals(modified)) {
      throw new DataException(
          name() + " was changed while it was read; read it again when nobody writes to it");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
