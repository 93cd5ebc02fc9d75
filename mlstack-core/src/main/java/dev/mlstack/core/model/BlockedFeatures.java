package dev.mlstack.core.model;

import dev.mlstack.compute.Rounds;
import dev.mlstack.feature.FeatureSink;

/**
 * Takes the features of one table, row by row, in blocks: so no array is larger than a block,
 * however large the table is. For use by one thread.
 */
final class BlockedFeatures implements FeatureSink {

  private static final int BLOCK_ROWS = Rounds.BLOCK_ROWS;

  private final int width;
  private int rows;
  private float[][] blocks = {};

  BlockedFeatures(int width) {
    this.width = width;
  }

  /** Returns how many blocks there are. */
  int blocks() {
    return blocks.length;
  }

  /** Returns how many rows a block has. */
  int rows(int block) {
    return Math.min(BLOCK_ROWS, rows - block * BLOCK_ROWS);
  }

  /** Returns the features of a block; not copied. */
  float[] block(int block) {
    return blocks[block];
  }

  /** Forgets the table before, if there was one. */
  @Override
  public void begin(int newRows) {
    rows = newRows;
    blocks = new float[(int) ((rows + BLOCK_ROWS - 1L) / BLOCK_ROWS)][];
    for (int block = 0; block < blocks.length; block++) {
      blocks[block] = new float[rows(block) * width];
    }
  }

  @Override
  public void numbers(int slot, int row, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      set(row + i, slot, values[i]);
    }
  }

  @Override
  public void indicators(int firstSlot, int row, int[] offsets, int count) {
    for (int i = 0; i < count; i++) {
      if (offsets[i] >= 0) {
        set(row + i, firstSlot + offsets[i], 1);
      }
    }
  }

  @Override
  public void entries(int firstSlot, int row, int[] offsets, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      set(row, firstSlot + offsets[i], values[i]);
    }
  }

  private void set(int row, int slot, float value) {
    blocks[row / BLOCK_ROWS][row % BLOCK_ROWS * width + slot] = value;
  }
}
