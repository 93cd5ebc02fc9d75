package dev.mlstack.table;

/** A part of a dataset that can be read on its own: the unit that threads and machines share. */
@FunctionalInterface
public interface Shard {

  /** Opens a reader over the rows of this shard. The caller closes it. */
  TableReader open();
}
