package dev.mlstack.data.ipc;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.Zstandard;
import dev.mlstack.data.write.ColumnBytes;
import dev.mlstack.data.write.TargetFile;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/** Writes messages. */
final class IpcWriter implements TargetFile.Format {

  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PADDING = new byte[8];
  private static final int ALIGNMENT = 8;
  private static final int ZSTD_LEVEL = 1;

  private final OutputStream out;
  private final Schema schema;
  private final org.apache.arrow.vector.types.pojo.Schema arrow;
  private final boolean stream;
  private final boolean zstd;
  private final ColumnBytes column = new ColumnBytes();
  private final List<Place> dictionaries = new ArrayList<>();
  private final List<Place> batches = new ArrayList<>();
  private long position;

  /** Where a message stands. */
  private record Place(long offset, int metadata, long body) {}

  /** The fields and buffers of a batch, in order. */
  private static final class Batch {
    final List<long[]> nodes = new ArrayList<>();
    final List<byte[]> buffers = new ArrayList<>();

    void node(int rows, int nulls) {
      nodes.add(new long[] {rows, nulls});
    }
  }

  IpcWriter(OutputStream out, Schema schema, boolean stream, boolean zstd) throws IOException {
    this.out = out;
    this.schema = schema;
    this.stream = stream;
    this.zstd = zstd;
    this.arrow = ArrowFields.schema(schema);
    if (!stream) {
      write(MAGIC, MAGIC.length);
      align();
    }
    FlatBufferBuilder builder = new FlatBufferBuilder();
    builder.finish(
        Message.createMessage(
            builder, MetadataVersion.V5, MessageHeader.Schema, arrow.getSchema(builder), 0, 0));
    writeMetadata(builder.sizedByteArray());
    for (int i = 0; i < schema.size(); i++) {
      if (schema.field(i).type() instanceof FieldType.Category category) {
        writeDictionary(i, category.values());
      }
    }
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    position += length;
  }

  private void align() throws IOException {
    write(PADDING, (int) (-position & (ALIGNMENT - 1)));
  }

  /** Writes the metadata of a message with its mark and length; returns how long all of it is. */
  private int writeMetadata(byte[] metadata) throws IOException {
    long start = position;
    byte[] head = new byte[8];
    int padded = (metadata.length + ALIGNMENT - 1) & -ALIGNMENT;
    LittleEndian.put32(head, 0, -1);
    LittleEndian.put32(head, 4, padded);
    write(head, head.length);
    write(metadata, metadata.length);
    align();
    return (int) (position - start);
  }

  private void writeDictionary(int id, List<String> texts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] offsets = new byte[(texts.size() + 1) * Integer.BYTES];
    for (int i = 0; i < texts.size(); i++) {
      bytes.writeBytes(texts.get(i).getBytes(StandardCharsets.UTF_8));
      LittleEndian.put32(offsets, (i + 1) * Integer.BYTES, bytes.size());
    }
    Batch batch = new Batch();
    batch.node(texts.size(), 0);
    batch.buffers.addAll(List.of(new byte[0], offsets, bytes.toByteArray()));
    dictionaries.add(writeBatch(batch, texts.size(), id));
  }

  @Override
  public void write(Table table) throws IOException {
    Batch batch = new Batch();
    for (int i = 0; i < schema.size(); i++) {
      column.take(table.column(i));
      add(schema.field(i), batch);
    }
    batches.add(writeBatch(batch, table.rows(), -1));
  }

  private void add(Field field, Batch batch) {
    int rows = column.rows();
    batch.node(rows, column.nulls());
    byte[] validity = column.validity();
    int bits = column.nulls() == 0 ? 0 : (rows + 7) / 8;
    batch.buffers.add(Arrays.copyOf(validity, bits));
    FieldType type = field.type();
    if (type instanceof FieldType.Tensor tensor) {
      batch.node(rows * tensor.size(), 0);
      batch.buffers.add(new byte[0]);
    }
    if (type instanceof FieldType.Text) {
      byte[] offsets = new byte[(rows + 1) * Integer.BYTES];
      for (int i = 0; i <= rows; i++) {
        LittleEndian.put32(offsets, i * Integer.BYTES, column.offsets()[i]);
      }
      batch.buffers.add(offsets);
      batch.buffers.add(Arrays.copyOf(column.values(), column.offsets()[rows]));
    } else if (type instanceof FieldType.Bool) {
      batch.buffers.add(bits(rows));
    } else {
      int bytes = Math.multiplyExact(rows, ColumnBytes.width(type));
      batch.buffers.add(Arrays.copyOf(column.values(), bytes));
    }
  }

  private byte[] bits(int rows) {
    byte[] bits = new byte[(rows + 7) / 8];
    for (int row = 0; row < rows; row++) {
      bits[row >> 3] |= (byte) (column.values()[row] << (row & 7));
    }
    return bits;
  }

  /** Writes a batch; of a dictionary if it has an identity that is not negative. */
  private Place writeBatch(Batch batch, int rows, int dictionary) throws IOException {
    List<byte[]> buffers = batch.buffers;
    if (zstd) {
      buffers = buffers.stream().map(IpcWriter::compress).toList();
    }
    FlatBufferBuilder builder = new FlatBufferBuilder();
    long body = buffers.stream().mapToLong(buffer -> padded(buffer.length)).sum();
    int header = recordBatch(builder, batch.nodes, buffers, rows);
    byte type = MessageHeader.RecordBatch;
    if (dictionary >= 0) {
      header = DictionaryBatch.createDictionaryBatch(builder, dictionary, header, false);
      type = MessageHeader.DictionaryBatch;
    }
    builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, header, body, 0));
    long offset = position;
    int metadata = writeMetadata(builder.sizedByteArray());
    for (byte[] buffer : buffers) {
      write(buffer, buffer.length);
      align();
    }
    return new Place(offset, metadata, body);
  }

  private int recordBatch(
      FlatBufferBuilder builder, List<long[]> nodes, List<byte[]> buffers, int rows) {
    RecordBatch.startNodesVector(builder, nodes.size());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      FieldNode.createFieldNode(builder, nodes.get(i)[0], nodes.get(i)[1]);
    }
    int nodesVector = builder.endVector();
    long end = buffers.stream().mapToLong(buffer -> padded(buffer.length)).sum();
    RecordBatch.startBuffersVector(builder, buffers.size());
    for (int i = buffers.size() - 1; i >= 0; i--) {
      end -= padded(buffers.get(i).length);
      Buffer.createBuffer(builder, end, buffers.get(i).length);
    }
    int buffersVector = builder.endVector();
    int compression =
        zstd
            ? BodyCompression.createBodyCompression(
                builder, CompressionType.ZSTD, BodyCompressionMethod.BUFFER)
            : 0;
    return RecordBatch.createRecordBatch(builder, rows, nodesVector, buffersVector, compression, 0);
  }

  private static long padded(int length) {
    return (length + ALIGNMENT - 1L) & -ALIGNMENT;
  }

  private static byte[] compress(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    byte[] packed = Zstandard.compress(bytes, 0, bytes.length, ZSTD_LEVEL);
    byte[] result = new byte[Long.BYTES + packed.length];
    LittleEndian.put64(result, 0, bytes.length);
    System.arraycopy(packed, 0, result, Long.BYTES, packed.length);
    return result;
  }

  @Override
  public void end() throws IOException {
    byte[] mark = new byte[8];
    LittleEndian.put32(mark, 0, -1);
    write(mark, mark.length);
    if (stream) {
      return;
    }
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int fields = arrow.getSchema(builder);
    int dictionaryBlocks = blocks(builder, dictionaries, /* isDictionaries= */ true);
    int batchBlocks = blocks(builder, batches, /* isDictionaries= */ false);
    builder.finish(
        Footer.createFooter(builder, MetadataVersion.V5, fields, dictionaryBlocks, batchBlocks, 0));
    ByteBuffer footer = ByteBuffer.wrap(builder.sizedByteArray());
    write(footer.array(), footer.capacity());
    byte[] tail = new byte[Integer.BYTES];
    LittleEndian.put32(tail, 0, footer.capacity());
    write(tail, tail.length);
    write(MAGIC, MAGIC.length);
  }

  private static int blocks(FlatBufferBuilder builder, List<Place> places, boolean isDictionaries) {
    if (isDictionaries) {
      Footer.startDictionariesVector(builder, places.size());
    } else {
      Footer.startRecordBatchesVector(builder, places.size());
    }
    for (int i = places.size() - 1; i >= 0; i--) {
      Place place = places.get(i);
      Block.createBlock(builder, place.offset(), place.metadata(), place.body());
    }
    return builder.endVector();
  }
}
