package dev.mlstack.table;

import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table with one column of each form, all of whose values follow from the identity of the row:
 * those of identity n are n, n / 2, "n", the n-th of a, b, c, and (n, -n); of multiples of 5 they
 * are missing.
 */
final class NumbersTable implements Table {

  static final List<String> CATEGORIES = List.of("a", "b", "c");

  static final Schema SCHEMA =
      Schema.of(
          Field.of("whole", FieldType.INT64),
          Field.of("real", FieldType.FLOAT64),
          Field.of("text", FieldType.TEXT),
          Field.of("category", FieldType.category(CATEGORIES)),
          Field.of("tensor", FieldType.tensor(2)));

  private final long[] ids;

  NumbersTable(long... ids) {
    this.ids = ids;
  }

  /** Returns a dataset of several tables, each a shard of its own. */
  static Dataset dataset(long[]... tables) {
    return new Dataset() {
      @Override
      public Schema schema() {
        return SCHEMA;
      }

      @Override
      public long rows() {
        return Arrays.stream(tables).mapToLong(ids -> ids.length).sum();
      }

      @Override
      public Digest digest() {
        Digest.Hasher hasher = new Digest.Hasher();
        Arrays.stream(tables).flatMapToLong(Arrays::stream).forEach(hasher::update);
        return hasher.digest();
      }

      @Override
      public Optional<Digest> record() {
        return Optional.empty();
      }

      @Override
      public List<Shard> shards() {
        return Arrays.stream(tables).map(ids -> (Shard) () -> new Once(ids)).toList();
      }
    };
  }

  private static final class Once implements TableReader {
    private @Nullable Table table;

    Once(long[] ids) {
      table = new NumbersTable(ids);
    }

    @Override
    public @Nullable Table next() {
      Table next = table;
      table = null;
      return next;
    }

    @Override
    public void close() {
      table = null;
    }
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public int rows() {
    return ids.length;
  }

  @Override
  public long rowId(int row) {
    return ids[row];
  }

  @Override
  public ColumnData column(int index) {
    return switch (index) {
      case 0 -> new Longs();
      case 1 -> new Doubles();
      case 2 -> new Texts();
      case 3 -> new Categories();
      default -> new Tensors();
    };
  }

  abstract class Column {
    private final Field field;

    Column(int index) {
      this.field = SCHEMA.field(index);
    }

    public Field field() {
      return field;
    }

    public int rows() {
      return ids.length;
    }

    public boolean isNull(int row) {
      return ids[row] % 5 == 0;
    }

    public boolean hasNulls() {
      return true;
    }
  }

  final class Longs extends Column implements LongColumn {
    Longs() {
      super(0);
    }

    @Override
    public long get(int row) {
      return isNull(row) ? 0 : ids[row];
    }
  }

  final class Doubles extends Column implements DoubleColumn {
    Doubles() {
      super(1);
    }

    @Override
    public double get(int row) {
      return isNull(row) ? Double.NaN : ids[row] / 2.0;
    }
  }

  final class Texts extends Column implements TextColumn {
    Texts() {
      super(2);
    }

    @Override
    public @Nullable String get(int row) {
      return isNull(row) ? null : Long.toString(ids[row]);
    }
  }

  final class Categories extends Column implements CategoryColumn {
    Categories() {
      super(3);
    }

    @Override
    public int code(int row) {
      return isNull(row) ? -1 : (int) (ids[row] % CATEGORIES.size());
    }

    @Override
    public List<String> values() {
      return CATEGORIES;
    }
  }

  final class Tensors extends Column implements TensorColumn {
    Tensors() {
      super(4);
    }

    @Override
    public void read(int row, float[] to, int at) {
      to[at] = isNull(row) ? Float.NaN : ids[row];
      to[at + 1] = -to[at];
    }
  }
}
