package dev.mlstack.table;

import dev.mlstack.schema.Schema;

/** Reads the rows of a {@link Source}, and knows when it has read them what they were. */
public interface SourceReader extends TableReader {

  /** Returns what people call the source, such as the name of a file. */
  String name();

  /** Returns the schema of all tables. */
  Schema schema();

  /**
   * Returns what the rows were read from: exactly the bytes that gave them, whatever has become of
   * the source since.
   *
   * @throws IllegalStateException before {@link #next()} has returned {@code null}
   */
  Source.Origin origin();
}
