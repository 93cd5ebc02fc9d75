package dev.mlstack.data.transform;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.feature.DenseFeatures;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.feature.FeaturePipeline;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Table;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fits plans to small tables. */
final class Fitting {

  private Fitting() {}

  /** Returns a table of one column, {@code x}. */
  static Table column(FieldType type, @Nullable Object... values) {
    MemoryTable.Builder table = MemoryTable.builder(Schema.of(Field.of("x", type)));
    for (Object value : values) {
      table.add(table.rows(), new Object[] {value});
    }
    return table.build();
  }

  static Table numbers(double... values) {
    MemoryTable.Builder table = MemoryTable.builder(Schema.of(Field.of("x", FieldType.FLOAT64)));
    for (double value : values) {
      table.add(table.rows(), Double.isNaN(value) ? new Object[] {null} : new Object[] {value});
    }
    return table.build();
  }

  static FittedPipeline fit(FeaturePipeline plan, Table table, String... targets) {
    return plan.fit(Cut.whole(table), Set.of(targets), 1, Execution.here());
  }

  /** Returns what a pipeline makes of a table, row by row. */
  static float[][] encode(FittedPipeline pipeline, Table table) {
    DenseFeatures features = new DenseFeatures(pipeline.layout().width());
    pipeline.apply(table, features);
    float[][] rows = new float[features.rows()][features.width()];
    for (int row = 0; row < rows.length; row++) {
      for (int slot = 0; slot < features.width(); slot++) {
        rows[row][slot] = features.get(row, slot);
      }
    }
    return rows;
  }

  /** Returns the document of a pipeline. */
  static String document(FittedPipeline pipeline) {
    String[] document = new String[1];
    pipeline.writeTo(
        object -> {
          document[0] = object.payloadText();
          return object.digest();
        });
    return document[0];
  }

  /** Returns the parameters of the last step of the only chain of a plan that is fitted. */
  static String learned(FeaturePipeline plan, Table table) {
    String document = document(fit(plan, table));
    int from = document.lastIndexOf("\"parameters\":") + "\"parameters\":".length();
    return document.substring(from, document.indexOf("}]}]", from));
  }
}
