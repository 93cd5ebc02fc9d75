/** The memory of the stack: what was tried, what came of it, and what was made from what. */
module dev.mlstack.track {
  requires transitive dev.mlstack.core;
  requires java.management;
  requires static transitive org.jspecify;
  requires org.xerial.sqlitejdbc;

  exports dev.mlstack.track;
  exports dev.mlstack.track.environment;
  exports dev.mlstack.track.lineage;

  uses dev.mlstack.run.EnvironmentFacts;
}
