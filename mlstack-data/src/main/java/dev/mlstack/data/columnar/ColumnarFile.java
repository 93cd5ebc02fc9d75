package dev.mlstack.data.columnar;

import dev.mlstack.table.Source;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A file of typed columns that is open. Owns it.
 *
 * <p>It is read batch by batch: {@link #nextRows} says how many rows come next, then {@link #read}
 * gives them, column by column. Damage is told by {@link dev.mlstack.table.DataException}; an
 * {@link IndexOutOfBoundsException}, {@link IllegalArgumentException} or {@link
 * ArithmeticException} from reading counts as damage, too.
 */
public interface ColumnarFile extends Closeable {

  /** Returns what people call the file. */
  String name();

  /** Returns its columns; their names are distinct. */
  List<FileColumn> columns();

  /** Returns how many rows it has in all, or {@link dev.mlstack.compute.Progress#UNKNOWN}. */
  long rows();

  /** Returns about how many bytes the values of a row take, before any is read. */
  long rowBytes();

  /**
   * Moves to the next batch. The columns of the one before need not have been read.
   *
   * @param most how many rows it may have
   * @return how many it has; 0 at the end
   */
  int nextRows(int most) throws IOException;

  /**
   * Reads a column of the current batch, once. Several threads may read different columns at the
   * same time, but always the same columns of each batch.
   *
   * @param column its index
   * @param to is filled
   */
  void read(int column, RawColumn to) throws IOException;

  /** Returns the bytes that all was read from. Called when {@link #nextRows} has given 0. */
  Source.Origin origin() throws IOException;
}
