package dev.mlstack.parquet;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.Tasks;
import dev.mlstack.data.write.TargetFile;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.ColumnData;
import dev.mlstack.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/** Writes row groups, and what they are behind them. */
final class ParquetWriter implements TargetFile.Format {

  private static final int VERSION = 2;
  private static final String CREATED_BY = "mlstack version 0.1.0";
  private static final long MAX_GROUP_BYTES = 1L << 28;

  private final OutputStream out;
  private final Schema schema;
  private final int groupRows;
  private final Execution execution;
  private final ColumnWriter[] columns;
  private final List<RowGroup> groups = new ArrayList<>();
  private long position;
  private long allRows;
  private long rows;

  ParquetWriter(
      OutputStream out, Schema schema, CompressionCodec codec, int groupRows, Execution execution)
      throws IOException {
    this.out = out;
    this.schema = schema;
    this.groupRows = groupRows;
    this.execution = execution;
    this.columns = new ColumnWriter[schema.size()];
    Arrays.setAll(columns, i -> new ColumnWriter(schema.field(i), codec));
    write(ParquetFile.MAGIC.getBytes(StandardCharsets.US_ASCII));
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  @Override
  public void write(Table table) throws IOException {
    ColumnData[] data = new ColumnData[columns.length];
    Arrays.setAll(data, table::column);
    Tasks.run(execution, columns.length, i -> columns[i].add(data[i]));
    rows += table.rows();
    long bytes = Arrays.stream(columns).mapToLong(ColumnWriter::bytes).sum();
    if (rows >= groupRows || bytes >= MAX_GROUP_BYTES) {
      endGroup();
    }
  }

  private void endGroup() throws IOException {
    List<ColumnChunk> chunks = new ArrayList<>();
    long plain = 0;
    for (ColumnWriter column : columns) {
      ColumnMetaData metadata = column.end(out, position);
      // No metadata stands behind the column itself, as the format says since 2.11.
      ColumnChunk chunk = new ColumnChunk(0);
      chunk.setMeta_data(metadata);
      chunks.add(chunk);
      plain += metadata.getTotal_uncompressed_size();
      position += metadata.getTotal_compressed_size();
    }
    groups.add(new RowGroup(chunks, plain, rows));
    allRows += rows;
    rows = 0;
  }

  @Override
  public void end() throws IOException {
    if (rows > 0) {
      endGroup();
    }
    FileMetaData metadata =
        new FileMetaData(VERSION, SchemaElements.of(schema), allRows, groups)
            .setCreated_by(CREATED_BY)
            .setKey_value_metadata(
                List.of(
                    new KeyValue(ParquetFile.SCHEMA).setValue(schema.toValue().canonicalJson())));
    List<ColumnOrder> orders = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      orders.add(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
    }
    metadata.setColumn_orders(orders);
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(metadata, footer);
    byte[] length = new byte[Integer.BYTES];
    LittleEndian.put32(length, 0, footer.size());
    write(footer.toByteArray());
    write(length);
    write(ParquetFile.MAGIC.getBytes(StandardCharsets.US_ASCII));
  }
}
