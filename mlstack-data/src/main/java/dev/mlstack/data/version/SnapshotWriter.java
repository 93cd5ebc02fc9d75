package dev.mlstack.data.version;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.arrow.ArrowTableBuilder;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into a store as a snapshot, one group at a time; see {@link SnapshotFormat}. Groups of
 * another snapshot can be taken over as they are.
 *
 * <p>Groups are encoded on the threads of an execution, a few at once; what is put comes in order.
 * The rows of at most {@code parallelism + 1} groups are in memory.
 */
final class SnapshotWriter {

  private final Schema schema;
  private final Batch batch;
  private final Execution execution;
  private final Similar similar;
  private final Deque<ArrowTableBuilder> spare = new ArrayDeque<>();
  private final Deque<CompletableFuture<EncodedGroup>> pending = new ArrayDeque<>();
  private final List<Digest> groups = new ArrayList<>();
  private final List<Integer> groupRows = new ArrayList<>();
  private ArrowTableBuilder builder;
  private @Nullable Reused open;
  private int near = Similar.UNKNOWN;
  private long rows;

  /**
   * Creates a writer of a snapshot without rows.
   *
   * @param similar what is known to be stored and may be much the same
   */
  SnapshotWriter(Schema schema, Batch batch, Execution execution, Similar similar) {
    for (Field field : schema.fields()) {
      boolean tooLarge =
          field.type() instanceof FieldType.Tensor tensor
              && (long) tensor.size() * Float.BYTES > SnapshotFormat.MAX_VALUE_BYTES;
      if (tooLarge) {
        throw EncodedGroup.tooLarge(field);
      }
    }
    this.schema = schema;
    this.batch = batch;
    this.execution = execution;
    this.similar = similar;
    this.builder = new ArrowTableBuilder(schema);
  }

  /** A last group of another snapshot that was taken over, but must go on if more rows come. */
  private record Reused(SnapshotContent.Group group, Supplier<TableReader> rows) {}

  /**
   * Appends rows.
   *
   * @param table what has them; borrowed
   * @param from the first
   * @param to the end, excluded
   * @param ids the identities of all rows of the table
   */
  void append(Table table, int from, int to, long[] ids) {
    if (from < to) {
      reopen();
    }
    int at = from;
    while (at < to) {
      int end = cut(table, at, to, ids);
      builder.append(table, at, end - at, ids, at);
      rows += end - at;
      boolean full =
          builder.rows() == SnapshotFormat.MAX_GROUP_ROWS || isHeavy(table, /* from= */ 0, 0);
      if (full || SnapshotFormat.endsGroup(ids[end - 1])) {
        endGroup();
      }
      at = end;
    }
  }

  /** Returns where the group ends, or the rows do. */
  private int cut(Table table, int from, int to, long[] ids) {
    int end = from + 1;
    int most = Math.min(to, from + SnapshotFormat.MAX_GROUP_ROWS - builder.rows());
    while (end < most && !SnapshotFormat.endsGroup(ids[end - 1])) {
      end++;
    }
    if (!isHeavy(table, from, end - from)) {
      return end;
    }
    int light = 0;
    int heavy = end - from;
    while (heavy - light > 1) {
      int middle = (light + heavy) >>> 1;
      if (isHeavy(table, from, middle)) {
        heavy = middle;
      } else {
        light = middle;
      }
    }
    return from + heavy;
  }

  /** Tells whether a column has too many bytes, with some more rows. */
  private boolean isHeavy(Table table, int from, int count) {
    return builder.widestColumnBytes(table, from, count) >= SnapshotFormat.MAX_GROUP_BYTES;
  }

  /** Says which group of the earlier snapshot the next rows come from. */
  void comesFrom(int group) {
    near = group;
  }

  /**
   * Appends one row.
   *
   * @param id its identity
   */
  void append(Table table, int row, long id) {
    Table one = table.select(row);
    append(one, 0, 1, new long[] {id});
  }

  /**
   * Takes over a group of another snapshot of the same schema as it is. Only between groups.
   *
   * @param isLast whether it is the last of the other, so that it may end too early
   * @param reader reads its rows, should that be so
   */
  void reuse(SnapshotContent.Group group, boolean isLast, Supplier<TableReader> reader) {
    reopen();
    if (!isBetweenGroups()) {
      throw new IllegalStateException("a group cannot be taken over in the middle of another");
    }
    if (isLast) {
      open = new Reused(group, reader);
    } else {
      addReused(group);
    }
    rows += group.rows();
  }

  private void addReused(SnapshotContent.Group group) {
    pending.add(CompletableFuture.completedFuture(EncodedGroup.reused(group)));
    drain(execution.parallelism());
  }

  /** Copies the rows of a last group that was taken over, because it is not the last any more. */
  private void reopen() {
    Reused reused = open;
    if (reused != null) {
      open = null;
      rows -= reused.group().rows();
      try (TableReader reader = reused.rows().get()) {
        for (Table table = reader.next(); table != null; table = reader.next()) {
          append(table, 0, table.rows(), idsOf(table));
        }
      }
    }
  }

  /** Tells whether the next row begins a group. */
  boolean isBetweenGroups() {
    return builder.rows() == 0 && open == null;
  }

  static long[] idsOf(Table table) {
    long[] ids = new long[table.rows()];
    Arrays.setAll(ids, table::rowId);
    return ids;
  }

  private void endGroup() {
    ArrowTableBuilder full = builder;
    builder = spare.isEmpty() ? new ArrowTableBuilder(schema) : spare.pop();
    int origin = near;
    pending.add(
        CompletableFuture.supplyAsync(() -> EncodedGroup.of(full, origin), execution.executor()));
    drain(execution.parallelism());
  }

  /** Puts groups in order until fewer than {@code most} are still being encoded. */
  private void drain(int most) {
    while (pending.size() >= most) {
      put(join(pending.remove()));
    }
  }

  private static EncodedGroup join(CompletableFuture<EncodedGroup> group) {
    try {
      return group.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void put(EncodedGroup group) {
    groups.add(group.putInto(batch, similar));
    groupRows.add(group.rows());
    group.builder().ifPresent(spare::push);
  }

  /** Returns how many rows were appended or taken over. */
  long rows() {
    return rows;
  }

  /** Ends the snapshot and returns its digest. */
  Digest finish() {
    Reused reused = open;
    if (reused != null) {
      open = null;
      addReused(reused.group());
    }
    if (builder.rows() > 0) {
      endGroup();
    }
    while (!pending.isEmpty()) {
      put(join(pending.remove()));
    }
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      edges.add(Edge.holds(SnapshotFormat.group(i), groups.get(i)));
    }
    Value.Doc document =
        Value.doc()
            .put("schema", schema.toValue())
            .put("rows", rows)
            .put("groups", Value.ofWholes(groupRows))
            .build();
    return batch.put(StoredObject.of(ObjectKind.CONTENT, SnapshotFormat.SNAPSHOT, edges, document));
  }
}
