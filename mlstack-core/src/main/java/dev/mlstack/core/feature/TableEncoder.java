package dev.mlstack.core.feature;

import dev.mlstack.feature.FeatureSink;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.FittedTransform.NumberToCode;
import dev.mlstack.feature.FittedTransform.NumberToIndicators;
import dev.mlstack.feature.FittedTransform.NumberToVector;
import dev.mlstack.feature.FittedTransform.TextToCode;
import dev.mlstack.feature.FittedTransform.TextToIndicators;
import dev.mlstack.feature.FittedTransform.TextToVector;
import dev.mlstack.feature.ValueBlock;
import dev.mlstack.feature.ValueBlock.Numbers;
import dev.mlstack.feature.ValueBlock.Texts;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.Table;
import dev.mlstack.table.TensorColumn;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** Encodes columns of one table, block by block. */
final class TableEncoder {

  /** How many rows go through a chain at once: few enough to stay in the cache. */
  static final int BLOCK_ROWS = 1024;

  /** How many numbers of tensors and vectors are turned from rows into columns at once. */
  private static final int VECTOR_NUMBERS = 1 << 16;

  private final Table table;
  private final @Nullable IntToLongFunction rowIds;
  private final FeatureSink sink;
  private final ChainBlocks blocks;
  private final float[] floats;
  private final int[] choices;
  private final IdentityHashMap<Chain, Optional<EncodedLookup>> lookups = new IdentityHashMap<>();

  /**
   * Creates an encoder.
   *
   * @param training whether the pipeline was fitted on the rows
   */
  TableEncoder(Table table, FeatureSink sink, boolean training) {
    this.table = table;
    this.rowIds = training ? table::rowId : null;
    this.sink = sink;
    int capacity = Math.min(BLOCK_ROWS, table.rows());
    this.blocks = new ChainBlocks(capacity);
    this.floats = new float[capacity];
    this.choices = new int[capacity];
  }

  /**
   * Encodes what a chain takes from some rows.
   *
   * @param slot the index of its first slot
   * @param width how many slots it has
   */
  void encode(Chain chain, int slot, int width, int from, int count) {
    if (chain.reading() == Reading.TENSOR) {
      encodeTensors((TensorColumn) table.column(chain.name()), slot, from, count);
      return;
    }
    Optional<EncodedLookup> lookup =
        lookups.computeIfAbsent(chain, each -> EncodedLookup.of(each, table));
    if (lookup.isPresent()) {
      lookUp(lookup.get(), chain, slot, from, count);
      return;
    }
    ValueBlock block = blocks.read(chain, table, from, count, rowIds);
    Optional<FittedTransform> ending = chain.ending();
    if (ending.isEmpty()) {
      Floats.narrow(((Numbers) block).values(), floats, count);
      sink.numbers(slot, from, floats, count);
    } else if (ending.get() instanceof TextToIndicators
        || ending.get() instanceof NumberToIndicators) {
      choose(ending.get(), block, width);
      sink.indicators(slot, from, choices, count);
    } else if (ending.get() instanceof TextToCode || ending.get() instanceof NumberToCode) {
      encodeCodes(ending.get(), block, slot, from);
    } else {
      encodeVectors(ending.get(), block, slot, width, from);
    }
  }

  /** Encodes texts that are looked up in the last step. */
  private void lookUp(EncodedLookup lookup, Chain chain, int slot, int from, int count) {
    lookup.apply(blocks.readEncoded(chain, table, from, count), choices);
    if (chain.ending().orElseThrow() instanceof TextToIndicators) {
      sink.indicators(slot, from, choices, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      floats[i] = choices[i];
    }
    sink.numbers(slot, from, floats, count);
  }

  /** Asks for the indicator of each value that is 1. */
  private void choose(FittedTransform ending, ValueBlock block, int width) {
    if (ending instanceof TextToIndicators indicators) {
      Texts texts = (Texts) block;
      for (int i = 0; i < texts.size(); i++) {
        choices[i] = Choice.indicator(ending, indicators.apply(texts.values()[i]), width);
      }
    } else {
      NumberToIndicators indicators = (NumberToIndicators) ending;
      Numbers numbers = (Numbers) block;
      for (int i = 0; i < numbers.size(); i++) {
        choices[i] = Choice.indicator(ending, indicators.apply(numbers.values()[i]), width);
      }
    }
  }

  private void encodeCodes(FittedTransform ending, ValueBlock block, int slot, int from) {
    if (ending instanceof TextToCode codes) {
      Texts texts = (Texts) block;
      int size = codes.cardinality();
      for (int i = 0; i < texts.size(); i++) {
        floats[i] = Choice.code(ending, codes.apply(texts.values()[i]), size);
      }
    } else {
      NumberToCode codes = (NumberToCode) ending;
      Numbers numbers = (Numbers) block;
      int size = codes.cardinality();
      for (int i = 0; i < numbers.size(); i++) {
        floats[i] = Choice.code(ending, codes.apply(numbers.values()[i]), size);
      }
    }
    sink.numbers(slot, from, floats, block.size());
  }

  private void encodeVectors(
      FittedTransform ending, ValueBlock block, int slot, int width, int from) {
    if (ending instanceof SparseText sparse) {
      encodeSparse(sparse, (Texts) block, slot, width, from);
      return;
    }
    int rows = Math.max(1, Math.min(block.size(), VECTOR_NUMBERS / width));
    float[] vectors = new float[rows * width];
    for (int start = 0; start < block.size(); start += rows) {
      int end = Math.min(start + rows, block.size());
      Arrays.fill(vectors, 0);
      for (int i = start; i < end; i++) {
        int at = (i - start) * width;
        if (ending instanceof TextToVector vector) {
          vector.apply(((Texts) block).values()[i], vectors, at);
        } else {
          ((NumberToVector) ending).apply(((Numbers) block).values()[i], vectors, at);
        }
      }
      put(vectors, slot, width, from + start, end - start);
    }
  }

  private void encodeSparse(SparseText step, Texts texts, int slot, int width, int from) {
    float[] vector = new float[width];
    Places places = new Places();
    for (int i = 0; i < texts.size(); i++) {
      places.clear();
      step.apply(texts.values()[i], vector, 0, places);
      int count = places.sort();
      float[] entries = new float[count];
      for (int j = 0; j < count; j++) {
        entries[j] = Floats.narrow(vector[places.at(j)]);
        vector[places.at(j)] = 0;
      }
      sink.entries(slot, from + i, places.sorted(), entries, count);
    }
  }

  private void encodeTensors(TensorColumn column, int slot, int from, int count) {
    int size = ((FieldType.Tensor) column.field().type()).size();
    int rows = Math.max(1, Math.min(count, VECTOR_NUMBERS / size));
    float[] tensors = new float[rows * size];
    for (int start = from; start < from + count; start += rows) {
      int end = Math.min(start + rows, from + count);
      for (int row = start; row < end; row++) {
        column.read(row, tensors, (row - start) * size);
      }
      put(tensors, slot, size, start, end - start);
    }
  }

  /** Puts rows of numbers, slot by slot. */
  private void put(float[] vectors, int slot, int width, int from, int count) {
    for (int i = 0; i < width; i++) {
      for (int row = 0; row < count; row++) {
        floats[row] = Floats.narrow(vectors[row * width + i]);
      }
      sink.numbers(slot + i, from, floats, count);
    }
  }
}
