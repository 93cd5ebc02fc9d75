package dev.mlstack.data.ipc;

import dev.mlstack.compute.Progress;
import dev.mlstack.data.columnar.ColumnarFile;
import dev.mlstack.data.columnar.Damage;
import dev.mlstack.data.columnar.FileColumn;
import dev.mlstack.data.columnar.FileInput;
import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.RawColumn;
import dev.mlstack.table.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.jspecify.annotations.Nullable;

/** A file in the format with a footer, which is read at any place. Owns it. */
final class IpcFile implements ColumnarFile {

  static final int MAGIC_BYTES = 6;
  private static final int TAIL_BYTES = Integer.BYTES + MAGIC_BYTES;

  private final FileInput file;
  private final Footer footer;
  private final IpcSchema schema;
  private final Dictionaries dictionaries;
  private final IpcColumns columns;

  private @Nullable Buffers batch;
  private int nextBatch;
  private long from;
  private int rows;

  private IpcFile(FileInput file, Footer footer) throws IOException {
    this.file = file;
    this.footer = footer;
    this.schema = IpcSchema.of(file.name(), Messages.required(footer.schema(), "the schema"));
    this.columns = new IpcColumns(schema);
    this.dictionaries = new Dictionaries(schema);
    for (int i = 0; i < footer.dictionariesLength(); i++) {
      Block block = footer.dictionaries(i);
      Message message = message(block, MessageHeader.DictionaryBatch);
      DictionaryBatch dictionary = Messages.dictionaryBatch(message);
      dictionaries.add(dictionary, body(block), /* replace= */ false);
    }
  }

  /**
   * Returns a file that begins with the magic bytes.
   *
   * @param file taken over, unless this fails
   */
  static IpcFile of(FileInput file) throws IOException {
    return Damage.guard(file.name(), () -> new IpcFile(file, footer(file)));
  }

  private static Footer footer(FileInput file) throws IOException {
    byte[] tail = file.bytes(file.size() - TAIL_BYTES, TAIL_BYTES);
    byte[] head = file.bytes(0, MAGIC_BYTES);
    for (int i = 0; i < MAGIC_BYTES; i++) {
      if (tail[Integer.BYTES + i] != head[i]) {
        throw new IllegalArgumentException(
            "it does not end as an Arrow file does; it is cut short");
      }
    }
    int length = LittleEndian.int32(tail, 0);
    byte[] bytes = file.bytes(file.size() - TAIL_BYTES - length, length);
    return Footer.getRootAsFooter(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  private Message message(Block block, byte type) throws IOException {
    int length = block.metaDataLength();
    if (length > Messages.MAX_METADATA) {
      throw new IllegalArgumentException("a message says it has " + length + " bytes of metadata");
    }
    Message message = Messages.of(file.bytes(block.offset(), length));
    if (message.headerType() != type) {
      throw new IllegalArgumentException("a message is of type " + message.headerType());
    }
    return message;
  }

  private Body body(Block block) {
    long start = block.offset() + block.metaDataLength();
    if (start < 0 || block.bodyLength() < 0 || block.bodyLength() > file.size() - start) {
      throw new IllegalArgumentException(
          "a batch says it has " + block.bodyLength() + " bytes at byte " + start);
    }
    return Body.of(file, start, block.bodyLength());
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public List<FileColumn> columns() {
    return schema.columns();
  }

  @Override
  public long rows() {
    return Progress.UNKNOWN;
  }

  @Override
  public long rowBytes() {
    return 1;
  }

  @Override
  public int nextRows(int most) throws IOException {
    from += rows;
    rows = 0;
    while (batch == null || from >= batch.rows()) {
      if (nextBatch >= footer.recordBatchesLength()) {
        return 0;
      }
      Block block = footer.recordBatches(nextBatch++);
      Message message = message(block, MessageHeader.RecordBatch);
      batch = new Buffers(Messages.recordBatch(message), body(block));
      from = 0;
    }
    rows = batch.rowsFrom(from, most);
    return rows;
  }

  @Override
  public void read(int column, RawColumn to) throws IOException {
    if (batch == null) {
      throw new IllegalStateException("there is no batch yet");
    }
    columns.read(column, batch, dictionaries, from, rows, to);
  }

  @Override
  public Source.Origin origin() throws IOException {
    return file.origin();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
