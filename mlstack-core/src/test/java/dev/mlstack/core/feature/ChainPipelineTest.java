package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.testkit.FittedPipelineKit;
import java.util.stream.Stream;

class ChainPipelineTest extends FittedPipelineKit {

  @Override
  protected Stream<FittedPipeline> pipelines() {
    return Stream.of(
            SamplePipelines.single(), SamplePipelines.crosses(), Stream.of(SamplePipelines.mixed()))
        .flatMap(pipelines -> pipelines);
  }

  @Override
  protected boolean mayAllocate(FittedPipeline pipeline) {
    return SamplePipelines.takesTextsOfAnyInt(pipeline);
  }

  @Override
  protected FittedPipeline load(ObjectSource source, Digest digest) {
    return Pipelines.load(source, digest);
  }
}
