/** Learners of our own, and neural networks on DJL. */
@SuppressWarnings("requires-automatic") // DJL and JCuda have no modules of their own.
module dev.mlstack.train {
  requires ai.djl.api;
  requires ai.djl.pytorch_engine;
  requires transitive dev.mlstack.core;
  requires jcuda;
  requires static transitive org.jspecify;

  exports dev.mlstack.train.baseline;
  exports dev.mlstack.train.cuda;
  exports dev.mlstack.train.linear;
  exports dev.mlstack.train.torch;

  provides dev.mlstack.model.ModelFormat with
      dev.mlstack.train.torch.TorchModelFormat;
  provides dev.mlstack.run.EnvironmentFacts with
      dev.mlstack.train.cuda.CudaFacts,
      dev.mlstack.train.torch.TorchFacts;
}
