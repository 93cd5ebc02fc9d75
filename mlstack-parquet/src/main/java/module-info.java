/** Reading and writing Apache Parquet, without Hadoop. */
@SuppressWarnings(
    "requires-automatic") // The structures of the metadata have no module of their own.
module dev.mlstack.parquet {
  requires com.github.luben.zstd_jni;
  requires transitive dev.mlstack.data;
  requires static transitive org.jspecify;
  requires parquet.format.structures;
  requires org.xerial.snappy;

  exports dev.mlstack.parquet;
}
