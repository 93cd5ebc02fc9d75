package dev.mlstack.data.read;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.OrderedPipeline;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works on all records of an input in parallel, chunk by chunk, and gives the results in order.
 *
 * <p>Chunks are cut where a record probably ends. Where that was wrong, the records from there on
 * are read again one after another until one of them begins where a chunk does, from which on its
 * result is right; so the results cover the same records as if one thread had read all of them.
 *
 * <p>For use by one thread at a time. Owns the open input and the results that nobody asked for.
 *
 * @param <R> what becomes of a stretch of records
 */
final class RecordPipeline<R> implements Closeable {

  /** Works on a stretch of records. */
  @FunctionalInterface
  interface Work<R> {

    /**
     * Returns the result of the records that are left in a reader, or of the first of them. Called
     * by several threads at once.
     */
    R apply(RecordReader records) throws IOException;
  }

  /** A chunk, the result of its first records, and the place and line behind them. */
  private record Part<R>(Chunk chunk, R result, long end, long line) {}

  private final CsvInput input;
  private final ChunkReader chunks;
  private final Work<R> work;
  private final Consumer<R> disposal;
  private final OrderedPipeline<Chunk, Part<R>> pipeline;
  private final Deque<Part<R>> waiting = new ArrayDeque<>();
  private @Nullable Repair repair;

  /**
   * Creates a pipeline.
   *
   * @param chunks taken over
   * @param disposal is given each result that nobody will ask for
   */
  RecordPipeline(
      CsvInput input, ChunkReader chunks, Work<R> work, Consumer<R> disposal, Execution execution) {
    this.input = input;
    this.chunks = chunks;
    this.work = work;
    this.disposal = disposal;
    this.pipeline =
        new OrderedPipeline<>(
            chunks, this::work, part -> disposal.accept(part.result()), execution);
  }

  private Part<R> work(Chunk chunk) throws IOException {
    RecordReader records = new RecordReader(chunk, input.dialect().scanner());
    R result = work.apply(records);
    return new Part<>(chunk, result, records.position(), records.nextLine());
  }

  /** Returns the next result; {@code null} at the end. */
  @Nullable R next() throws IOException {
    Repair current = repair;
    if (current != null) {
      R result = current.next();
      if (result != null) {
        return result;
      }
      repair = null;
    }
    Part<R> part = waiting.isEmpty() ? pipeline.next() : waiting.remove();
    if (part == null) {
      return null;
    }
    if (part.end() < part.chunk().end()) {
      repair = new Repair(part);
    } else {
      chunks.recycle(part.chunk());
    }
    return part.result();
  }

  @Override
  public void close() throws IOException {
    pipeline.close();
    waiting.forEach(part -> disposal.accept(part.result()));
    waiting.clear();
    chunks.close();
  }

  /** Returns what follows a chunk, which waits from then on. */
  private @Nullable Part<R> following(Chunk chunk) throws IOException {
    for (Part<R> part : waiting) {
      if (part.chunk().offset() == chunk.end()) {
        return part;
      }
    }
    Part<R> next = pipeline.next();
    if (next != null) {
      waiting.add(next);
    }
    return next;
  }

  /** Reads records one after another from where a chunk was left. */
  private final class Repair {
    private final RecordReader records;
    private final int stretch;
    private long stretchEnd;
    private boolean ended;

    Repair(Part<R> left) {
      Chunk chunk = left.chunk();
      stretch = chunk.bytes().length;
      records =
          new RecordReader(
              new Rest(chunk, (int) (left.end() - chunk.offset())),
              input.dialect().scanner(),
              chunk,
              left.end(),
              left.line(),
              this::isEnd);
    }

    /** Tells whether a record need not be read here, because it was, or because it is time. */
    private boolean isEnd(long place) {
      while (!waiting.isEmpty() && waiting.element().chunk().offset() < place) {
        disposal.accept(waiting.remove().result());
      }
      ended = !waiting.isEmpty() && waiting.element().chunk().offset() == place;
      return ended || place >= stretchEnd;
    }

    /** Returns the result of the next records; {@code null} if they have been worked on already. */
    @Nullable R next() throws IOException {
      if (ended || records.isAtEnd()) {
        return null;
      }
      stretchEnd = records.position() + stretch;
      return work.apply(records);
    }
  }

  /** The bytes from a place on to the end of the input. */
  private final class Rest extends InputStream {
    private Chunk chunk;
    private int at;

    Rest(Chunk chunk, int from) {
      this.chunk = chunk;
      this.at = from;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      while (at == chunk.limit()) {
        Part<R> next = chunk.last() ? null : following(chunk);
        if (next == null) {
          return -1;
        }
        chunk = next.chunk();
        at = 0;
      }
      int count = Math.min(length, chunk.limit() - at);
      System.arraycopy(chunk.bytes(), at, to, from, count);
      at += count;
      return count;
    }
  }
}
