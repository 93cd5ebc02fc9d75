package dev.mlstack.data.internal;

import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.RejectedRow;
import dev.mlstack.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Computes what identifies rows that have no bytes of their own, such as those of a query: the
 * digest of the schema as canonical JSON and the {@link RowBytes} of all rows, in order, and of the
 * texts of those that were set aside. How the rows were cut into tables does not matter.
 */
final class RowsHasher {

  private final Digest.Hasher rows = new Digest.Hasher();
  private final Digest.Hasher rejected = new Digest.Hasher();
  private final int[] fields;
  private long bytes;
  private boolean anyRejected;

  RowsHasher(Schema schema) {
    this.fields = IntStream.range(0, schema.size()).toArray();
    add(rows, schema.toValue().canonicalJson().getBytes(StandardCharsets.UTF_8));
  }

  private void add(Digest.Hasher hasher, byte[] more) {
    hasher.update(more);
    bytes += more.length;
  }

  void add(Table table) {
    RowBytes row = new RowBytes(table, fields);
    for (int i = 0; i < table.rows(); i++) {
      row.write(i);
      rows.update(row.bytes(), 0, row.length());
      bytes += row.length();
    }
  }

  void add(RejectedRow row) {
    anyRejected = true;
    byte[] text = row.text().getBytes(StandardCharsets.UTF_8);
    rejected.update(row.line()).update((long) text.length);
    add(rejected, text);
  }

  long bytes() {
    return bytes;
  }

  /** Returns the digest. To be called once, at the end. */
  Digest digest() {
    if (anyRejected) {
      rows.update(rejected.digest().toBytes());
    }
    return rows.digest();
  }
}
