/** Serving in the process of the application: endpoints, the prediction log, replay and drift. */
module dev.mlstack.serve {
  requires com.github.benmanes.caffeine;
  requires transitive dev.mlstack.core;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.mlstack.serve;
  exports dev.mlstack.serve.log;
  exports dev.mlstack.serve.watch;
}
