/** The machinery that more than one module of mlstack needs. */
module dev.mlstack.core {
  requires com.fasterxml.jackson.core;
  requires transitive dev.mlstack.api;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.mlstack.core.compute;
  exports dev.mlstack.core.evaluate;
  exports dev.mlstack.core.expr;
  exports dev.mlstack.core.feature;
  exports dev.mlstack.core.fit;
  exports dev.mlstack.core.json;
  exports dev.mlstack.core.math;
  exports dev.mlstack.core.model;
  exports dev.mlstack.core.profile;
  exports dev.mlstack.core.release;
  exports dev.mlstack.core.report;
  exports dev.mlstack.core.store;
  exports dev.mlstack.core.table;
  exports dev.mlstack.core.trace;

  provides dev.mlstack.model.ModelFormat with
      dev.mlstack.core.model.LinearFormat,
      dev.mlstack.core.model.PriorFormat;

  uses dev.mlstack.feature.TransformFormat;
  uses dev.mlstack.model.ModelFormat;
}
