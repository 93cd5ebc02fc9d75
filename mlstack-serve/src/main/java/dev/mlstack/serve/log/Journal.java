package dev.mlstack.serve.log;

import dev.mlstack.core.table.TableCodec;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are durable but not yet stored as a segment, in a file.
 *
 * <p>The file is a sequence of blocks, each a length and a CRC-32C in 4 bytes followed by the name
 * of the endpoint, its length in 2 bytes before it, and the canonical bytes of a table. A block
 * that is cut short or damaged ends the file. A lock on the file tells that its writer lives; what
 * a dead one left is read by whoever opens the directory next.
 */
final class Journal {

  private static final String SUFFIX = ".journal";
  private static final int HEADER = 2 * Integer.BYTES;

  private final Path file;
  private final FileChannel channel;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** A block of entries of one endpoint. */
  record Block(String endpoint, List<LoggedPrediction> entries) {}

  /** Creates an empty journal in a directory and locks it. */
  static Journal create(Path directory) throws IOException {
    Path file = directory.resolve(UUID.randomUUID() + SUFFIX);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel.lock();
    return new Journal(file, channel);
  }

  /** Opens and locks the journals that dead writers left in a directory. */
  static List<Journal> abandoned(Path directory) throws IOException {
    List<Journal> abandoned = new ArrayList<>();
    try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
          channel.close();
        } else {
          abandoned.add(new Journal(file, channel));
        }
      }
    }
    return abandoned;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Appends entries of one endpoint and one shape. Durable after {@link #force()}. */
  void append(String endpoint, List<LoggedPrediction> entries, SegmentTable.Shape shape) {
    byte[] name = endpoint.getBytes(StandardCharsets.UTF_8);
    byte[] table = TableCodec.encode(SegmentTable.encode(entries, shape));
    ByteBuffer block =
        ByteBuffer.allocate(HEADER + Short.BYTES + name.length + table.length)
            .position(HEADER)
            .putShort((short) name.length)
            .put(name)
            .put(table);
    block.putInt(0, block.capacity() - HEADER).putInt(Integer.BYTES, crc(block, HEADER));
    block.flip();
    try {
      while (block.hasRemaining()) {
        channel.write(block);
      }
    } catch (IOException e) {
      throw failed("write to", e);
    }
  }

  private static int crc(ByteBuffer bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), from, bytes.capacity() - from);
    return (int) crc.getValue();
  }

  /** Makes everything appended so far durable. */
  void force() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failed("write to", e);
    }
  }

  /** Returns all whole blocks. */
  List<Block> read() {
    List<Block> blocks = new ArrayList<>();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      while (bytes.remaining() >= HEADER) {
        int length = bytes.getInt();
        int crc = bytes.getInt();
        if (length < Short.BYTES || length > bytes.remaining()) {
          break;
        }
        byte[] block = new byte[length];
        bytes.get(block);
        if (crc(ByteBuffer.wrap(block), 0) != crc) {
          break;
        }
        blocks.add(decode(ByteBuffer.wrap(block)));
      }
    } catch (IOException e) {
      throw failed("read", e);
    }
    return blocks;
  }

  private static Block decode(ByteBuffer block) {
    byte[] name = new byte[block.getShort() & 0xFFFF];
    block.get(name);
    byte[] table = new byte[block.remaining()];
    block.get(table);
    String endpoint = new String(name, StandardCharsets.UTF_8);
    return new Block(endpoint, SegmentTable.decode(TableCodec.decode(table), endpoint));
  }

  /** Forgets everything, once it is stored elsewhere. */
  void clear() {
    try {
      channel.truncate(0);
      channel.position(0);
    } catch (IOException e) {
      throw failed("empty", e);
    }
  }

  /** Closes the file and, once its entries are stored elsewhere, deletes it. */
  void close(boolean delete) {
    try (channel) {
      if (delete) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw failed("close", e);
    }
  }

  private StoreException failed(String what, IOException cause) {
    return new StoreException(
        "cannot "
            + what
            + " the journal of predictions "
            + file
            + ": "
            + cause.getMessage()
            + "; check the disk",
        cause);
  }
}
