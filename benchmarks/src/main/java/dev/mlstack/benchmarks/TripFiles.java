package dev.mlstack.benchmarks;

import dev.mlstack.compute.Execution;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.Shard;
import dev.mlstack.table.Source;
import dev.mlstack.table.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Copies the rows of a source into files of other formats. */
final class TripFiles {

  private final Source source;

  TripFiles(Source source) {
    this.source = source;
  }

  /** Writes all rows. */
  void write(Target target) throws IOException {
    target.write(new Rows(source.schema()), Execution.here());
  }

  /** The rows as a dataset, whose count and digest nobody asks for. */
  private final class Rows implements Dataset {
    private final Schema schema;

    Rows(Schema schema) {
      this.schema = schema;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public long rows() {
      return 0;
    }

    @Override
    public Digest digest() {
      throw new IllegalStateException("the rows of a file have no digest before they are stored");
    }

    @Override
    public Optional<Digest> record() {
      return Optional.empty();
    }

    @Override
    public List<Shard> shards() {
      return List.of(
          () -> {
            try {
              return source.open(rejected -> {}, Execution.here());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
