package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.table.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Reads messages, the parts that streams and files are made of. */
final class Messages {

  /** The most bytes of metadata that a message may have: 256 MiB. */
  static final int MAX_METADATA = 1 << 28;

  private static final int CONTINUATION = 0xFFFF_FFFF;
  private static final int CONTINUATION_BYTES = 8;
  private static final int OLD_BYTES = 4;

  private Messages() {}

  /**
   * Returns a part of the metadata that must be there.
   *
   * @throws IllegalArgumentException if it is not
   */
  static <T> T required(@Nullable T part, String what) {
    if (part == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return part;
  }

  static RecordBatch recordBatch(Message message) {
    RecordBatch batch = new RecordBatch();
    required(message.header(batch), "a batch");
    return batch;
  }

  static DictionaryBatch dictionaryBatch(Message message) {
    DictionaryBatch batch = new DictionaryBatch();
    required(message.header(batch), "a dictionary");
    return batch;
  }

  /** Returns the message that bytes of a file are, with the mark and length before it. */
  static Message of(byte[] bytes) {
    int skip = LittleEndian.int32(bytes, 0) == CONTINUATION ? CONTINUATION_BYTES : OLD_BYTES;
    return parse(bytes, skip);
  }

  private static Message parse(byte[] bytes, int from) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(from);
    Message message = Message.getRootAsMessage(buffer);
    if (message.version() != MetadataVersion.V5 && message.version() != MetadataVersion.V4) {
      throw new DataException(
          "Arrow IPC of version V"
              + (message.version() + 1)
              + " cannot be read, only V4 and V5; write it again with a later Arrow");
    }
    return message;
  }

  /** Reads the metadata of the next message of a stream; {@code null} at its end. */
  static @Nullable Message next(InputStream in) throws IOException {
    byte[] start = in.readNBytes(OLD_BYTES);
    if (start.length == 0) {
      return null;
    }
    int length = LittleEndian.int32(start, 0);
    if (length == CONTINUATION) {
      length = LittleEndian.int32(in.readNBytes(OLD_BYTES), 0);
    }
    if (length == 0) {
      return null;
    } else if (length < 0 || length > MAX_METADATA) {
      throw new IllegalArgumentException("a message says it has " + length + " bytes of metadata");
    }
    return parse(bytes(in, length), 0);
  }

  /** Reads bytes; never has room for more than there are. */
  static byte[] bytes(InputStream in, long length) throws IOException {
    if (length < 0 || length > Integer.MAX_VALUE - Long.BYTES) {
      throw new IllegalArgumentException("a message says it has " + length + " bytes");
    }
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("it ends in the middle of a message");
    }
    return bytes;
  }
}
