package dev.mlstack.parquet;

import java.nio.file.Path;

/** A file that is written. */
public final class ParquetTarget {
  ParquetTarget(Path path) {}
}
