package dev.mlstack.parquet;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.write.TargetFile;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Target;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.format.CompressionCodec;

/**
 * A file in the format of Apache Parquet that is written, compressed with Zstandard unless another
 * compression is said.
 *
 * <pre>{@code
 * Parquet.to(path).write(snapshot, Execution.here());
 * }</pre>
 *
 * <p>Texts and categories are written with a dictionary as long as that is small, all else plain.
 * Row groups have the least and greatest value of each column, and how many are missing. A tensor
 * is a list of numbers. The metadata of the file says under {@code mlstack.schema} what the columns
 * are here, so that {@link Parquet} reads the same schema again: roles, tags, values of categories
 * and shapes. Row identities are not written.
 *
 * <p>The file is written beside its place and moved there as a whole. A row group is collected in
 * memory, compressed. Immutable. Every method returns a changed copy.
 */
public final class ParquetTarget implements Target {

  /** After how many rows a row group ends by default: 1,048,576. */
  public static final int ROW_GROUP_ROWS = 1 << 20;

  private final Path path;
  private final CompressionCodec codec;
  private final int rowGroupRows;

  ParquetTarget(Path path) {
    this(path, CompressionCodec.ZSTD, ROW_GROUP_ROWS);
  }

  private ParquetTarget(Path path, CompressionCodec codec, int rowGroupRows) {
    this.path = path;
    this.codec = codec;
    this.rowGroupRows = rowGroupRows;
  }

  /** Compresses with Zstandard, as by default. */
  public ParquetTarget zstd() {
    return new ParquetTarget(path, CompressionCodec.ZSTD, rowGroupRows);
  }

  /** Compresses with Snappy, which takes more room and is read by the oldest readers. */
  public ParquetTarget snappy() {
    return new ParquetTarget(path, CompressionCodec.SNAPPY, rowGroupRows);
  }

  /** Does not compress. */
  public ParquetTarget uncompressed() {
    return new ParquetTarget(path, CompressionCodec.UNCOMPRESSED, rowGroupRows);
  }

  /**
   * Says after how many rows a row group ends; {@link #ROW_GROUP_ROWS} by default. It ends with a
   * table of the data.
   *
   * @param rows 1 or more
   */
  public ParquetTarget rowGroupRows(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("rowGroupRows must be at least 1 but was " + rows);
    }
    return new ParquetTarget(path, codec, rows);
  }

  @Override
  public long write(Dataset rows, Execution execution) throws IOException {
    return TargetFile.write(
        path,
        rows,
        execution,
        out -> new ParquetWriter(out, rows.schema(), codec, rowGroupRows, execution));
  }

  /** Returns where is written to, and how. */
  @Override
  public String toString() {
    return "parquet " + path + " with " + codec;
  }
}
