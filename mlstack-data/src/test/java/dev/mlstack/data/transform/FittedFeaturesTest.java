package dev.mlstack.data.transform;

import dev.mlstack.core.feature.Pipelines;
import dev.mlstack.core.feature.Reading;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.testkit.FittedPipelineKit;
import dev.mlstack.testkit.RandomTables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Pipelines that were fitted to nasty data: of every step on every type, and of mixed plans. */
class FittedFeaturesTest extends FittedPipelineKit {

  private static final Schema EVERY_TYPE = RandomTables.everyType();

  private static FittedPipeline fit(Features plan, Schema schema) {
    return Fitting.fit(plan, RandomTables.of(schema, 400, 7));
  }

  @Override
  protected Stream<FittedPipeline> pipelines() {
    List<FittedPipeline> pipelines = new ArrayList<>();
    for (Field field : EVERY_TYPE.fields()) {
      if (List.of("short", "int", "time").contains(field.name())) {
        continue; // They are read like other types, and are among those of the mixed plans.
      }
      Schema x = Schema.of(field.withName("x"));
      if (Reading.NUMBER.reads(field.type())) {
        Plans.ofNumbers().values().forEach(plan -> pipelines.add(fit(plan, x)));
      }
      if (Reading.TEXT.reads(field.type())) {
        Plans.ofTexts().values().forEach(plan -> pipelines.add(fit(plan, x)));
      }
    }
    return Stream.concat(pipelines.stream(), mixed());
  }

  private static Stream<FittedPipeline> mixed() {
    Features precise =
        Features.of(
            Features.numeric().impute(Impute.MEAN).standardize().minMax(),
            Features.numeric("double", "day").impute(-1),
            Features.categorical().impute("unknown").oneHot(5),
            Features.categorical("flag", "tiny").oneHot(),
            Features.tensors());
    return Stream.of(
        fit(Features.standard(), EVERY_TYPE),
        fit(precise, EVERY_TYPE),
        fit(Features.numeric().except("long"), EVERY_TYPE));
  }

  @Override
  protected boolean mayAllocate(FittedPipeline pipeline) {
    String document = Fitting.document(pipeline);
    boolean custom =
        Stream.of("keep", "length", "is", "hash", "hash-code")
            .anyMatch(step -> document.contains("\"" + step + "/1"));
    return custom && pipeline.input().field(0).type() instanceof FieldType.Int;
  }

  @Override
  protected FittedPipeline load(ObjectSource source, Digest digest) {
    return Pipelines.load(source, digest);
  }
}
