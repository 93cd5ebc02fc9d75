package dev.mlstack.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.DoubleColumn;
import dev.mlstack.table.LongColumn;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import dev.mlstack.table.TensorColumn;
import dev.mlstack.table.TextColumn;
import dev.mlstack.testkit.RandomTables;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTableTest {

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", FieldType.INT32).required(),
          Field.of("weight", FieldType.FLOAT32),
          Field.of("color", FieldType.category(List.of("red", "blue"))));

  @Test
  void rowThatDoesNotFit_leavesTheTableAsItWas() {
    MemoryTable.Builder builder = MemoryTable.builder(SCHEMA).add(10, 1, 1.5, "red");
    assertThatThrownBy(() -> builder.add(11, 2, 2.5, "green"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'color' is one of [red, blue] but the row has 'green'");
    assertThatThrownBy(() -> builder.add(12, 1L << 40, 2.5, "blue"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'id' of type int32 cannot hold the number 1099511627776");
    assertThatThrownBy(() -> builder.add(13, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'id' must have a value in every row but row 1 has none");
    assertThat(builder.rows()).isEqualTo(1);
    MemoryTable table = builder.add(14, 3, null, "blue").build();
    MemoryTable same =
        MemoryTable.builder(SCHEMA).add(10, 1, 1.5, "red").add(14, 3, null, "blue").build();
    assertThat(TableCodec.encode(table)).isEqualTo(TableCodec.encode(same));
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.column("weight").hasNulls()).isTrue();
    assertThat(table.column("color").hasNulls()).isFalse();
  }

  @Test
  void narrowReal_isNarrowedWhenItEnters() {
    MemoryTable table = MemoryTable.builder(SCHEMA).add(1, 1, 0.1, "red").build();
    assertThat(((DoubleColumn) table.column("weight")).get(0)).isEqualTo((double) 0.1f);
  }

  @Test
  void missingValues_readAsTheContractSays() {
    MemoryTable.Builder builder = MemoryTable.builder(RandomTables.everyType());
    MemoryTable table = builder.add(1, new Object[13]).build();
    for (Field field : table.schema().fields()) {
      assertThat(table.column(field.name()).isNull(0)).isTrue();
      assertThat(table.column(field.name()).hasNulls()).isTrue();
    }
    assertThat(((LongColumn) table.column("long")).get(0)).isZero();
    assertThat(((DoubleColumn) table.column("double")).get(0)).isNaN();
    assertThat(((TextColumn) table.column("text")).get(0)).isNull();
    assertThat(((CategoryColumn) table.column("color")).code(0)).isEqualTo(-1);
    float[] tensor = new float[7];
    ((TensorColumn) table.column("pixels")).read(0, tensor, 1);
    assertThat(tensor)
        .containsExactly(0, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN);
  }

  @Test
  void rowsBeyondTheEnd_areRefused() {
    MemoryTable table = MemoryTable.builder(SCHEMA).add(1, 1, 1.0, "red").build();
    LongColumn column = (LongColumn) table.column("id");
    assertThatThrownBy(() -> column.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> column.isNull(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> column.read(0, 2, new long[2], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> column.read(0, 1, new long[1], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> table.select(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void copy_sharesWhatIsKeptAlready() {
    MemoryTable table = MemoryTable.builder(SCHEMA).add(1, 1, 1.0, "red").build();
    assertThat(MemoryTable.copyOf(table).column(0)).isSameAs(table.column(0));
    assertThat(MemoryTable.copyOf(table.select(0)).column(0)).isNotSameAs(table.column(0));
  }

  @Test
  void datasetInMemory_isReadAgainAndAgain_andStored() {
    MemoryTable table =
        MemoryTable.builder(SCHEMA).add(7, 1, 1.0, "red").add(8, 2, null, null).build();
    MemoryDataset data = MemoryDataset.of(table);
    for (int i = 0; i < 2; i++) {
      try (TableReader reader = data.open()) {
        assertThat(reader.next()).isSameAs(table);
        assertThat(reader.next()).isNull();
      }
    }
    assertThat(data.rows()).isEqualTo(2);
    assertThat(data.schema()).isEqualTo(SCHEMA);
    assertThat(data.record()).isEmpty();
    assertThat(data.digest())
        .isEqualTo(MemoryDataset.of(MemoryTable.copyOf(table.select(0, 1))).digest());
    assertThat(data.digest())
        .isNotEqualTo(MemoryDataset.of(MemoryTable.copyOf(table.select(1, 0))).digest());
    try (MemoryStore store = new MemoryStore();
        Batch batch = store.batch()) {
      Digest digest = data.writeTo(batch);
      batch.commit();
      Table stored = TableCodec.decode(store.get(digest).require(MemoryDataset.TYPE).payload());
      assertThat(digest).isEqualTo(data.digest());
      assertThat(TableCodec.encode(stored)).isEqualTo(TableCodec.encode(table));
    }
  }

  // Computed with struct and hashlib of Python from the documentation of the layouts.
  @Test
  void digestOfADataset_isTheSameForEver() {
    MemoryTable table =
        MemoryTable.builder(SCHEMA).add(7, 1, 1.0, "red").add(8, 2, null, null).build();
    assertThat(MemoryDataset.of(table).digest().hex())
        .isEqualTo("cd5f1b522e9fdc4098fa089a96f4b5fffea9234e2f9fdd985949713534f1add2");
  }
}
