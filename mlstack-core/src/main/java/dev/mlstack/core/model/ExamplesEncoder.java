package dev.mlstack.core.model;

import dev.mlstack.compute.Execution;
import dev.mlstack.compute.Progress;
import dev.mlstack.feature.FeatureSink;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Label;
import dev.mlstack.model.Signature;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Table;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Turns rows into examples: features through a fitted pipeline, labels through a label, and the
 * weight of each row from the column in the role {@link Role#WEIGHT}, or 1 without one.
 */
public final class ExamplesEncoder {

  private ExamplesEncoder() {}

  /**
   * Encodes all rows of a dataset, in its order. Shards are encoded side by side, as many at a time
   * as the execution allows.
   *
   * @param pipeline makes the features
   * @param label makes the labels
   * @param dataset has the columns that both read
   * @param execution receives progress and may be cancelled
   * @throws IllegalArgumentException if a column is not there or of an unsuitable type, there are
   *     several columns of weights, or the pipeline reads a column that is to be predicted
   * @throws dev.mlstack.table.DataException if a row has no possible label or weight; the message
   *     names it
   */
  public static Examples encode(
      FittedPipeline pipeline, Label<?> label, Dataset dataset, Execution execution) {
    return encode(pipeline, label, dataset, execution, pipeline::apply);
  }

  /**
   * Encodes all rows of the dataset that a pipeline was fitted on, to train on them. Steps that
   * have learned from labels leave out what they have learned from a row when they encode it.
   *
   * @see #encode(FittedPipeline, Label, Dataset, Execution)
   */
  public static Examples encodeTraining(
      FittedPipeline pipeline, Label<?> label, Dataset train, Execution execution) {
    return encode(pipeline, label, train, execution, pipeline::applyToTraining);
  }

  private static Examples encode(
      FittedPipeline pipeline,
      Label<?> label,
      Dataset dataset,
      Execution execution,
      BiConsumer<Table, FeatureSink> apply) {
    requireUnseen(pipeline, label);
    ShardEncoder encoder =
        new ShardEncoder(
            apply,
            pipeline.layout().width(),
            label.reader(dataset.schema()),
            weight(dataset.schema()).map(Field::name),
            execution);
    Signature signature =
        new Signature(pipeline.digest(), pipeline.layout().width(), label.outputs());
    MemoryExamples.Builder examples = MemoryExamples.builder(signature, pipeline.layout());
    Pace pace = new Pace(execution);
    forEach(
        encoder,
        dataset.shards().iterator(),
        execution,
        block -> {
          examples.addAll(block);
          long done = examples.rows();
          pace.report(
              Progress.of("encode", done, dataset.rows()), /* last= */ done == dataset.rows());
        });
    return examples.build();
  }

  /** Encodes shards side by side, as many as the execution allows, and hands them over in order. */
  private static void forEach(
      ShardEncoder encoder,
      Iterator<Shard> shards,
      Execution execution,
      Consumer<ExampleBlock> action) {
    Deque<CompletableFuture<List<ExampleBlock>>> underWay = new ArrayDeque<>();
    try {
      while (shards.hasNext() || !underWay.isEmpty()) {
        while (shards.hasNext() && underWay.size() < execution.parallelism()) {
          Shard shard = shards.next();
          underWay.add(
              CompletableFuture.supplyAsync(() -> encoder.encode(shard), execution.executor()));
        }
        join(underWay.remove()).forEach(action);
      }
    } finally {
      // Nobody reads from the dataset any more once this method has ended.
      underWay.forEach(task -> task.handle((blocks, failure) -> blocks).join());
    }
  }

  private static void requireUnseen(FittedPipeline pipeline, Label<?> label) {
    for (String column : label.columns()) {
      if (pipeline.input().find(column).isPresent()) {
        throw new IllegalArgumentException(
            "the pipeline reads the column '"
                + column
                + "', which is to be predicted; fit it with that column as a target");
      }
    }
  }

  private static Optional<Field> weight(Schema schema) {
    List<Field> weights = schema.inRole(Role.WEIGHT);
    if (weights.size() > 1) {
      throw new IllegalArgumentException(
          "one column at most may be in the role of a weight but several are: "
              + weights.stream().map(Field::name).toList());
    }
    return weights.stream().findFirst();
  }

  private static <T> T join(CompletableFuture<T> task) {
    try {
      return task.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
