package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.store.Value;
import java.util.List;

/** Weighted sums of all inputs. */
final class Dense extends Layer {

  static final String NAME = "dense";

  private final int units;

  Dense(int units) {
    this.units = Require.positive("units", units);
  }

  static Dense from(Value.Doc doc) {
    return new Dense(Math.toIntExact(doc.whole("units")));
  }

  @Override
  Value.Doc toValue() {
    return named(NAME).put("units", units).build();
  }

  @Override
  ArrayShape output(ArrayShape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException("it needs one dimension; put flatten() before it");
    }
    return ArrayShape.of(units);
  }

  @Override
  List<ParameterShape> parameters(ArrayShape input) {
    int inputs = input.size();
    return List.of(
        ParameterShape.weight(ArrayShape.of(units, inputs), inputs), ParameterShape.bias(units));
  }

  @Override
  PtNDArray forward(PtNDArray input, List<PtNDArray> parameters) {
    return JniUtils.linear(input, parameters.get(0), parameters.get(1));
  }

  @Override
  public String toString() {
    return "dense(" + units + ")";
  }
}
