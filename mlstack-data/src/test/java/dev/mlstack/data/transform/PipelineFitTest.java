package dev.mlstack.data.transform;

import static dev.mlstack.data.transform.Fitting.fit;
import static dev.mlstack.data.transform.Fitting.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import dev.mlstack.table.TableReader;
import dev.mlstack.testkit.RandomTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How data is read while a plan is fitted. */
class PipelineFitTest {

  /** A dataset that counts how often its shards are opened and closed. */
  private static final class Watched implements Dataset {
    private final Dataset data;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final Runnable onTable;

    Watched(Dataset data, Runnable onTable) {
      this.data = data;
      this.onTable = onTable;
    }

    @Override
    public Schema schema() {
      return data.schema();
    }

    @Override
    public long rows() {
      return data.rows();
    }

    @Override
    public Digest digest() {
      return data.digest();
    }

    @Override
    public Optional<Digest> record() {
      return data.record();
    }

    @Override
    public List<Shard> shards() {
      return data.shards().stream().map(shard -> (Shard) () -> open(shard)).toList();
    }

    private TableReader open(Shard shard) {
      opened.incrementAndGet();
      TableReader reader = shard.open();
      return new TableReader() {
        @Override
        public @Nullable Table next() {
          onTable.run();
          return reader.next();
        }

        @Override
        public void close() {
          closed.incrementAndGet();
          reader.close();
        }
      };
    }
  }

  private static Watched watched(Runnable onTable) {
    Table table = RandomTables.of(RandomTables.everyType(), 1000, 3);
    return new Watched(Cut.random(table, 5, 3), onTable);
  }

  private static int passes(Features plan) {
    Watched data = watched(() -> {});
    plan.fit(data, Set.of(), 1, Execution.here());
    assertThat(data.closed).hasValue(data.opened.get());
    return data.opened.get() / 5;
  }

  @Test
  void dataIsReadAsOftenAsTheLongestChainNeeds() {
    assertThat(passes(Features.numeric())).isZero();
    assertThat(passes(Features.numeric().impute(0))).isZero();
    assertThat(passes(Features.tensors())).isZero();
    assertThat(passes(Features.numeric().impute(Impute.MEDIAN))).isEqualTo(2);
    assertThat(passes(Features.categorical().impute("?").oneHot())).isEqualTo(1);
    assertThat(passes(Features.numeric().standardize())).isEqualTo(2);
    assertThat(passes(Features.numeric().impute(0).standardize())).isEqualTo(2);
    assertThat(passes(Features.standard())).isEqualTo(4);
    Features shortAndLong =
        Features.of(
            Features.numeric().impute(0).minMax(),
            Features.categorical().impute(Impute.MOST_FREQUENT).oneHot());
    assertThat(passes(shortAndLong)).isEqualTo(2);
  }

  @Test
  void cancelledFit_stopsAndClosesWhatItOpened() {
    AtomicInteger tables = new AtomicInteger();
    Watched data = watched(tables::incrementAndGet);
    Execution execution = Execution.here().withCancellation(() -> tables.get() >= 4);
    assertThatThrownBy(() -> Features.standard().fit(data, Set.of(), 1, execution))
        .isInstanceOf(CancellationException.class);
    assertThat(tables.get()).isLessThan(8);
    assertThat(data.opened.get()).isPositive();
    assertThat(data.closed).hasValue(data.opened.get());
  }

  @Test
  void failureToRead_isPassedOn_andEveryReaderIsClosed() {
    AtomicInteger tables = new AtomicInteger();
    UncheckedIOException failure = new UncheckedIOException(new IOException("disk"));
    Watched data =
        watched(
            () -> {
              if (tables.incrementAndGet() == 7) {
                throw failure;
              }
            });
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      assertThatThrownBy(() -> Features.standard().fit(data, Set.of(), 1, Execution.on(threads, 3)))
          .isSameAs(failure);
    } finally {
      threads.shutdownNow();
    }
    assertThat(data.closed).hasValue(data.opened.get());
  }

  @Test
  void progress_tellsOfEachPassOverAllRows() {
    ConcurrentLinkedQueue<Progress> heard = new ConcurrentLinkedQueue<>();
    Features.standard()
        .fit(watched(() -> {}), Set.of(), 1, Execution.here().withListener(heard::add));
    assertThat(heard)
        .contains(
            Progress.of("fit features, pass 1", 1000, 1000),
            Progress.of("fit features, pass 2", 1000, 1000),
            Progress.of("fit features, pass 3", 1000, 1000))
        .allMatch(progress -> progress.done() <= progress.total());
  }

  @Test
  void customSteps_areFittedInTheirPlace() {
    Table texts = Fitting.column(FieldType.TEXT, "a", "A", "b", "a", null);
    FittedPipeline lengths =
        fit(
            Features.categorical()
                .then(new CustomTransforms.Learn("keep"))
                .toNumbers(new CustomTransforms.Learn("length"))
                .minMax(),
            texts);
    assertThat(lengths.layout().names()).containsExactly("x");
    float[][] encoded = Fitting.encode(lengths, texts);
    assertThat(encoded[4][0]).isNaN();
    assertThat(java.util.Arrays.copyOf(encoded, 4))
        .isDeepEqualTo(new float[][] {{0}, {0}, {1}, {0}});
    FittedPipeline halves =
        fit(
            Features.numeric().toTexts(new CustomTransforms.Learn("split-at")).oneHot(),
            numbers(1, 2, 6));
    assertThat(halves.layout().names()).containsExactly("x=above", "x=not above");
    assertThat(Fitting.encode(halves, numbers(5, 3, Double.NaN)))
        .isDeepEqualTo(new float[][] {{1, 0}, {0, 1}, {0, 0}});
    FittedPipeline red =
        fit(Features.categorical().toIndicators(new CustomTransforms.Is("a")), texts);
    assertThat(red.layout().names()).containsExactly("x=is a", "x=is not a");
  }

  @Test
  void stepsThatDoNotFitTogether_areNamedWithTheirColumn() {
    Table texts = Fitting.column(FieldType.TEXT, "a", "b");
    refused(
        Features.categorical().toNumbers(new OneHotEncoding(3)).standardize(),
        texts,
        "the step standardize/1 on column 'x' has nothing to work on: the steps before it are"
            + " complete");
    refused(
        Features.categorical().toNumbers(new CustomTransforms.Learn("keep")).standardize(),
        texts,
        "the step standardize/1 does not fit column 'x': it takes a number but a text reaches it");
    refused(
        Features.categorical().toNumbers(new CustomTransforms.Learn("keep")),
        texts,
        "the steps of column 'x' end in a text, which no model takes");
    refused(
        Features.numeric().then(new OneHotEncoding(3)),
        numbers(1, 2),
        "the step one-hot/1 does not fit column 'x': it takes a text but a number reaches it");
    refused(
        Features.numeric().toTexts(new Standardization()).impute("x").oneHot(),
        numbers(1, 2),
        "the step impute/1 does not fit column 'x': it takes a text but a number reaches it");
  }

  private static void refused(Features plan, Table table, String message) {
    assertThatThrownBy(() -> fit(plan, table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void stepsOfOneColumn_doNotMindAnother() {
    // One chain is complete after a pass in which the other still has two to go.
    Table table = RandomTables.of(RandomTables.everyType(), 500, 9);
    FittedPipeline alone = fit(Features.numeric("double").standardize(), table);
    FittedPipeline together =
        fit(
            Features.of(
                Features.numeric("double").standardize(),
                Features.numeric("float").impute(Impute.MEAN).minMax().standardize(),
                Features.categorical("text").oneHot()),
            table);
    assertThat(Fitting.document(together)).contains(chain(Fitting.document(alone)));
  }

  /** Returns the first chain of a document. */
  private static String chain(String document) {
    int from = document.indexOf("[") + 1;
    return document.substring(from, document.indexOf("}]}", from) + 3);
  }
}
