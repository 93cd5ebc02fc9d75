package dev.mlstack.core.feature;

import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Slot;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A column, how it is read, and the fitted steps that each of its values goes through.
 *
 * @param column the name of the column
 * @param reading how it is read
 * @param steps what its values go through, in order; each takes what the one before it gives, and
 *     one that makes indicators is the last
 */
public record Chain(String column, Reading reading, List<FittedTransform> steps) {

  /** Checks that the steps fit together. */
  public Chain {
    steps = List.copyOf(steps);
    kind(column, reading, steps);
  }

  /** Returns what comes out of some steps, if it is a number or a text. */
  private static Optional<ValueKind> kind(
      String column, Reading reading, List<FittedTransform> steps) {
    Optional<ValueKind> kind =
        switch (reading) {
          case NUMBER -> Optional.of(ValueKind.NUMBER);
          case TEXT -> Optional.of(ValueKind.TEXT);
          case TENSOR -> Optional.empty();
        };
    for (FittedTransform step : steps) {
      kind = after(column, kind, step);
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
    Optional<ValueKind> number = Optional.of(ValueKind.NUMBER);
    Optional<ValueKind> text = Optional.of(ValueKind.TEXT);
    if (kind == ValueKind.NUMBER) {
      if (step instanceof FittedTransform.NumberToNumber) {
        return number;
      } else if (step instanceof FittedTransform.NumberToText) {
        return text;
      }
    } else if (step instanceof FittedTransform.TextToText) {
      return text;
    } else if (step instanceof FittedTransform.TextToNumber) {
      return number;
    } else if (step instanceof FittedTransform.TextToIndicators) {
      return Optional.empty();
    }
    throw new IllegalArgumentException(
        "steps of column '"
            + column
            + "' must fit together but "
            + step.operation()
            + " does not take a "
            + kind.name().toLowerCase(Locale.ROOT)
            + ", which is what reaches it");
  }

  /**
   * Returns what comes out of the steps, if it is a number or a text: not a tensor, and no
   * indicators.
   */
  public Optional<ValueKind> kind() {
    return kind(column, reading, steps);
  }

  /** Returns the last step, if it makes indicators. */
  Optional<FittedTransform.TextToIndicators> encoding() {
    FittedTransform last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
    return last instanceof FittedTransform.TextToIndicators encoding
        ? Optional.of(encoding)
        : Optional.empty();
  }

  /**
   * Returns the places that the values take in the vector that a model sees.
   *
   * @param field the column
   * @throws IllegalArgumentException if the chain ends in a text
   */
  List<Slot> slots(Field field) {
    if (field.type() instanceof FieldType.Tensor tensor) {
      return IntStream.range(0, tensor.size())
          .mapToObj(i -> new Slot(column + "[" + i + "]", column, Slot.Kind.NUMBER, 0))
          .toList();
    }
    Optional<FittedTransform.TextToIndicators> encoding = encoding();
    if (encoding.isPresent()) {
      return encoding.get().indicators().stream()
          .map(name -> Slot.indicator(column + "=" + name, column))
          .toList();
    }
    if (kind().equals(Optional.of(ValueKind.TEXT))) {
      throw new IllegalArgumentException(
          "the steps of column '"
              + column
              + "' end in a text, which no model takes; add a step that makes numbers of texts");
    }
    return List.of(Slot.number(column));
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
    return Value.doc()
        .put(Pipelines.COLUMN, column)
        .put(Pipelines.READ, reading.name())
        .put(Pipelines.STEPS, documents)
        .build();
  }
}
