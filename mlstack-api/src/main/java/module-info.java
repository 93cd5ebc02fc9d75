/**
 * Contracts and values of mlstack. Every other module builds on this one, and it builds on nothing
 * but the JDK.
 */
module dev.mlstack.api {
  requires static transitive org.jspecify;

  exports dev.mlstack.compute;
  exports dev.mlstack.feature;
  exports dev.mlstack.model;
  exports dev.mlstack.predict;
  exports dev.mlstack.release;
  exports dev.mlstack.run;
  exports dev.mlstack.schema;
  exports dev.mlstack.store;
  exports dev.mlstack.table;
}
