package dev.mlstack.data.ipc;

import java.io.IOException;
import java.io.InputStream;

/** Opens a stream, the same one each time. */
@FunctionalInterface
public interface StreamOpener {

  /** Opens the stream from its start. Whoever asks closes it. */
  InputStream open() throws IOException;
}
