package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.RawColumn;
import dev.mlstack.data.ipc.Layout.Place;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of a record batch. Reads them from where they are when they are asked for; keeps
 * those that had to be decompressed. Safe for use by several threads.
 */
final class Buffers {

  private static final long READ_BYTES = 64L << 20;
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final long NOT_COMPRESSED = -1;

  private final long rows;
  private final long[] offsets;
  private final long[] lengths;
  private final long[] nulls;
  private final int[] viewBuffers;
  private final @Nullable Codec codec;
  private final Body body;
  private final AtomicReferenceArray<byte @Nullable []> decompressed;

  Buffers(RecordBatch batch, Body body) {
    this.rows = Objects.checkIndex(batch.length(), Integer.MAX_VALUE + 1L);
    this.body = body;
    int count = checked(batch, batch.buffersLength(), 2 * Long.BYTES);
    this.offsets = new long[count];
    this.lengths = new long[count];
    for (int i = 0; i < count; i++) {
      Buffer buffer = batch.buffers(i);
      offsets[i] = buffer.offset();
      lengths[i] = buffer.length();
      if (lengths[i] != 0) {
        Objects.checkFromIndexSize(offsets[i], lengths[i], body.length());
      }
    }
    this.nulls = new long[checked(batch, batch.nodesLength(), 2 * Long.BYTES)];
    for (int i = 0; i < nulls.length; i++) {
      nulls[i] = batch.nodes(i).nullCount();
    }
    this.viewBuffers = new int[checked(batch, batch.variadicBufferCountsLength(), Long.BYTES)];
    for (int i = 0; i < viewBuffers.length; i++) {
      viewBuffers[i] = Math.toIntExact(batch.variadicBufferCounts(i));
    }
    BodyCompression compression = batch.compression();
    this.codec = compression == null ? null : Codec.of(compression.codec());
    this.decompressed = new AtomicReferenceArray<>(count);
  }

  /** Checks that the metadata has room for a list before room is made for it here. */
  private static int checked(RecordBatch batch, int length, int bytesEach) {
    if (length < 0 || length > batch.getByteBuffer().capacity() / bytesEach) {
      throw new IllegalArgumentException("a batch has a list of " + length);
    }
    return length;
  }

  /** Returns how many rows the batch has. */
  long rows() {
    return rows;
  }

  /**
   * Returns how many rows to read at once, so that they take no more than some 64 MiB.
   *
   * @param from the first
   * @param most how many at most
   */
  int rowsFrom(long from, int most) {
    long rowBytes = Math.max(1, body.length() / Math.max(1, rows));
    return (int) Math.min(Math.min(most, rows - from), Math.max(1, READ_BYTES / rowBytes));
  }

  /** Tells whether a field has any missing value. */
  boolean hasNulls(int node) {
    return nulls[node] != 0;
  }

  /** Returns how many buffers of bytes the column of views has that is behind so many others. */
  int viewBuffers(int column) {
    return viewBuffers[column];
  }

  private int number(Place place) {
    int number = place.number();
    for (int i = 0; i < place.views(); i++) {
      number += viewBuffers[i];
    }
    return number;
  }

  /** Returns how many bytes a buffer has. */
  long length(Place place) throws IOException {
    int number = number(place);
    byte[] bytes = decompress(number);
    return bytes == null ? lengths[number] : bytes.length;
  }

  /** Copies bytes of a buffer. */
  void read(Place place, long at, byte[] to, int from, int length) throws IOException {
    int number = number(place);
    byte[] bytes = decompress(number);
    if (bytes == null) {
      Objects.checkFromIndexSize(at, length, lengths[number]);
      body.read(offsets[number] + at, to, from, length);
    } else {
      Objects.checkFromIndexSize(at, length, (long) bytes.length);
      System.arraycopy(bytes, (int) at, to, from, length);
    }
  }

  private byte @Nullable [] decompress(int number) throws IOException {
    if (codec == null || lengths[number] == 0) {
      return null;
    }
    byte[] known = decompressed.get(number);
    if (known != null) {
      return known;
    }
    if (lengths[number] > RawColumn.MAX_BYTES || lengths[number] < LENGTH_BYTES) {
      throw new IllegalArgumentException("a compressed buffer has " + lengths[number] + " bytes");
    }
    byte[] packed = new byte[(int) lengths[number]];
    body.read(offsets[number], packed, 0, packed.length);
    byte[] bytes = unpack(packed, codec);
    decompressed.set(number, bytes);
    return bytes;
  }

  private static byte[] unpack(byte[] packed, Codec codec) {
    long length = LittleEndian.int64(packed, 0);
    if (length == NOT_COMPRESSED) {
      return Arrays.copyOfRange(packed, LENGTH_BYTES, packed.length);
    } else if (length < 0 || length > RawColumn.MAX_BYTES) {
      throw new IllegalArgumentException("a compressed buffer says it has " + length + " bytes");
    }
    return codec.decompress(packed, LENGTH_BYTES, packed.length - LENGTH_BYTES, (int) length);
  }
}
