package dev.mlstack.serve.log;

import dev.mlstack.core.table.TableCodec;
import dev.mlstack.predict.LoggedPrediction;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoreException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that are durable but not yet stored as a segment, in a file.
 *
 * <p>The file is a sequence of blocks, each a length and a CRC-32C in 4 bytes, big-endian, followed
 * by the name of the endpoint, its length in 2 bytes before it, and the canonical bytes of a table.
 * The length and the checksum are those of what follows them.
 *
 * <p>A lock on the file tells that its writer lives; what a dead one left is read by whoever opens
 * the directory next. A lock belongs to the process, and some systems drop it as soon as the
 * process closes <em>any</em> channel on the file. So no process opens a journal of its own a
 * second time: it knows them by their names, which begin with the process.
 *
 * <p>Not safe for use by several threads at once.
 */
final class Journal {

  private static final Logger LOGGER = LoggerFactory.getLogger(Journal.class);
  private static final String SUFFIX = ".journal";
  private static final String DAMAGED = ".damaged";
  private static final int HEADER = 2 * Integer.BYTES;
  private static final String PROCESS = process(ProcessHandle.current());

  private final Path file;
  private final FileChannel channel;
  private long end;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** A block of entries of one endpoint. */
  record Block(String endpoint, List<LoggedPrediction> entries) {}

  /**
   * What could be read of a journal.
   *
   * @param blocks all whole blocks
   * @param complete whether there was nothing else
   */
  record Contents(List<Block> blocks, boolean complete) {}

  private static String process(ProcessHandle handle) {
    long start = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return handle.pid() + "." + start + ".";
  }

  /** Creates an empty journal in a directory and locks it. */
  static Journal create(Path directory) throws IOException {
    while (true) {
      Path file = directory.resolve(PROCESS + UUID.randomUUID() + SUFFIX);
      FileChannel channel = open(file, StandardOpenOption.CREATE_NEW);
      // Another process may have found the new file before it was locked, and taken it away.
      if (tryLock(channel) != null && Files.exists(file)) {
        return new Journal(file, channel);
      }
      channel.close();
    }
  }

  private static FileChannel open(Path file, StandardOpenOption... more) throws IOException {
    List<StandardOpenOption> options = new ArrayList<>(List.of(more));
    options.add(StandardOpenOption.READ);
    options.add(StandardOpenOption.WRITE);
    return FileChannel.open(file, options.toArray(StandardOpenOption[]::new));
  }

  /** Never waits, so that an interrupt has nothing to end. */
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Returns the files in which other processes, dead or alive, keep or kept their journals. */
  static List<Path> others(Path directory) throws IOException {
    List<Path> others = new ArrayList<>();
    try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        if (!String.valueOf(file.getFileName()).startsWith(PROCESS)) {
          others.add(file);
        }
      }
    }
    others.sort(null);
    return others;
  }

  /** Opens and locks the journal of another process; returns null if that still uses it. */
  static @Nullable Journal takeOver(Path file) throws IOException {
    FileChannel channel;
    try {
      channel = open(file);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (tryLock(channel) == null) {
      channel.close();
      return null;
    }
    return new Journal(file, channel);
  }

  /**
   * Makes entries durable, all of them or none.
   *
   * @throws StoreException if that fails; it can be tried again
   */
  void append(List<LoggedPrediction> entries, int mostInBlock) {
    long at = end;
    try {
      for (Groups.Group group : Groups.of(entries, mostInBlock)) {
        at = write(encode(group), at);
      }
      channel.force(false);
      if (Files.notExists(file)) {
        throw new NoSuchFileException(file.toString(), null, "it was deleted");
      }
      // Whatever a failure left behind would stand there as a damaged block.
      end = at;
    } catch (IOException e) {
      throw failed("write to", e);
    }
  }

  private long write(ByteBuffer block, long at) throws IOException {
    long next = at;
    while (block.hasRemaining()) {
      next += channel.write(block, next);
    }
    return next;
  }

  static ByteBuffer encode(Groups.Group group) {
    byte[] name = group.endpoint().getBytes(StandardCharsets.UTF_8);
    byte[] table = TableCodec.encode(SegmentTable.encode(group.entries(), group.shape()));
    ByteBuffer block =
        ByteBuffer.allocate(HEADER + Short.BYTES + name.length + table.length)
            .position(HEADER)
            .putShort((short) name.length)
            .put(name)
            .put(table);
    return block
        .putInt(0, block.capacity() - HEADER)
        .putInt(Integer.BYTES, crc(block.array(), HEADER))
        .flip();
  }

  private static int crc(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }

  /**
   * Reads whatever is whole. A block that is damaged but has its length is left out; one that is
   * cut short ends the journal.
   *
   * @throws StoreException if the disk cannot be read
   */
  Contents read() {
    List<Block> blocks = new ArrayList<>();
    boolean complete = true;
    try {
      long at = 0;
      long size = channel.size();
      while (size - at >= HEADER) {
        ByteBuffer header = bytes(at, HEADER);
        int length = header.getInt();
        if (length < Short.BYTES || length > size - at - HEADER) {
          break;
        }
        Block block = decode(bytes(at + HEADER, length), header.getInt(), at);
        if (block == null) {
          complete = false;
        } else {
          blocks.add(block);
        }
        at += HEADER + length;
      }
      if (at < size) {
        complete = false;
        LOGGER.warn("the journal {} ends in {} bytes of an unfinished write", file, size - at);
      }
    } catch (IOException e) {
      throw failed("read", e);
    }
    return new Contents(blocks, complete);
  }

  private ByteBuffer bytes(long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private @Nullable Block decode(ByteBuffer block, int crc, long at) {
    if (crc(block.array(), 0) != crc) {
      LOGGER.error("the journal {} has a damaged block at byte {}", file, at);
      return null;
    }
    try {
      return decode(block);
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      LOGGER.error("the journal {} has a block at byte {} that is none of its kind", file, at, e);
      return null;
    }
  }

  static Block decode(ByteBuffer block) {
    byte[] name = new byte[block.getShort() & 0xFFFF];
    block.get(name);
    byte[] table = new byte[block.remaining()];
    block.get(table);
    String endpoint = RefName.of(new String(name, StandardCharsets.UTF_8)).path();
    return new Block(endpoint, SegmentTable.decode(TableCodec.decode(table), endpoint));
  }

  /** Forgets everything, once it is stored elsewhere. */
  void clear() {
    try {
      channel.truncate(0);
      end = 0;
    } catch (IOException e) {
      throw failed("empty", e);
    }
  }

  /** Closes and deletes the file, once its entries are stored elsewhere. */
  void delete() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("delete", e);
    }
  }

  /** Closes the file and leaves it to whoever opens the directory next. */
  void leave() {
    release(UUID.randomUUID() + SUFFIX);
  }

  /** Closes the file and puts it out of the way; returns where it is now. */
  Path setAside() {
    return release(file.getFileName() + DAMAGED);
  }

  private Path release(String name) {
    try (channel) {
      return Files.move(file, file.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("rename", e);
    }
  }

  /** Closes the file and lets the next one try. */
  void close() {
    try {
      channel.close();
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
            + "; check that disk, its space and its permissions",
        cause);
  }
}
