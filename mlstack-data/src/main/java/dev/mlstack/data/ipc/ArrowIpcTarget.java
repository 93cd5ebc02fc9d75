package dev.mlstack.data.ipc;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.write.TargetFile;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Target;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of Arrow IPC, version V5, that is written.
 *
 * <pre>{@code
 * ArrowIpc.to(path).zstd().write(snapshot, Execution.here());
 * }</pre>
 *
 * <p>Each table is a record batch. A category is a dictionary of texts, a tensor the canonical
 * extension type {@code arrow.fixed_shape_tensor}. The metadata of each field says under {@code
 * mlstack.field} what it is here, so that {@link ArrowIpc} reads the same schema again: roles, tags
 * and values of categories. Row identities are not written.
 *
 * <p>The file is written beside its place and moved there as a whole. Immutable. Every method
 * returns a changed copy.
 */
public final class ArrowIpcTarget implements Target {

  private final Path path;
  private final boolean stream;
  private final boolean zstd;

  ArrowIpcTarget(Path path) {
    this(path, /* stream= */ false, /* zstd= */ false);
  }

  private ArrowIpcTarget(Path path, boolean stream, boolean zstd) {
    this.path = path;
    this.stream = stream;
    this.zstd = zstd;
  }

  /** Writes a stream, which has no footer. */
  public ArrowIpcTarget asStream() {
    return new ArrowIpcTarget(path, /* stream= */ true, zstd);
  }

  /** Compresses with Zstandard, which needs {@code com.github.luben:zstd-jni}. */
  public ArrowIpcTarget zstd() {
    return new ArrowIpcTarget(path, stream, /* zstd= */ true);
  }

  @Override
  public long write(Dataset rows, Execution execution) throws IOException {
    return TargetFile.write(
        path, rows, execution, out -> new IpcWriter(out, rows.schema(), stream, zstd));
  }

  /** Returns where is written to, and how. */
  @Override
  public String toString() {
    return "arrow-ipc " + path + (stream ? " as a stream" : "") + (zstd ? " with zstd" : "");
  }
}
