package dev.mlstack.data.transform;

import dev.mlstack.core.feature.TfIdf;
import dev.mlstack.core.math.StableMath;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.feature.Transform;
import dev.mlstack.feature.ValueBlock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the terms of a vocabulary, in one round. */
final class VocabularyFit
    implements Transform.Fit<Optional<VocabularyFit.Part>, VocabularyFit.Part> {

  private final Vocabulary plan;

  VocabularyFit(Vocabulary plan) {
    this.plan = plan;
  }

  /** In how many texts each piece occurs. */
  static final class Part {
    private final Map<String, long[]> rows = new HashMap<>();
    private long texts;
  }

  @Override
  public Optional<Part> start() {
    return Optional.empty();
  }

  @Override
  public boolean done(Optional<Part> state) {
    return state.isPresent();
  }

  @Override
  public Part partial(Optional<Part> state, ValueBlock block) {
    return add(state, new Part(), block);
  }

  @Override
  public Part add(Optional<Part> state, Part sum, ValueBlock block) {
    ValueBlock.Texts texts = (ValueBlock.Texts) block;
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.values()[i];
      if (text != null) {
        sum.texts++;
        for (String piece : new HashSet<>(plan.grams().of(text))) {
          sum.rows.computeIfAbsent(piece, p -> new long[1])[0]++;
        }
      }
    }
    return sum;
  }

  @Override
  public Part merge(Part left, Part right) {
    left.texts += right.texts;
    right.rows.forEach(
        (piece, rows) -> left.rows.computeIfAbsent(piece, p -> new long[1])[0] += rows[0]);
    return left;
  }

  @Override
  public Optional<Part> update(Optional<Part> state, Part total) {
    return Optional.of(total);
  }

  @Override
  public FittedTransform result(Optional<Part> state) {
    Part total = state.orElseThrow();
    List<Map.Entry<String, long[]>> terms =
        total.rows.entrySet().stream()
            .filter(term -> term.getValue()[0] >= plan.minRows())
            .filter(term -> term.getValue()[0] <= plan.maxShare() * total.texts)
            .sorted(
                Comparator.<Map.Entry<String, long[]>>comparingLong(term -> -term.getValue()[0])
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(plan.limit())
            .sorted(Map.Entry.comparingByKey())
            .toList();
    double[] weights =
        terms.stream()
            .mapToDouble(
                term -> StableMath.log((1.0 + total.texts) / (1.0 + term.getValue()[0])) + 1)
            .toArray();
    return new TfIdf(
        plan.grams(), plan.norm(), terms.stream().map(Map.Entry::getKey).toList(), weights);
  }
}
