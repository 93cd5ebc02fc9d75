package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.mlstack.store.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A function of each number alone. */
final class Activation extends Layer {

  /** The functions there are. */
  enum Function {
    RELU,
    TANH,
    GELU;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Function function;

  Activation(Function function) {
    this.function = function;
  }

  static Activation of(String label) {
    return Arrays.stream(Function.values())
        .filter(function -> function.label().equals(label))
        .findFirst()
        .map(Activation::new)
        .orElseThrow(() -> new IllegalArgumentException("there is no layer '" + label + "'"));
  }

  @Override
  Value.Doc toValue() {
    return Layer.named(function.label()).build();
  }

  @Override
  ArrayShape output(ArrayShape input) {
    return input;
  }

  @Override
  PtNDArray forward(PtNDArray input, List<PtNDArray> parameters) {
    return switch (function) {
      case RELU -> JniUtils.relu(input);
      case TANH -> JniUtils.tanh(input);
      case GELU -> JniUtils.gelu(input);
    };
  }

  @Override
  public String toString() {
    return function.label() + "()";
  }
}
