package dev.mlstack.core.fit;

import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Split;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether rows are among those that a model learned from.
 *
 * <p>What a dataset is a part of says most of it, without reading a row: the data itself, the whole
 * that it was taken from, and parts of it share rows with it; two parts of one split share none.
 * Parts of different splits of the same data are compared row by row. About data that has no whole
 * in common nothing can be told: the identities of its rows may be equal by chance.
 */
final class TrainingRows {

  private final Dataset train;

  TrainingRows(Dataset train) {
    this.train = train;
  }

  /**
   * Checks that no row of a dataset was learned from, as far as it can be told.
   *
   * @throws IllegalArgumentException if one was
   */
  void requireUnseen(Dataset rows) {
    List<Dataset> ofTrain = lineage(train);
    List<Dataset> ofRows = lineage(rows);
    int shared = 0; // How many datasets both have been taken from, one from the other.
    while (shared < Math.min(ofTrain.size(), ofRows.size())
        && ofTrain.get(shared).digest().equals(ofRows.get(shared).digest())) {
      shared++;
    }
    if (shared == 0) {
      return;
    }
    if (shared == ofTrain.size()) {
      throw seen(rows, shared == ofRows.size() ? "is the training data" : "is a part of it");
    } else if (shared == ofRows.size()) {
      throw seen(rows, "is data of which the training data is a part");
    }
    if (!split(ofTrain.get(shared)).equals(split(ofRows.get(shared))) && anySeen(rows)) {
      throw seen(rows, "shares rows with the training data, which is of another split");
    }
  }

  /** Returns the data that a dataset was taken from, the outermost first, and itself. */
  private static List<Dataset> lineage(Dataset data) {
    List<Dataset> lineage = new ArrayList<>();
    for (Optional<Dataset> next = Optional.of(data);
        next.isPresent();
        next = next.get().partOf().map(Split::data)) {
      lineage.add(0, next.get());
    }
    return lineage;
  }

  private static Optional<Digest> split(Dataset part) {
    return part.partOf().map(Split::digest);
  }

  private boolean anySeen(Dataset rows) {
    long[] ids = identities();
    try (TableReader reader = rows.open()) {
      for (Table table = reader.next(); table != null; table = reader.next()) {
        for (int row = 0; row < table.rows(); row++) {
          if (Arrays.binarySearch(ids, table.rowId(row)) >= 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Returns the identities of all rows that were learned from, in ascending order. */
  private long[] identities() {
    long[] ids = new long[Math.toIntExact(train.rows())];
    int[] next = {0};
    train.forEach(
        table -> {
          for (int row = 0; row < table.rows(); row++) {
            ids[next[0]++] = table.rowId(row);
          }
        });
    Arrays.sort(ids);
    return ids;
  }

  private IllegalArgumentException seen(Dataset rows, String why) {
    return new IllegalArgumentException(
        "rows must not be among those that the model was trained on, or it looks better than it"
            + " is, but the dataset "
            + rows.digest().abbreviated()
            + " "
            + why
            + " ("
            + train.digest().abbreviated()
            + "); evaluate on the other part of the split, or if the fit to the training data is"
            + " what you ask for, call Evaluator.evaluate(model, rows, execution)");
  }
}
