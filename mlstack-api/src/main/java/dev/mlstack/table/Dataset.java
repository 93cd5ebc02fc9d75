package dev.mlstack.table;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Data that can be read again and again: the same rows in the same order, under one schema.
 *
 * <p>Every row has an identity that does not depend on its place: reading, splitting or shuffling
 * never changes it. A dataset is immutable and safe for use by several threads. It is read from
 * where it is kept and so usable as long as that is open.
 */
public interface Dataset {

  /** Returns the schema. */
  Schema schema();

  /** Returns how many rows there are. */
  long rows();

  /** Returns the digest of the content: datasets with equal digests have equal rows. */
  Digest digest();

  /**
   * Returns the digest of the record that tells how this data came to be, such as a commit, if
   * there is one.
   */
  Optional<Digest> record();

  /** Returns the split that this is one of the parts of, if it is. */
  default Optional<Split> partOf() {
    return Optional.empty();
  }

  /**
   * Returns the pieces of this dataset, in order: read one after another, they are the whole. At
   * least one.
   */
  List<Shard> shards();

  /** Opens a reader over all rows. The caller closes it. */
  default TableReader open() {
    return new ShardsReader(shards());
  }

  /** Reads all tables in order. Each is borrowed for the duration of the call. */
  default void forEach(Consumer<? super Table> action) {
    try (TableReader reader = open()) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        action.accept(table);
      }
    }
  }

  /**
   * Returns all rows in order, as records. The stream reads as it goes; the caller closes it:
   *
   * <pre>{@code
   * try (Stream<Patient> patients = dataset.records(Patient.class)) {
   *   …
   * }
   * }</pre>
   *
   * @param type a record that mlstack may look into, see {@link RecordMapper#of(Class)}, whose
   *     components are columns of this dataset
   * @throws IllegalArgumentException if it may not; while reading, if a column is not there, or has
   *     no value where the record needs one
   */
  default <R extends Record> Stream<R> records(Class<R> type) {
    return records(RecordMapper.of(type));
  }

  /** Returns all rows in order, as records, as {@link #records(Class)} does. */
  default <R extends Record> Stream<R> records(RecordMapper<R> mapper) {
    return RecordIterator.stream(this, mapper);
  }

  /**
   * Divides the rows at random into a part to train on and a part to test on.
   *
   * @param trainFraction the probability of each row to be in the training part, between 0 and 1
   * @param seed decides, with the identity of the row alone, which part a row is in: a row stays in
   *     its part when other rows come or go
   */
  default Split split(double trainFraction, long seed) {
    return Split.of(this, trainFraction, seed);
  }
}
