/** Reading, checking, versioning and transforming data. */
module dev.mlstack.data {
  requires transitive dev.mlstack.core;
  requires static transitive org.jspecify;

  exports dev.mlstack.data.transform;
}
