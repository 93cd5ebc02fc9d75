package dev.mlstack.data.internal;

import dev.mlstack.table.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * The bytes of one file or stream, as they are stored: perhaps compressed, in any charset.
 *
 * <p>A description, which opens nothing until it is asked to, and can be asked again.
 */
public abstract sealed class Input {

  private final String name;

  private Input(String name) {
    this.name = name;
  }

  /**
   * Returns the input that a file is.
   *
   * @throws IOException if there is no such file
   */
  public static Input file(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such file");
    } else if (Files.isDirectory(path)) {
      throw new FileSystemException(
          path.toString(), null, "this is a directory; name a file in it");
    }
    return new StoredFile(path, StoredFile.Stamp.of(path));
  }

  /** Returns the input that a stream is. */
  public static Input stream(String name, Inputs.Opener supplier) {
    return new Stream(name, supplier);
  }

  /** Returns what people call it. */
  public final String name() {
    return name;
  }

  /** Returns how many bytes are expected, 0 if nobody knows. */
  public abstract long expectedBytes();

  /** Opens the bytes as they are stored. The caller closes them. */
  public abstract InputStream open() throws IOException;

  /**
   * Checks that the input is the same as when this was made, as far as that can be seen.
   *
   * @throws DataException if it was changed meanwhile
   */
  public abstract void requireUnchanged() throws IOException;

  private static final class StoredFile extends Input {
    private final Path path;
    private final Stamp stamp;

    /** What tells that a file was changed. */
    private record Stamp(long bytes, FileTime modified) {
      static Stamp of(Path path) throws IOException {
        return new Stamp(Files.size(path), Files.getLastModifiedTime(path));
      }
    }

    StoredFile(Path path, Stamp stamp) {
      super(Inputs.nameOf(path));
      this.path = path;
      this.stamp = stamp;
    }

    @Override
    public long expectedBytes() {
      return stamp.bytes();
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(path);
    }

    @Override
    public void requireUnchanged() throws IOException {
      if (!Stamp.of(path).equals(stamp)) {
        throw new DataException(
            name() + " was changed while it was read; read it again when nobody writes to it");
      }
    }
  }

  private static final class Stream extends Input {
    private final Inputs.Opener supplier;

    Stream(String name, Inputs.Opener supplier) {
      super(name);
      this.supplier = supplier;
    }

    @Override
    public long expectedBytes() {
      return 0;
    }

    @Override
    public InputStream open() throws IOException {
      return supplier.open();
    }

    @Override
    public void requireUnchanged() {
      // Whether a stream gives the same bytes again is seen in their digest only.
    }
  }
}
