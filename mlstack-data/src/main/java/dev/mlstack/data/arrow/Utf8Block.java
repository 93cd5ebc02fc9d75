package dev.mlstack.data.arrow;

/**
 * The UTF-8 bytes of the texts of some rows, one behind the other. Used again and again, so that
 * reading block after block allocates nothing. Not safe for use by several threads at once.
 */
public final class Utf8Block {

  private int[] offsets = {0};
  private byte[] bytes = {};
  private int count;

  /** Creates a block without texts. */
  public Utf8Block() {}

  /** Makes room for texts. */
  void resize(int newCount, int byteLength) {
    count = newCount;
    if (offsets.length <= newCount) {
      offsets = new int[newCount + 1];
    }
    if (bytes.length < byteLength) {
      bytes = new byte[byteLength];
    }
  }

  /** Returns where the texts begin; the last is where they end. */
  int[] offsets() {
    return offsets;
  }

  /** Returns how many texts there are. */
  public int count() {
    return count;
  }

  /** Returns the array that has the bytes of all texts. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns where in {@link #bytes()} a text begins. */
  public int start(int index) {
    return offsets[index];
  }

  /** Returns how many bytes a text has. */
  public int length(int index) {
    return offsets[index + 1] - offsets[index];
  }
}
