package dev.mlstack.core.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads from pack files and keeps those used last open: at most {@value #MAX_OPEN}, and those that
 * are being read. Safe for use by several threads.
 */
final class PackChannels implements AutoCloseable {

  /** How many files stay open while nobody reads them. */
  static final int MAX_OPEN = 64;

  /** The platform keeps a buffer of the largest read for each thread. */
  private static final int MAX_READ = 1 << 17;

  private final Map<Path, Open> open = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  private boolean closed;

  private static final class Open {
    private final FileChannel channel;
    private int readers;
    private boolean dropped;

    Open(FileChannel channel) {
      this.channel = channel;
    }
  }

  /**
   * Fills a buffer from a place in a file, and makes it ready to be read.
   *
   * @throws EOFException if the file ends too early
   * @throws java.nio.file.NoSuchFileException if there is no such file (any more)
   */
  ByteBuffer read(Path file, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    Disk.uninterrupted(
        () -> {
          while (!tryRead(file, offset, bytes.clear())) {
            Thread.onSpinWait();
          }
          return bytes;
        });
    return bytes.flip();
  }

  /** Returns false if an interrupt of another thread has closed the channel meanwhile. */
  private boolean tryRead(Path file, long offset, ByteBuffer bytes) throws IOException {
    Open source = acquire(file);
    try {
      readFully(source.channel, offset, bytes);
      return true;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (ClosedChannelException e) {
      return false;
    } finally {
      release(file, source);
    }
  }

  /** Fills a buffer from a file. */
  static void readFully(FileChannel channel, long offset, ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(bytes.position() + MAX_READ, end));
      long position = offset + bytes.position() - start;
      if (channel.read(bytes, position) < 0) {
        throw new EOFException("the file ends at byte " + position);
      }
    }
  }

  private synchronized Open acquire(Path file) throws IOException {
    if (closed) {
      throw new IllegalStateException("the store is closed; open it again");
    }
    Open source = open.get(file);
    if (source == null) {
      source = new Open(FileChannel.open(file, StandardOpenOption.READ));
      open.put(file, source);
      dropEldest();
    }
    source.readers++;
    return source;
  }

  private void dropEldest() {
    if (open.size() > MAX_OPEN) {
      Iterator<Open> eldest = open.values().iterator();
      Open source = eldest.next();
      eldest.remove();
      drop(source);
    }
  }

  private synchronized void release(Path file, Open source) {
    source.readers--;
    if (!source.channel.isOpen()) {
      open.remove(file, source);
    } else if (source.dropped && source.readers == 0) {
      close(source.channel);
    }
  }

  private static void drop(Open source) {
    source.dropped = true;
    if (source.readers == 0) {
      close(source.channel);
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written through it, so nothing is lost.
      return;
    }
  }

  /** Closes a file that is no longer needed, as soon as nobody reads it. */
  synchronized void drop(Path file) {
    Open source = open.remove(file);
    if (source != null) {
      drop(source);
    }
  }

  /** Closes all files, each as soon as nobody reads it. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Open source : open.values()) {
      drop(source);
    }
    open.clear();
  }
}
