package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.RawColumn;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryBatch;

/**
 * The dictionaries that stand at one place of a file or stream. Safe for use by several threads.
 */
final class Dictionaries {

  private final Map<Long, Layout> layouts;
  private final Map<Long, Dictionary> known = new HashMap<>();

  Dictionaries(IpcSchema schema) {
    this.layouts = schema.dictionaries();
  }

  /**
   * Takes up a dictionary, or more values of one.
   *
   * @param replace whether it may take the place of another
   */
  synchronized void add(DictionaryBatch batch, Body body, boolean replace) throws IOException {
    Layout layout = layouts.get(batch.id());
    if (layout == null) {
      return;
    }
    Buffers buffers = new Buffers(Messages.required(batch.data(), "a dictionary"), body);
    RawColumn values = new RawColumn();
    int rows = Math.toIntExact(buffers.rows());
    ColumnDecoder.decode(layout, layout.type(), buffers, 0, rows, values);
    Dictionary dictionary = new Dictionary(layout.type(), values);
    Dictionary old = known.get(batch.id());
    if (batch.isDelta() && old == null) {
      throw new IllegalArgumentException("dictionary " + batch.id() + " grows before it is there");
    } else if (!batch.isDelta() && old != null && !replace) {
      throw new IllegalArgumentException("dictionary " + batch.id() + " is there twice");
    }
    known.put(batch.id(), batch.isDelta() && old != null ? old.plus(dictionary) : dictionary);
  }

  /** Returns a dictionary. */
  synchronized Dictionary get(long id) {
    Dictionary dictionary = known.get(id);
    if (dictionary == null) {
      throw new IllegalArgumentException("dictionary " + id + " is missing");
    }
    return dictionary;
  }
}
