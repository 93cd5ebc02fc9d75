package dev.mlstack.data.transform;

import dev.mlstack.core.feature.HashVector;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Slot;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.TransformFormat;
import dev.mlstack.feature.ValueKind;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Steps that an application might write: one of each form, and one that learns it. */
public final class CustomTransforms implements TransformFormat {

  private static final VersionedName CLIP = new VersionedName("cut", 1);
  private static final VersionedName SPLIT = new VersionedName("split-at", 1);
  private static final VersionedName KEEP = new VersionedName("keep", 1);
  private static final VersionedName LENGTH = new VersionedName("length", 1);
  private static final VersionedName POWERS = new VersionedName("powers", 1);
  private static final VersionedName IS = new VersionedName("is", 1);

  /** Called by the service loader. */
  public CustomTransforms() {}

  @Override
  public List<VersionedName> operations() {
    return List.of(CLIP, SPLIT, KEEP, LENGTH, IS, POWERS);
  }

  @Override
  public FittedTransform load(VersionedName operation, Value.Doc parameters) {
    return switch (operation.name()) {
      case "cut" -> new Clip(parameters.real("low"), parameters.real("high"));
      case "split-at" -> new Split(parameters.real("at"));
      case "keep" -> new Keep(parameters.text("text"));
      case "powers" -> new Powers(Math.toIntExact(parameters.whole("count")));
      case "length" -> new Length(parameters.real("factor"));
      default -> new Is(parameters.text("text"));
    };
  }

  /** Cuts numbers off below and above. */
  record Clip(double low, double high) implements FittedTransform.NumberToNumber {
    @Override
    public VersionedName operation() {
      return CLIP;
    }

    @Override
    public Value.Doc parameters() {
      return Value.doc().put("low", low).put("high", high).build();
    }

    @Override
    public double apply(double value) {
      return Math.min(Math.max(value, low), high);
    }
  }

  /** Makes the first few powers of a number. */
  record Powers(int count) implements FittedTransform.NumberToVector {
    @Override
    public VersionedName operation() {
      return POWERS;
    }

    @Override
    public Value.Doc parameters() {
      return Value.doc().put("count", count).build();
    }

    @Override
    public List<Slot> slots(String column) {
      return IntStream.rangeClosed(1, count)
          .mapToObj(i -> new Slot(column + "^" + i, column, Slot.Kind.NUMBER, 0))
          .toList();
    }

    @Override
    public void apply(double value, float[] to, int at) {
      double power = value;
      for (int i = 0; i < count; i++) {
        to[at + i] = (float) power;
        power *= value;
      }
    }
  }

  /** Says whether a number lies above another. */
  record Split(double at) implements FittedTransform.NumberToText {
    @Override
    public VersionedName operation() {
      return SPLIT;
    }

    @Override
    public Value.Doc parameters() {
      return Value.doc().put("at", at).build();
    }

    @Override
    public @Nullable String apply(double value) {
      return Double.isNaN(value) ? null : value > at ? "above" : "not above";
    }
  }

  /** Keeps one text, without regard to case, and calls all others rare. */
  record Keep(String text) implements FittedTransform.TextToText {
    @Override
    public VersionedName operation() {
      return KEEP;
    }

    @Override
    public Value.Doc parameters() {
      return Value.doc().put("text", text).build();
    }

    @Override
    public @Nullable String apply(@Nullable String value) {
      return value == null ? null : value.equalsIgnoreCase(text) ? text : "rare";
    }
  }

  /** Multiplies the length of a text. */
  record Length(double factor) implements FittedTransform.TextToNumber {
    @Override
    public VersionedName operation() {
      return LENGTH;
    }

    @Override
    public Value.Doc parameters() {
      return Value.doc().put("factor", factor).build();
    }

    @Override
    public double apply(@Nullable String value) {
      return value == null ? Double.NaN : value.length() * factor;
    }
  }

  /** Says whether a text is another. */
  record Is(String text) implements FittedTransform.TextToIndicators {
    @Override
    public VersionedName operation() {
      return IS;
    }

    @Override
    public Value.Doc parameters() {
      return Value.doc().put("text", text).build();
    }

    @Override
    public List<String> indicators() {
      return List.of("is " + text, "is not " + text);
    }

    @Override
    public int apply(@Nullable String value) {
      return value == null ? -1 : value.equals(text) ? 0 : 1;
    }
  }

  /**
   * Learns one of the steps above.
   *
   * @param learns which
   */
  record Learn(String learns) implements Transform {
    @Override
    public VersionedName operation() {
      return new VersionedName("learn", 1);
    }

    @Override
    public Value.Doc parameters() {
      return Value.doc().put("learns", learns).build();
    }

    @Override
    public Fit<?, ?> fit(ValueKind kind) {
      return switch (learns) {
        case "clip" ->
            OneRound.ofNumbers(
                FiniteSum::of, FiniteSum::merge, s -> new Clip(s.mean() - 1, s.mean() + 1));
        case "powers" -> OneRound.ofNumbers(FiniteSum::of, FiniteSum::merge, sum -> new Powers(2));
        case "hash" ->
            OneRound.ofTexts(
                TextCounts::of,
                TextCounts::merge,
                counts -> new HashVector(1 + counts.distinct(), /* signed= */ false));
        case "split-at" ->
            OneRound.ofNumbers(FiniteSum::of, FiniteSum::merge, s -> new Split(s.mean()));
        case "keep" ->
            OneRound.ofTexts(
                TextCounts::of,
                TextCounts::merge,
                counts -> new Keep(counts.mostFrequent().orElse("")));
        case "length" ->
            OneRound.ofTexts(
                TextCounts::of, TextCounts::merge, counts -> new Length(counts.distinct()));
        default ->
            OneRound.ofTexts(
                TextCounts::of,
                TextCounts::merge,
                counts -> new Is(counts.mostFrequent().orElse("")));
      };
    }
  }
}
