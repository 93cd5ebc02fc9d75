package dev.mlstack.table;

import dev.mlstack.compute.RandomStream;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Content;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.Recipe;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A dataset divided at random into two parts, by the identity of its rows.
 *
 * <p>A row is in the training part if the draw for its identity from the stream {@code split} of
 * the seed is below the fraction. So the parts do not depend on the order of rows, and rows that
 * come later do not move those that were there. A part may be split again; each level draws from a
 * stream of its own.
 *
 * <p>As a content, a split says which rows are in which part, by a digest over their identities. It
 * names the dataset that it divides and does not hold it: a model in service keeps its split for
 * ever, and must not keep the data from being collected. Only the part of another split is held,
 * which is as small as this.
 */
public final class Split implements Content {

  /** The type of a stored split, and the operation that makes one. */
  public static final VersionedName TYPE = new VersionedName("split", 1);

  /** The type of a stored part. */
  public static final VersionedName PART_TYPE = new VersionedName("part", 1);

  private final Dataset data;
  private final double trainFraction;
  private final long seed;
  private final StoredObject object;
  private final Part train;
  private final Part test;

  private Split(Dataset data, double trainFraction, long seed) {
    this.data = data;
    this.trainFraction = trainFraction;
    this.seed = seed;
    int depth = data instanceof Part part ? part.depth + 1 : 0;
    RandomStream draws = RandomStream.of(seed, "split").child(depth);
    Members inTrain = new Members();
    Members inTest = new Members();
    data.forEach(
        table -> {
          for (int row = 0; row < table.rows(); row++) {
            long id = table.rowId(row);
            (draws.uniform(id) < trainFraction ? inTrain : inTest).add(id);
          }
        });
    this.object =
        StoredObject.of(
            ObjectKind.CONTENT,
            TYPE,
            List.of(
                data instanceof Part
                    ? Edge.holds("data", data.digest())
                    : Edge.names("data", data.digest())),
            Value.doc()
                .put("depth", depth)
                .put("seed", seed)
                .put("fraction", trainFraction)
                .put("train", inTrain.toValue())
                .put("test", inTest.toValue())
                .build());
    this.train = new Part(this, "train", inTrain.count, depth, draws, 0, trainFraction);
    this.test = new Part(this, "test", inTest.count, depth, draws, trainFraction, 1);
  }

  /**
   * Divides a dataset, reading the identities of all its rows once.
   *
   * @param data what to divide
   * @param trainFraction the probability of each row to be in the training part, between 0 and 1
   * @param seed the seed of the draws
   */
  public static Split of(Dataset data, double trainFraction, long seed) {
    if (!(trainFraction > 0 && trainFraction < 1)) {
      throw new IllegalArgumentException(
          "trainFraction must be between 0 and 1, both excluded, but was " + trainFraction);
    }
    return new Split(data, trainFraction, seed);
  }

  /** Returns the part to train on. */
  public Dataset train() {
    return train;
  }

  /** Returns the part to test on. */
  public Dataset test() {
    return test;
  }

  /** Returns what was divided. */
  public Dataset data() {
    return data;
  }

  /** Returns the seed of the draws. */
  public long seed() {
    return seed;
  }

  /** Returns how this split is made. */
  public Recipe recipe() {
    return Recipe.of(
        TYPE,
        Value.doc().put("fraction", trainFraction).build(),
        seed,
        new TreeMap<>(Map.of("data", data.digest())));
  }

  /** Puts the split and its two parts; those of the split that it divides a part of, too. */
  @Override
  public Digest writeTo(ObjectSink sink) {
    if (data instanceof Part part) {
      part.split.writeTo(sink);
    }
    Digest digest = sink.put(object);
    sink.put(train.object);
    sink.put(test.object);
    return digest;
  }

  @Override
  public Digest digest() {
    return object.digest();
  }

  /** Counts the rows of a part and digests their identities. */
  private static final class Members {
    private final Digest.Hasher ids = new Digest.Hasher();
    private long count;

    void add(long id) {
      ids.update(id);
      count++;
    }

    Value toValue() {
      return Value.doc().put("rows", count).put("ids", ids.digest().hex()).build();
    }
  }

  /** The rows whose draws lie between two bounds. */
  private static final class Part implements Dataset {
    private final Split split;
    private final StoredObject object;
    private final long rows;
    private final int depth;
    private final RandomStream draws;
    private final double from;
    private final double to;

    Part(
        Split split,
        String name,
        long rows,
        int depth,
        RandomStream draws,
        double from,
        double to) {
      this.split = split;
      this.rows = rows;
      this.depth = depth;
      this.draws = draws;
      this.from = from;
      this.to = to;
      this.object =
          StoredObject.of(
              ObjectKind.CONTENT,
              PART_TYPE,
              List.of(Edge.holds("split", split.digest())),
              Value.doc().put("part", name).put("rows", rows).build());
    }

    @Override
    public Schema schema() {
      return split.data.schema();
    }

    @Override
    public long rows() {
      return rows;
    }

    @Override
    public Digest digest() {
      return object.digest();
    }

    @Override
    public Optional<Digest> record() {
      return split.data.record();
    }

    @Override
    public Optional<Split> partOf() {
      return Optional.of(split);
    }

    @Override
    public List<Shard> shards() {
      return split.data.shards().stream().map(shard -> (Shard) () -> new Reader(shard)).toList();
    }

    private Table select(Table table) {
      return table.select(
          IntStream.range(0, table.rows()).filter(row -> contains(table.rowId(row))).toArray());
    }

    private boolean contains(long id) {
      double draw = draws.uniform(id);
      return draw >= from && draw < to;
    }

    /** Reads the rows of a shard that are in this part. */
    private final class Reader implements TableReader {
      private final TableReader all;

      Reader(Shard shard) {
        all = shard.open();
      }

      @Override
      public @Nullable Table next() {
        for (Table table = all.next(); table != null; table = all.next()) {
          Table selected = select(table);
          if (selected.rows() > 0) {
            return selected;
          }
        }
        return null;
      }

      @Override
      public void close() {
        all.close();
      }
    }
  }
}
