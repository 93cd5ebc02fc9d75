package dev.mlstack.core.model;

import dev.mlstack.compute.Rounds;
import dev.mlstack.feature.FeatureLayout;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.model.Signature;
import dev.mlstack.store.Digest;
import dev.mlstack.table.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Examples whose features and labels are arrays on the Java heap. */
public final class MemoryExamples implements Examples {

  private final Signature signature;
  private final FeatureLayout layout;
  private final List<ExampleBlock> blocks;
  private final long rows;
  private volatile @Nullable Digest digest;

  private MemoryExamples(
      Signature signature, FeatureLayout layout, List<ExampleBlock> blocks, long rows) {
    this.signature = signature;
    this.layout = layout;
    this.blocks = blocks;
    this.rows = rows;
  }

  /** Starts to collect examples. */
  public static Builder builder(Signature signature, FeatureLayout layout) {
    return new Builder(signature, layout);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public FeatureLayout layout() {
    return layout;
  }

  @Override
  public Digest digest() {
    Digest known = digest;
    if (known == null) {
      // Two threads may both compute it; they find the same.
      known = ExamplesDigest.of(this);
      digest = known;
    }
    return known;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int blocks() {
    return blocks.size();
  }

  @Override
  public ExampleBlock block(int index) {
    return blocks.get(index);
  }

  /**
   * Collects examples into blocks of {@link Rounds#BLOCK_ROWS} rows, in the order in which they
   * come. Not safe for use by several threads at once; of no more use once built.
   */
  public static final class Builder {
    private static final int FIRST_CAPACITY = 64;

    private final Signature signature;
    private final FeatureLayout layout;
    private final LabelCheck labelCheck;
    private final int width;
    private final int labelWidth;
    private final List<ExampleBlock> blocks = new ArrayList<>();
    private float[] features = {};
    private double[] labels = {};
    private double[] weights = {};
    private long[] rowIds = {};
    private int rows;

    private Builder(Signature signature, FeatureLayout layout) {
      if (signature.width() != layout.width()) {
        throw new IllegalArgumentException(
            "the signature has "
                + signature.width()
                + " inputs but the layout "
                + layout.width()
                + " slots");
      }
      this.signature = signature;
      this.layout = layout;
      this.labelCheck = new LabelCheck(signature);
      this.width = signature.width();
      this.labelWidth = signature.labelWidth();
      requireFits("features", width);
      requireFits("numbers of labels", labelWidth);
    }

    private static void requireFits(String what, int width) {
      if ((long) width * Rounds.BLOCK_ROWS > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            what
                + " must be at most "
                + Integer.MAX_VALUE / Rounds.BLOCK_ROWS
                + " but are "
                + width);
      }
    }

    /**
     * Adds an example.
     *
     * @param rowId the identity of the row
     * @param from the array that has its features
     * @param at the index in {@code from} of the first
     * @param label as many numbers as the signature says
     * @param weight how much it counts; finite and not negative
     * @throws DataException if the label or the weight is not possible
     */
    public Builder add(long rowId, float[] from, int at, double[] label, double weight) {
      return add(rowId, from, at, label, 0, weight);
    }

    /**
     * Adds all examples of a block, whatever its size.
     *
     * @throws DataException if a label or a weight is not possible
     */
    public Builder addAll(ExampleBlock block) {
      for (int row = 0; row < block.rows(); row++) {
        add(
            block.rowIds()[row],
            block.features(),
            row * width,
            block.labels(),
            row * labelWidth,
            block.weights()[row]);
      }
      return this;
    }

    private Builder add(
        long rowId, float[] from, int at, double[] label, int labelAt, double weight) {
      labelCheck.require(rowId, label, labelAt, weight);
      if (rows == weights.length) {
        makeRoom();
      }
      System.arraycopy(from, at, features, rows * width, width);
      System.arraycopy(label, labelAt, labels, rows * labelWidth, labelWidth);
      weights[rows] = weight;
      rowIds[rows++] = rowId;
      return this;
    }

    private void makeRoom() {
      if (rows == Rounds.BLOCK_ROWS) {
        flush();
      }
      int capacity = blocks.isEmpty() ? Math.max(FIRST_CAPACITY, 2 * rows) : Rounds.BLOCK_ROWS;
      features = Arrays.copyOf(features, capacity * width);
      labels = Arrays.copyOf(labels, capacity * labelWidth);
      weights = Arrays.copyOf(weights, capacity);
      rowIds = Arrays.copyOf(rowIds, capacity);
    }

    /** Makes a block of what has been collected; a full one takes the arrays as they are. */
    private void flush() {
      boolean full = rows == weights.length;
      blocks.add(
          new ExampleBlock(
              rows,
              full ? features : Arrays.copyOf(features, rows * width),
              full ? labels : Arrays.copyOf(labels, rows * labelWidth),
              full ? weights : Arrays.copyOf(weights, rows),
              full ? rowIds : Arrays.copyOf(rowIds, rows)));
      features = new float[0];
      labels = new double[0];
      weights = new double[0];
      rowIds = new long[0];
      rows = 0;
    }

    /** Returns how many examples have been added. */
    public long rows() {
      return (long) blocks.size() * Rounds.BLOCK_ROWS + rows;
    }

    /** Returns the examples. */
    public MemoryExamples build() {
      long total = rows();
      if (rows > 0) {
        flush();
      }
      return new MemoryExamples(signature, layout, List.copyOf(blocks), total);
    }
  }
}
