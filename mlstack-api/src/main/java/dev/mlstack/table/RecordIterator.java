package dev.mlstack.table;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Walks over rows as records. */
final class RecordIterator<R extends Record> implements Iterator<R> {

  private final TableReader reader;
  private final RecordMapper<R> mapper;
  private @Nullable TableCursor cursor;
  private boolean onNext;
  private boolean ended;

  private RecordIterator(TableReader reader, RecordMapper<R> mapper) {
    this.reader = reader;
    this.mapper = mapper;
  }

  /** Returns a stream of all rows of a dataset, which owns a reader of it. */
  static <R extends Record> Stream<R> stream(Dataset data, RecordMapper<R> mapper) {
    TableReader reader = data.open();
    Spliterator<R> records =
        Spliterators.spliterator(
            new RecordIterator<>(reader, mapper),
            data.rows(),
            Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
    return StreamSupport.stream(records, /* parallel= */ false).onClose(reader::close);
  }

  @Override
  public boolean hasNext() {
    while (!onNext && !ended) {
      onNext = cursor != null && cursor.next();
      if (!onNext) {
        Table table = reader.next();
        ended = table == null;
        cursor = table == null ? null : table.cursor();
      }
    }
    return onNext;
  }

  @Override
  public R next() {
    if (!hasNext() || cursor == null) {
      throw new NoSuchElementException("there are no more rows");
    }
    onNext = false;
    return mapper.record(cursor);
  }
}
