/** Reading and writing Apache Parquet, without Hadoop. */
@SuppressWarnings("requires-automatic") // Parquet's structures and Snappy have no modules.
module dev.mlstack.parquet {
  requires com.github.luben.zstd_jni;
  requires transitive dev.mlstack.data;
  requires static transitive org.jspecify;
  requires parquet.format.structures;
  requires snappy.java;

  exports dev.mlstack.parquet;
}
