/** Reading, checking, versioning and transforming data on Apache Arrow. */
module dev.mlstack.data {
  requires ch.randelshofer.fastdoubleparser;
  // For Zstandard only.
  requires static com.github.luben.zstd_jni;
  requires transitive dev.mlstack.core;
  requires org.apache.arrow.format;
  requires transitive org.apache.arrow.memory.core;
  // Nobody names it, but Arrow finds no memory without it.
  requires org.apache.arrow.memory.unsafe;
  requires transitive org.apache.arrow.vector;
  requires transitive java.sql;
  requires static transitive org.jspecify;

  exports dev.mlstack.data.access;
  exports dev.mlstack.data.arrow;
  exports dev.mlstack.data.check;
  exports dev.mlstack.data.columnar;
  exports dev.mlstack.data.ipc;
  exports dev.mlstack.data.jdbc;
  exports dev.mlstack.data.json;
  exports dev.mlstack.data.read;
  exports dev.mlstack.data.rows;
  exports dev.mlstack.data.transform;
  exports dev.mlstack.data.version;
  exports dev.mlstack.data.write;
}
