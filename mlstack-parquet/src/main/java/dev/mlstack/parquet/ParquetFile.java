package dev.mlstack.parquet;

import dev.mlstack.core.json.Json;
import dev.mlstack.data.columnar.ColumnarFile;
import dev.mlstack.data.columnar.Damage;
import dev.mlstack.data.columnar.FileColumn;
import dev.mlstack.data.columnar.FileInput;
import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.RawColumn;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.InvalidParquetMetadataException;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** A file that is open. Owns it. */
final class ParquetFile implements ColumnarFile {

  /** Under which key the metadata has our schema as canonical JSON. */
  static final String SCHEMA = "mlstack.schema";

  static final String MAGIC = "PAR1";
  private static final int TAIL_BYTES = 8;

  private final FileInput file;
  private final List<Leaf> leaves;
  private final List<FileColumn> columns;
  private final List<RowGroup> groups;
  private final @Nullable ColumnCursor[] cursors;
  private final long rows;
  private final long rowBytes;
  private long position;
  private int batch;

  private ParquetFile(FileInput file, FileMetaData metadata) {
    this.file = file;
    this.groups = metadata.getRow_groups();
    this.leaves = SchemaTree.leaves(metadata.getSchema());
    this.cursors = new ColumnCursor[leaves.size()];
    this.columns = columns(metadata);
    this.rows = groups.stream().mapToLong(this::check).reduce(0, Math::addExact);
    long bytes = groups.stream().mapToLong(RowGroup::getTotal_byte_size).sum();
    this.rowBytes = rows == 0 ? 0 : bytes / rows;
  }

  /**
   * Returns a file.
   *
   * @param file taken over, unless this fails
   */
  static ParquetFile of(FileInput file) throws IOException {
    return Damage.guard(file.name(), () -> new ParquetFile(file, footer(file)));
  }

  private static FileMetaData footer(FileInput file) throws IOException {
    if (file.size() < TAIL_BYTES) {
      throw new DataException(file.name() + " is no Parquet file: it has too few bytes");
    }
    byte[] tail = file.bytes(file.size() - TAIL_BYTES, TAIL_BYTES);
    String magic = new String(tail, Integer.BYTES, Integer.BYTES, StandardCharsets.US_ASCII);
    if (magic.equals("PARE")) {
      throw new DataException(file.name() + " is encrypted, which cannot be read");
    } else if (!magic.equals(MAGIC)) {
      throw new DataException(
          file.name() + " is no Parquet file, or cut short: it ends with '" + magic + "'");
    }
    long length = LittleEndian.int32(tail, 0);
    byte[] footer = file.bytes(file.size() - TAIL_BYTES - length, length);
    FileMetaData metadata;
    try {
      metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
    } catch (IOException | InvalidParquetMetadataException e) {
      throw new IllegalArgumentException("its metadata cannot be read: " + e.getMessage(), e);
    }
    if (metadata.isSetEncryption_algorithm()) {
      throw new DataException(file.name() + " is encrypted, which cannot be read");
    }
    return metadata;
  }

  private List<FileColumn> columns(FileMetaData metadata) {
    Optional<Schema> ours = schema(metadata);
    List<FileColumn> result = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Leaf leaf : leaves) {
      // Maps have two columns of one name, which cannot be read anyway.
      String name = names.add(leaf.name()) ? leaf.name() : leaf.name() + "#" + result.size();
      Optional<Field> field =
          ours.flatMap(
              schema ->
                  schema.fields().stream()
                      .filter(candidate -> candidate.name().equals(leaf.name()))
                      .findFirst());
      result.add(new FileColumn(name, leaf.type(), field));
    }
    return result;
  }

  private static Optional<Schema> schema(FileMetaData metadata) {
    if (metadata.getKey_value_metadata() != null) {
      for (KeyValue entry : metadata.getKey_value_metadata()) {
        if (SCHEMA.equals(entry.getKey()) && entry.getValue() != null) {
          return Optional.of(Schema.fromValue(Json.parse(entry.getValue())));
        }
      }
    }
    return Optional.empty();
  }

  /** Checks a row group; returns how many rows it has. */
  private long check(RowGroup group) {
    if (group.getNum_rows() < 0 || group.getColumnsSize() != leaves.size()) {
      throw new IllegalArgumentException(
          "a row group has "
              + group.getNum_rows()
              + " rows and "
              + group.getColumnsSize()
              + " columns of "
              + leaves.size());
    }
    for (ColumnChunk chunk : group.getColumns()) {
      if (chunk.isSetCrypto_metadata() || chunk.getMeta_data() == null) {
        throw new DataException(file.name() + " has encrypted columns, which cannot be read");
      } else if (chunk.getFile_path() != null) {
        throw new DataException(file.name() + " has columns in other files; read those");
      }
    }
    return group.getNum_rows();
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public List<FileColumn> columns() {
    return columns;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long rowBytes() {
    return rowBytes;
  }

  @Override
  public int nextRows(int most) {
    position += batch;
    batch = (int) Math.min(most, rows - position);
    return batch;
  }

  @Override
  public void read(int column, RawColumn to) throws IOException {
    ColumnCursor cursor = cursors[column];
    if (cursor == null) {
      Leaf leaf = leaves.get(column);
      cursor = new ColumnCursor(leaf, new PageReader(file, leaf, column, groups));
      cursors[column] = cursor;
    }
    cursor.read(batch, to);
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
