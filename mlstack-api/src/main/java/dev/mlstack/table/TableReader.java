package dev.mlstack.table;

import org.jspecify.annotations.Nullable;

/**
 * Reads tables one after another. Owns the memory of the table it gave last.
 *
 * <pre>{@code
 * try (TableReader reader = dataset.open()) {
 *   for (Table table = reader.next(); table != null; table = reader.next()) {
 *     …
 *   }
 * }
 * }</pre>
 *
 * <p>For use by one thread at a time. Whoever opened it closes it.
 */
public interface TableReader extends AutoCloseable {

  /**
   * Returns the next table, or {@code null} at the end. The table is valid until the next call of
   * {@code next} or {@code close}.
   *
   * @throws java.io.UncheckedIOException if reading fails
   * @throws dev.mlstack.store.StoreException if the data is damaged
   */
  @Nullable Table next();

  /** Frees the last table and all else that the reader owns. Closing twice does nothing. */
  @Override
  void close();
}
