package dev.mlstack.core.profile;

import dev.mlstack.schema.FieldType;
import java.util.ArrayList;
import java.util.List;

/**
 * Two profiles in the same cells, each counted exactly: those of the reference, no narrower than
 * what the other knows.
 *
 * @param reference the cells of the features and labels that both have, and the rows of the
 *     reference in them
 * @param live the rows of the other
 */
public record CommonCells(ProfileCells reference, ProfileCounter live) {

  /**
   * Returns two profiles in common cells.
   *
   * @param reference decides about the cells
   * @param live the profile of the rows to compare
   * @throws IllegalArgumentException if they have no feature or label in common, or one is of
   *     another kind (whole number, real, text or tensor)
   */
  public static CommonCells of(Profile reference, Profile live) {
    List<ColumnCells> cells = new ArrayList<>();
    for (ColumnProfile column : reference.columns()) {
      if (Profile.isCompared(column.field())) {
        live.find(column.field().name()).map(other -> cells(column, other)).ifPresent(cells::add);
      }
    }
    ProfileCells common = new ProfileCells(reference.digest(), reference.rows(), cells);
    return new CommonCells(common, ProfileCounter.of(common, live));
  }

  private static ColumnCells cells(ColumnProfile reference, ColumnProfile live) {
    if (reference instanceof NumberProfile numbers && live instanceof NumberProfile others) {
      if (numbers.keys() == others.keys() && isTensor(numbers) == isTensor(others)) {
        return cells(numbers, others);
      }
    }
    if (reference instanceof TextProfile texts && live instanceof TextProfile others) {
      return cells(texts, others);
    }
    throw new IllegalArgumentException(
        "column '"
            + reference.field().name()
            + "' is of type "
            + reference.field().type()
            + " in one profile and of type "
            + live.field().type()
            + " in the other");
  }

  private static boolean isTensor(NumberProfile profile) {
    return profile.field().type() instanceof FieldType.Tensor;
  }

  private static ColumnCells cells(NumberProfile reference, NumberProfile live) {
    return NumberCells.of(reference, Math.max(reference.bins().shift(), live.bins().shift()));
  }

  private static ColumnCells cells(TextProfile reference, TextProfile live) {
    return reference.isExact() && live.isExact()
        ? reference.cells()
        : HashCells.of(reference.field(), reference.missing(), reference.inBuckets().counts());
  }
}
