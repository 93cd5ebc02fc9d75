package dev.mlstack.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.core.table.MemoryDataset;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Label;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesEncoderTest {

  private static final ColumnsPipeline PIPELINE = new ColumnsPipeline(List.of("b", "a"));
  private static final Label<?> LABEL = Label.flag("y");

  private static final Schema SCHEMA =
      Schema.of(
          Field.of("a", FieldType.FLOAT64),
          Field.of("y", FieldType.BOOL),
          Field.of("b", FieldType.FLOAT64));

  private static final Schema WEIGHTED =
      SCHEMA.with(Field.of("w", FieldType.FLOAT64).withRole(Role.WEIGHT));

  private static MemoryTable table(Schema schema, @Nullable Object[]... rows) {
    MemoryTable.Builder builder = MemoryTable.builder(schema);
    for (int i = 0; i < rows.length; i++) {
      builder.add(100 + i, rows[i]);
    }
    return builder.build();
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  private static Examples encode(Dataset dataset) {
    return ExamplesEncoder.encode(PIPELINE, LABEL, dataset, Execution.here());
  }

  @Test
  void encode_readsFeaturesLabelsAndIdentities() {
    Dataset dataset =
        MemoryDataset.of(
            table(SCHEMA, row(1.0, true, 10.0), row(null, false, 20.0), row(3.0, true, 30.0)));
    Examples examples = encode(dataset);
    assertThat(examples.rows()).isEqualTo(3);
    assertThat(examples.signature().pipeline()).isEqualTo(PIPELINE.digest());
    assertThat(examples.signature().outputs()).isEqualTo(LABEL.outputs());
    assertThat(examples.layout()).isEqualTo(PIPELINE.layout());
    ExampleBlock block = examples.block(0);
    assertThat(block.features()).containsExactly(10, 1, 20, Float.NaN, 30, 3);
    assertThat(block.labels()).containsExactly(1, 0, 1);
    assertThat(block.weights()).containsExactly(1, 1, 1);
    assertThat(block.rowIds()).containsExactly(100, 101, 102);
  }

  @Test
  void encode_readsWeights() {
    Dataset dataset =
        MemoryDataset.of(table(WEIGHTED, row(1.0, true, 10.0, 0.5), row(2.0, false, 20.0, 0.0)));
    assertThat(encode(dataset).block(0).weights()).containsExactly(0.5, 0);
  }

  @Test
  void encode_ofNoRows_givesNoExamples() {
    assertThat(encode(MemoryDataset.of(table(SCHEMA))).rows()).isZero();
  }

  @Test
  void aMissingLabel_isRefusedNamingTheRow() {
    Dataset dataset = MemoryDataset.of(table(SCHEMA, row(1.0, true, 10.0), row(2.0, null, 20.0)));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> encode(dataset))
        .withMessageStartingWith("row 101: label 'y' is missing");
  }

  @Test
  void anImpossibleWeight_isRefusedNamingTheRow() {
    Dataset missing = MemoryDataset.of(table(WEIGHTED, row(1.0, true, 10.0, null)));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> encode(missing))
        .withMessageStartingWith("row 100: the weight 'w' is missing");
    Dataset negative =
        MemoryDataset.of(table(WEIGHTED, row(1.0, true, 10.0, 1.0), row(1.0, true, 10.0, -1.0)));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> encode(negative))
        .withMessageContaining("the weight of row 101 must be finite and not negative but is -1.0");
  }

  @Test
  void severalColumnsOfWeights_areRefused() {
    Schema two = WEIGHTED.with(Field.of("v", FieldType.FLOAT64).withRole(Role.WEIGHT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encode(MemoryDataset.of(table(two))))
        .withMessageContaining("[w, v]");
  }

  @Test
  void aColumnOfWeightsThatIsText_isRefused() {
    Schema text = SCHEMA.with(Field.of("w", FieldType.TEXT).withRole(Role.WEIGHT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encode(MemoryDataset.of(table(text, row(1.0, true, 1.0, "heavy")))))
        .withMessageContaining("'w'")
        .withMessageContaining("text");
  }

  @Test
  void aPipelineThatReadsTheLabel_isRefused() {
    ColumnsPipeline leaking = new ColumnsPipeline(List.of("a", "y"));
    Dataset dataset = MemoryDataset.of(table(SCHEMA));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExamplesEncoder.encode(leaking, LABEL, dataset, Execution.here()))
        .withMessageContaining("reads the column 'y', which is to be predicted");
  }

  @Test
  void aDatasetWithoutTheLabel_isRefused() {
    Dataset dataset = MemoryDataset.of(table(Schema.of(SCHEMA.field(0), SCHEMA.field(2))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encode(dataset))
        .withMessageContaining("there is no column 'y'");
  }

  /** A dataset of several shards of several tables each. */
  private static final class Sharded implements Dataset {
    private final List<List<MemoryTable>> shards = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private long rows;

    Sharded(int... tableRows) {
      for (int shard = 0; shard < 5; shard++) {
        List<MemoryTable> tables = new ArrayList<>();
        for (int count : tableRows) {
          MemoryTable.Builder builder = MemoryTable.builder(SCHEMA);
          for (int i = 0; i < count; i++, rows++) {
            builder.add(rows, (double) rows, rows % 3 == 0, 1.0 / (rows + 1));
          }
          tables.add(builder.build());
        }
        shards.add(tables);
      }
    }

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public long rows() {
      return rows;
    }

    @Override
    public Digest digest() {
      return Digest.of(new byte[0]);
    }

    @Override
    public Optional<Digest> record() {
      return Optional.empty();
    }

    @Override
    public List<Shard> shards() {
      return shards.stream().<Shard>map(tables -> () -> new Reader(tables)).toList();
    }

    private final class Reader implements TableReader {
      private final List<MemoryTable> tables;
      private int next;

      Reader(List<MemoryTable> tables) {
        this.tables = tables;
        open.incrementAndGet();
      }

      @Override
      public @Nullable Table next() {
        return next < tables.size() ? tables.get(next++) : null;
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void encode_onAnyNumberOfThreads_keepsTheOrder(int threads) {
    Sharded dataset = new Sharded(1, 5000, 0, 300);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Progress> heard = new ArrayList<>();
      Execution execution = Execution.on(executor, threads).withListener(heard::add);
      Examples examples = ExamplesEncoder.encode(PIPELINE, LABEL, dataset, execution);
      assertThat(examples.rows()).isEqualTo(5 * 5301);
      assertThat(examples.digest()).isEqualTo(encode(dataset).digest());
      assertThat(examples.block(3).rowIds()[17]).isEqualTo(3 * 4096 + 17);
      assertThat(examples.block(3).features()[2 * 17 + 1]).isEqualTo(3 * 4096 + 17);
      assertThat(dataset.open).hasValue(0);
      Progress last = heard.get(heard.size() - 1);
      assertThat(last.done()).isEqualTo(last.total()).isEqualTo(examples.rows());
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void encode_thatFails_hasClosedEveryReaderWhenItEnds() {
    Sharded dataset = new Sharded(100, 100);
    ColumnsPipeline wrong = new ColumnsPipeline(List.of("a", "z"));
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> ExamplesEncoder.encode(wrong, LABEL, dataset, Execution.on(executor, 3)))
          .withMessageContaining("'z'");
      assertThat(dataset.open).hasValue(0);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void encode_thatIsCancelled_ends() {
    AtomicBoolean cancelled = new AtomicBoolean(true);
    Execution execution = Execution.here().withCancellation(cancelled::get);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> ExamplesEncoder.encode(PIPELINE, LABEL, new Sharded(10), execution));
  }
}
