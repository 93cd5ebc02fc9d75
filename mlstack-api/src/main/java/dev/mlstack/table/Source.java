package dev.mlstack.table;

import dev.mlstack.compute.Execution;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Where rows come from before they are a dataset: a file, a stream, a query.
 *
 * <p>A source is a description; it opens nothing until it is asked to, and can be asked again.
 */
public interface Source {

  /** Returns the operation that reads it and the version of its arithmetic, such as csv/1. */
  VersionedName operation();

  /** Returns everything the operation was told, apart from the schema and the name of the input. */
  Value.Doc parameters();

  /**
   * Returns the schema, which may have to be inferred from the data first.
   *
   * @throws IOException if the source cannot be read
   */
  Schema schema() throws IOException;

  /**
   * Returns what the rows are read from, which may have to be read for it. Who reads the rows
   * anyway asks {@link SourceReader#origin()}.
   *
   * @throws IOException if the source cannot be read
   */
  Origin origin() throws IOException;

  /**
   * Opens a reader. The caller closes it.
   *
   * @param rejected hears of each row that cannot be read, in order and before {@code next} returns
   *     a row behind it; the reader goes on behind it
   * @param execution receives progress and may be cancelled
   * @throws IOException if the source cannot be opened
   * @throws DataException if it is not data of this kind, or lacks a column
   */
  SourceReader open(Consumer<? super RejectedRow> rejected, Execution execution) throws IOException;

  /**
   * What rows are read from.
   *
   * @param name what people call it, such as the name of a file
   * @param bytes how many bytes it has
   * @param digest the SHA-256 of these bytes
   */
  record Origin(String name, long bytes, Digest digest) {}
}
