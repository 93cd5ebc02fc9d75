package dev.mlstack.data.read;

import java.io.IOException;
import java.io.InputStream;

/**
 * Opens a stream of bytes, each time from its beginning: a source may have to be read more than
 * once, for example to infer types before the first row.
 */
@FunctionalInterface
public interface InputSupplier {

  /**
   * Opens the stream. Whoever asked closes it.
   *
   * @throws IOException if it cannot be opened
   */
  InputStream open() throws IOException;
}
