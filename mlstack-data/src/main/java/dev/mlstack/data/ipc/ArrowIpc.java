package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.ColumnarFile;
import dev.mlstack.data.columnar.ColumnarSource;
import dev.mlstack.data.columnar.FileInput;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.DataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Data in the format in which Apache Arrow exchanges it between processes (Arrow Columnar Format,
 * "Serialization and Interprocess Communication"): files with a footer, also known as Feather, and
 * streams.
 *
 * <pre>{@code
 * Source patients = ArrowIpc.file(path).as(Patient.class).key("id");
 * }</pre>
 *
 * <p>Versions V4 and V5 are read, little-endian, plain or compressed with LZ4 or Zstandard; the
 * latter needs {@code com.github.luben:zstd-jni}. Columns of dictionaries are read as their values;
 * dictionaries may be replaced in a stream and grow in both. Which type becomes which is told in
 * the documentation of formats.
 *
 * <p>Immutable. Every method returns a changed copy.
 */
public final class ArrowIpc extends ColumnarSource<ArrowIpc> {

  /** The operation of reading such data, and the version of its arithmetic. */
  public static final VersionedName OPERATION = new VersionedName("arrow-ipc", 1);

  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_BYTES = 1 << 16;

  private final Opener opener;

  /** Opens the data. */
  private interface Opener {
    ColumnarFile open() throws IOException;
  }

  private ArrowIpc(Opener opener, Settings settings) {
    super(settings);
    this.opener = opener;
  }

  /** Returns a file, in the format with a footer or as a stream, which its first bytes tell. */
  public static ArrowIpc file(Path path) {
    return new ArrowIpc(() -> openFile(path), Settings.DEFAULTS);
  }

  /**
   * Returns a stream.
   *
   * @param name what to call it
   * @param opener opens it; each time it must give the same bytes
   */
  public static ArrowIpc stream(String name, StreamOpener opener) {
    return new ArrowIpc(() -> openStream(name, opener.open()), Settings.DEFAULTS);
  }

  /** Returns a target that writes a file with a footer. */
  public static ArrowIpcTarget to(Path path) {
    return new ArrowIpcTarget(path);
  }

  private static ColumnarFile openFile(Path path) throws IOException {
    FileInput file = FileInput.open(path);
    try {
      byte[] head = file.bytes(0, Math.min(MAGIC.length, file.size()));
      if (Arrays.equals(head, MAGIC)) {
        return IpcFile.of(file);
      }
      requireStream(file.name(), head);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    file.close();
    return openStream(file.name(), Files.newInputStream(path));
  }

  private static void requireStream(String name, byte[] head) {
    String start = new String(head, StandardCharsets.US_ASCII);
    if (head.length == 0) {
      throw new DataException(name + " is empty");
    } else if (start.startsWith("FEA1")) {
      throw new DataException(
          name + " is Feather of version 1; write it again with version 2, which is Arrow IPC");
    } else if (start.startsWith("PAR1")) {
      throw new DataException(name + " is a Parquet file; read it with Parquet.file");
    } else if (head[0] != -1) {
      throw new DataException(name + " is no Arrow IPC: it begins with '" + start + "'");
    }
  }

  private static ColumnarFile openStream(String name, InputStream in) throws IOException {
    try {
      return IpcStream.of(name, new BufferedInputStream(in, BUFFER_BYTES));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public VersionedName operation() {
    return OPERATION;
  }

  @Override
  public Origin origin() throws IOException {
    try (ColumnarFile file = opener.open()) {
      return file.origin();
    }
  }

  @Override
  protected ArrowIpc with(Settings newSettings) {
    return new ArrowIpc(opener, newSettings);
  }

  @Override
  protected ColumnarFile openFile() throws IOException {
    return opener.open();
  }
}
