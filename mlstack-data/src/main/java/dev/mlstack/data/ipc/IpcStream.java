package dev.mlstack.data.ipc;

import dev.mlstack.compute.Progress;
import dev.mlstack.data.columnar.ColumnarFile;
import dev.mlstack.data.columnar.Damage;
import dev.mlstack.data.columnar.FileColumn;
import dev.mlstack.data.columnar.RawColumn;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Source;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/** A stream, which is read from front to back, a batch at a time on the heap. Owns it. */
final class IpcStream implements ColumnarFile {

  private final String name;
  private final HashedInput in;
  private final IpcSchema schema;
  private final Dictionaries dictionaries;
  private final IpcColumns columns;

  private @Nullable Buffers batch;
  private long from;
  private int rows;

  /** Counts and hashes what is read. */
  private static final class HashedInput extends FilterInputStream {
    private final Digest.Hasher hasher = new Digest.Hasher();
    private long count;

    HashedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        count += read;
        hasher.update(bytes, offset, read);
      }
      return read;
    }

    @Override
    public long skip(long length) throws IOException {
      return readNBytes((int) Math.min(length, 1 << 16)).length;
    }
  }

  private IpcStream(String name, HashedInput in) throws IOException {
    this.name = name;
    this.in = in;
    Message first = Messages.next(in);
    if (first == null || first.headerType() != MessageHeader.Schema) {
      throw new IllegalArgumentException("it does not begin with a schema");
    }
    skipBody(first);
    this.schema = IpcSchema.of(name, schema(first));
    this.columns = new IpcColumns(schema);
    this.dictionaries = new Dictionaries(schema);
  }

  private static Schema schema(Message message) {
    Schema schema = new Schema();
    Messages.required(message.header(schema), "the schema");
    return schema;
  }

  /**
   * Returns a stream.
   *
   * @param name what to call it
   * @param in taken over, unless this fails
   */
  static IpcStream of(String name, InputStream in) throws IOException {
    return Damage.guard(name, () -> new IpcStream(name, new HashedInput(in)));
  }

  private void skipBody(Message message) throws IOException {
    Messages.bytes(in, message.bodyLength());
  }

  @Override
  public String name() {
    return name;
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
      batch = null;
      Message message = Messages.next(in);
      if (message == null) {
        return 0;
      }
      Body body = Body.of(Messages.bytes(in, message.bodyLength()));
      if (message.headerType() == MessageHeader.DictionaryBatch) {
        DictionaryBatch dictionary = Messages.dictionaryBatch(message);
        dictionaries.add(dictionary, body, /* replace= */ true);
      } else if (message.headerType() == MessageHeader.RecordBatch) {
        batch = new Buffers(Messages.recordBatch(message), body);
        from = 0;
      } else {
        throw new IllegalArgumentException("a message is of type " + message.headerType());
      }
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
    in.transferTo(OutputStream.nullOutputStream());
    return new Source.Origin(name, in.count, in.hasher.digest());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
