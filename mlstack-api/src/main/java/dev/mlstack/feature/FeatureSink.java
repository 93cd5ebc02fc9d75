package dev.mlstack.feature;

/**
 * Takes encoded features column by column: a dense one stores every number, a sparse one only those
 * that are not 0. Slots of a row that nothing was put into are 0.
 *
 * <p>Arrays are borrowed for the duration of a call. For use by one thread.
 */
public interface FeatureSink {

  /**
   * Begins the next table: its rows stand behind those of the tables before it.
   *
   * @param rows how many rows it has
   */
  void begin(int rows);

  /**
   * Takes the numbers of one slot.
   *
   * @param slot the index in the layout
   * @param row the first row concerned, counted from the first row of the table begun last
   * @param values one number for each row
   * @param count how many rows
   */
  void numbers(int slot, int row, float[] values, int count);

  /**
   * Takes indicators that stand side by side, of which at most one is 1 in each row.
   *
   * @param firstSlot the index of the first of them in the layout
   * @param row the first row concerned, counted from the first row of the table begun last
   * @param offsets for each row, which of them is 1, from 0; or -1 if none
   * @param count how many rows
   */
  void indicators(int firstSlot, int row, int[] offsets, int count);

  /**
   * Takes numbers of one row that stand in some of many slots, of which the others are 0.
   *
   * @param firstSlot the index of the slot with offset 0 in the layout
   * @param row the row, counted from the first row of the table begun last
   * @param offsets the offsets of the slots, ascending
   * @param values the number of each
   * @param count how many slots
   */
  default void entries(int firstSlot, int row, int[] offsets, float[] values, int count) {
    float[] one = new float[1];
    for (int i = 0; i < count; i++) {
      one[0] = values[i];
      numbers(firstSlot + offsets[i], row, one, 1);
    }
  }
}
