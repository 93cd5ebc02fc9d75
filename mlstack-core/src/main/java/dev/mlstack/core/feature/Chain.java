package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.FittedTransform.NumberToCode;
import dev.mlstack.feature.FittedTransform.NumberToIndicators;
import dev.mlstack.feature.FittedTransform.NumberToVector;
import dev.mlstack.feature.FittedTransform.TextToCode;
import dev.mlstack.feature.FittedTransform.TextToIndicators;
import dev.mlstack.feature.FittedTransform.TextToVector;
import dev.mlstack.feature.Slot;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A column or several, how their values are read, and the fitted steps that each value goes
 * through.
 *
 * @param input what is read
 * @param reading how it is read
 * @param steps what its values go through, in order; each takes what the one before it gives, and
 *     one that gives neither a number nor a text is the last
 */
public record Chain(ChainInput input, Reading reading, List<FittedTransform> steps) {

  /** Checks that the steps fit together. */
  public Chain {
    steps = List.copyOf(steps);
    kind(input, reading, steps);
  }

  /** Creates a chain of one column. */
  public Chain(String column, Reading reading, List<FittedTransform> steps) {
    this(new ChainInput.Column(column), reading, steps);
  }

  /** Returns what comes out of some steps, if it is a number or a text. */
  private static Optional<ValueKind> kind(
      ChainInput input, Reading reading, List<FittedTransform> steps) {
    Optional<ValueKind> kind = input.requireReadable(reading).gives();
    for (FittedTransform step : steps) {
      kind = after(input.name(), kind, step);
    }
    return kind;
  }

  private static Optional<ValueKind> after(
      String column, Optional<ValueKind> before, FittedTransform step) {
    ValueKind kind =
        before.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "steps of column '"
                        + column
                        + "' must take numbers or texts but "
                        + step.operation()
                        + " follows what is neither; leave it out"));
    if (step.takes() != kind) {
      throw new IllegalArgumentException(
          "steps of column '"
              + column
              + "' must fit together but "
              + step.operation()
              + " does not take a "
              + kind.name().toLowerCase(Locale.ROOT)
              + ", which is what reaches it");
    }
    return step.gives();
  }

  /** Returns the name of what is read. */
  public String name() {
    return input.name();
  }

  /**
   * Returns what comes out of the steps, if it is a number or a text: not a tensor, and not what a
   * step made that ends a chain.
   */
  public Optional<ValueKind> kind() {
    return kind(input, reading, steps);
  }

  /** Returns the last step, if it gives neither a number nor a text. */
  Optional<FittedTransform> ending() {
    FittedTransform last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
    return last != null && last.gives().isEmpty() ? Optional.of(last) : Optional.empty();
  }

  /** Returns this chain with one more step. */
  public Chain then(FittedTransform step) {
    List<FittedTransform> more = new ArrayList<>(steps);
    more.add(step);
    return new Chain(input, reading, more);
  }

  /**
   * Returns the places that the values take in the vector that a model sees.
   *
   * @param columns the schema of the columns that are read
   * @throws IllegalArgumentException if the chain ends in a text
   */
  public List<Slot> slots(Schema columns) {
    String name = input.name();
    if (reading == Reading.TENSOR) {
      Field field = columns.field(name);
      return IntStream.range(0, ((FieldType.Tensor) field.type()).size())
          .mapToObj(i -> new Slot(name + "[" + i + "]", name, Slot.Kind.NUMBER, 0))
          .toList();
    }
    Optional<FittedTransform> ending = ending();
    if (ending.isPresent()) {
      return slots(ending.get(), name);
    }
    if (kind().equals(Optional.of(ValueKind.TEXT))) {
      throw new IllegalArgumentException(
          "the steps of column '"
              + name
              + "' end in a text, which no model takes; add a step that makes numbers of texts");
    }
    return List.of(Slot.number(name));
  }

  private static List<Slot> slots(FittedTransform ending, String name) {
    if (ending instanceof TextToIndicators indicators) {
      return indicators(indicators.indicators(), name);
    } else if (ending instanceof NumberToIndicators indicators) {
      return indicators(indicators.indicators(), name);
    } else if (ending instanceof TextToCode code) {
      return List.of(Slot.code(name, code.cardinality()));
    } else if (ending instanceof NumberToCode code) {
      return List.of(Slot.code(name, code.cardinality()));
    } else if (ending instanceof TextToVector vector) {
      return vector.slots(name);
    }
    return ((NumberToVector) ending).slots(name);
  }

  private static List<Slot> indicators(List<String> names, String column) {
    return names.stream().map(name -> Slot.indicator(column + "=" + name, column)).toList();
  }

  Value.Doc toValue() {
    List<Value> documents = new ArrayList<>();
    for (FittedTransform step : steps) {
      documents.add(
          Value.doc()
              .put(Pipelines.OPERATION, step.operation().toString())
              .put(Pipelines.PARAMETERS, step.parameters())
              .build());
    }
    Value.Doc.Builder chain = Value.doc();
    input.describe(chain);
    return chain.put(Pipelines.READ, reading.name()).put(Pipelines.STEPS, documents).build();
  }
}
