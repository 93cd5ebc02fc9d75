package dev.mlstack.train.torch;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The size of each dimension of an array, the outermost first.
 *
 * @param sizes at least one, each 1 or more
 */
record ArrayShape(List<Integer> sizes) {

  /** Copies the sizes and checks that the array can be addressed. */
  ArrayShape {
    sizes = List.copyOf(sizes);
    long size = 1;
    for (int length : sizes) {
      if (length < 1) {
        throw new IllegalArgumentException("sizes must be at least 1 but are " + sizes);
      }
      size *= length;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "an array must have at most "
                + Integer.MAX_VALUE
                + " numbers but its sizes are "
                + sizes);
      }
    }
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("sizes must not be empty");
    }
  }

  static ArrayShape of(int... sizes) {
    return new ArrayShape(Arrays.stream(sizes).boxed().toList());
  }

  int rank() {
    return sizes.size();
  }

  int get(int dimension) {
    return sizes.get(dimension);
  }

  /** Returns how many numbers such an array has. */
  int size() {
    return sizes.stream().reduce(1, (a, b) -> a * b);
  }

  /** Returns the sizes with that of a leading dimension before them. */
  long[] withLeading(long size) {
    long[] all = new long[rank() + 1];
    all[0] = size;
    for (int i = 0; i < rank(); i++) {
      all[i + 1] = get(i);
    }
    return all;
  }

  /** Returns the sizes as an array. */
  long[] toArray() {
    return sizes.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Returns the sizes with crosses between them: {@code 1x8x8}. */
  @Override
  public String toString() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
