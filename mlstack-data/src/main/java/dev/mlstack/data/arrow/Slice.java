package dev.mlstack.data.arrow;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Some bytes of an array.
 *
 * @param bytes the array; not copied
 * @param from the index of the first
 * @param length how many there are
 */
record Slice(byte[] bytes, int from, int length) {

  static final Slice EMPTY = new Slice(new byte[0], 0, 0);

  /** Returns a buffer with a copy of these bytes. The caller releases it. */
  ArrowBuf toBuffer(BufferAllocator allocator) {
    ArrowBuf buffer = allocator.buffer(length);
    buffer.setBytes(0, bytes, from, length);
    buffer.writerIndex(length);
    return buffer;
  }
}
