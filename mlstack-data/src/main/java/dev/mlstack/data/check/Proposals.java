package dev.mlstack.data.check;

import dev.mlstack.core.profile.ColumnProfile;
import dev.mlstack.core.profile.NumberProfile;
import dev.mlstack.core.profile.Profile;
import dev.mlstack.core.profile.TextProfile;
import dev.mlstack.data.check.Checks.Column;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import java.util.ArrayList;
import java.util.List;

/** Proposes rules that data of a profile follows. */
final class Proposals {

  /** From so few rows, little can be said. */
  private static final long FEW_ROWS = 100;

  /** Ranges are this part of their width wider on either side than what was seen. */
  private static final double SLACK = 0.5;

  /** A list of texts is thought to be complete if each comes so often on average. */
  private static final long ROWS_PER_TEXT = 20;

  /** How many standard deviations a mean may move. */
  private static final double MEAN_SLACK = 0.5;

  /** A distance that random samples of one distribution hardly reach but small ones. */
  private static final double DISTANCE = 0.2;

  private final Profile profile;
  private final List<Proposal> proposals = new ArrayList<>();

  private Proposals(Profile profile) {
    this.profile = profile;
  }

  static List<Proposal> of(Profile profile) {
    Proposals proposals = new Proposals(profile);
    proposals.add(
        Checks.rowCount(Math.max(1, profile.rows() / 2)).note(),
        "there were " + profile.rows() + " rows");
    profile.columns().forEach(proposals::propose);
    return List.copyOf(proposals.proposals);
  }

  private void add(Rule rule, String why) {
    proposals.add(new Proposal(rule, why));
  }

  private void propose(ColumnProfile column) {
    Field field = column.field();
    Column rules = Checks.column(field.name());
    long values = profile.rows() - column.missing();
    add(rules.type(field.type()), "it was of this type");
    if (column.missing() == 0) {
      add(rules.notNull(), "none of " + profile.rows() + " values was missing");
    } else if (values > 0) {
      double share = (double) column.missing() / profile.rows();
      double most = Math.rint(Math.min(1, 2 * share + 0.01) * 1000) / 1000;
      add(rules.nullShare(most).note(), column.missing() + " values were missing");
    }
    if (values < FEW_ROWS) {
      return;
    }
    if (column instanceof NumberProfile numbers) {
      proposeNumbers(numbers, rules, field.type());
    } else if (column instanceof TextProfile texts) {
      proposeTexts(texts, rules, values, field.type());
    }
    add(
        rules.like(profile, DISTANCE).note(),
        "a distance above that is seen at once when the columns are drawn");
  }

  private void proposeNumbers(NumberProfile numbers, Column rules, FieldType type) {
    boolean range = type instanceof FieldType.Int || type instanceof FieldType.Real;
    double width = numbers.max() - numbers.min();
    if (!range || !Double.isFinite(width)) {
      return;
    }
    double low = numbers.min() - SLACK * width;
    double high = numbers.max() + SLACK * width;
    // What was never negative, such as a count or a price, seldom can be.
    double least = numbers.min() >= 0 && low < 0 ? 0 : Math.floor(low);
    String seen = ValueRules.shown(numbers.min()) + " to " + ValueRules.shown(numbers.max());
    add(rules.between(least, Math.max(least, Math.ceil(high))), "values were from " + seen);
    double slack = MEAN_SLACK * numbers.deviation();
    if (slack > 0) {
      add(
          rules.mean(numbers.mean() - slack, numbers.mean() + slack).note(),
          "the mean was "
              + ValueRules.shown(numbers.mean())
              + " with a standard deviation of "
              + ValueRules.shown(numbers.deviation()));
    }
  }

  private void proposeTexts(TextProfile texts, Column rules, long values, FieldType type) {
    if (texts.isExact() && texts.distinct() == values) {
      add(rules.unique(), "all " + values + " values were different");
    } else if (texts.isExact()
        && type instanceof FieldType.Text
        && texts.distinct() * ROWS_PER_TEXT <= values) {
      add(
          rules.oneOf(texts.values().toArray(String[]::new)),
          "there were but " + texts.distinct() + " different values in " + values);
    }
  }
}
