/** The pieces wired with defaults; whoever requires this has all of mlstack. */
module dev.mlstack {
  requires transitive dev.mlstack.data;
  requires transitive dev.mlstack.serve;
  requires transitive dev.mlstack.track;
  requires transitive dev.mlstack.train;
  requires static transitive org.jspecify;

  exports dev.mlstack;
}
