package dev.mlstack.parquet;

import dev.mlstack.data.columnar.ColumnarFile;
import dev.mlstack.data.columnar.ColumnarSource;
import dev.mlstack.data.columnar.FileInput;
import dev.mlstack.store.VersionedName;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file in the format of Apache Parquet (Parquet Format 2.12).
 *
 * <pre>{@code
 * Source patients = Parquet.file(path).as(Patient.class).key("id");
 * }</pre>
 *
 * <p>Pages of both versions are read, in all encodings but the deprecated BIT_PACKED; plain or
 * compressed with Zstandard, Snappy, GZIP or LZ4_RAW. Structs are taken apart, lists of floating-
 * point numbers are tensors, other lists and maps are refused. Encrypted files are refused. Which
 * type becomes which is told in the documentation of formats.
 *
 * <p>Immutable. Every method returns a changed copy.
 */
public final class Parquet extends ColumnarSource<Parquet> {

  /** The operation of reading such a file, and the version of its arithmetic. */
  public static final VersionedName OPERATION = new VersionedName("parquet", 1);

  private final Path path;

  private Parquet(Path path, Settings settings) {
    super(settings);
    this.path = path;
  }

  /** Returns a file. */
  public static Parquet file(Path path) {
    return new Parquet(path, Settings.DEFAULTS);
  }

  /** Returns a target that writes a file. */
  public static ParquetTarget to(Path path) {
    return new ParquetTarget(path);
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Origin origin() throws IOException {
    try (FileInput file = FileInput.open(path)) {
      return file.origin();
    }
  }

  @Override
  protected Parquet with(Settings newSettings) {
    return new Parquet(path, newSettings);
  }

  @Override
  protected ColumnarFile openFile() throws IOException {
    FileInput file = FileInput.open(path);
    try {
      return ParquetFile.of(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
