package dev.mlstack.data.transform;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.expr.NumberExpr;
import dev.mlstack.core.expr.TextExpr;
import dev.mlstack.core.feature.ChainInput;
import dev.mlstack.core.feature.Reading;
import dev.mlstack.feature.FeaturePipeline;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.store.Value;
import dev.mlstack.table.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A plan that says which columns become features, and how. Immutable; it has seen no data.
 *
 * <pre>{@code
 * Features.numeric().impute(Impute.MEDIAN).standardize()         // all columns of numbers
 * Features.categorical().impute("unknown").oneHot()              // all texts and categories
 * Features.numeric("age", "height").impute(Impute.MEAN).minMax() // these two
 * Features.time("ordered").cyclic(TimePart.HOUR)                 // sine and cosine of the hour
 * Features.cross("country", "device").hash(1000)                 // two columns as one
 * Features.expression("debt", number("loan").dividedBy(number("income")))
 * Features.of(numbers, categories, someOthers)                   // several plans as one
 * Features.standard()                                            // sensible for any table
 * }</pre>
 *
 * <p>A plan for <em>all</em> columns of a kind takes those in the role {@link
 * dev.mlstack.schema.Role#FEATURE FEATURE}, without those that another part of the plan names. A
 * column that is not in this role, or that is to be predicted, never becomes a feature: naming it
 * is refused. The features stand in the order of the columns.
 */
public abstract sealed class Features implements FeaturePipeline
    permits NumericFeatures, TimeFeatures, CombinedFeatures {

  Features() {}

  /** Starts a plan for all columns of type bool, int and real. */
  public static NumericFeatures numeric() {
    return new NumericFeatures(Part.all(Group.NUMERIC, Reading.NUMBER));
  }

  /**
   * Starts a plan for some columns, read as numbers.
   *
   * @param columns their names, at least one; of type bool, int, real, date or timestamp
   */
  public static NumericFeatures numeric(String... columns) {
    return new NumericFeatures(Part.named(Reading.NUMBER, columns));
  }

  /**
   * Starts a plan for all dates and timestamps, read as numbers: days and microseconds since 1970.
   */
  public static NumericFeatures temporal() {
    return new NumericFeatures(Part.all(Group.TEMPORAL, Reading.NUMBER));
  }

  /** Starts a plan for all columns of type text and category. */
  public static CategoricalColumns categorical() {
    return new CategoricalColumns(Part.all(Group.CATEGORICAL, Reading.TEXT));
  }

  /**
   * Starts a plan for some columns, read as texts.
   *
   * @param columns their names, at least one; of type text, category, bool ({@code true} and {@code
   *     false}) or int (in decimal digits)
   */
  public static CategoricalColumns categorical(String... columns) {
    return new CategoricalColumns(Part.named(Reading.TEXT, columns));
  }

  /**
   * Starts a plan for columns of free text, of which pieces are counted.
   *
   * @param columns their names, at least one; of type text or category
   */
  public static TextColumns text(String... columns) {
    return new TextColumns(Part.named(Reading.TEXT, columns));
  }

  /** Starts a plan for parts of all dates and timestamps, such as the hour. */
  public static TimeColumns time() {
    return new TimeColumns(Part.all(Group.TEMPORAL, Reading.NUMBER));
  }

  /**
   * Starts a plan for parts of some dates and timestamps, such as the hour. Other parts of the plan
   * may use the same columns.
   *
   * @param columns their names, at least one; of type date or timestamp, in the role of a feature
   *     or of the time of the event
   */
  public static TimeColumns time(String... columns) {
    return new TimeColumns(Part.named(Reading.NUMBER, columns));
  }

  /**
   * Starts a plan for the texts of several columns as one, such as {@code DE|mobile}. It is missing
   * where one of them is. Other parts of the plan may use the same columns.
   *
   * @param columns their names, two or more; of type text, category, bool or int
   */
  public static CategoricalColumns cross(String... columns) {
    ChainInput input = new ChainInput.Cross(List.of(columns));
    return new CategoricalColumns(Part.of(input, Reading.TEXT));
  }

  /**
   * Starts a plan for a number that is computed of the columns of a row. Other parts of the plan
   * may use the same columns.
   *
   * @param name what it is called
   * @param expression such as {@code Expr.number("loan").dividedBy(Expr.number("income"))}
   */
  public static NumericFeatures expression(String name, NumberExpr expression) {
    ChainInput input = new ChainInput.Formula(name, expression);
    return new NumericFeatures(Part.of(input, Reading.NUMBER));
  }

  /**
   * Starts a plan for a text that is computed of the columns of a row. Other parts of the plan may
   * use the same columns.
   *
   * @param name what it is called
   * @param expression such as {@code Expr.text("email").lower()}
   */
  public static CategoricalColumns expression(String name, TextExpr expression) {
    ChainInput input = new ChainInput.Formula(name, expression);
    return new CategoricalColumns(Part.of(input, Reading.TEXT));
  }

  /** Returns a plan that takes the numbers of all tensors as they are. */
  public static Features tensors() {
    return new CombinedFeatures(List.of(Part.all(Group.TENSORS, Reading.TENSOR)));
  }

  /**
   * Returns a plan that takes the numbers of some tensors as they are.
   *
   * @param columns their names, at least one
   */
  public static Features tensors(String... columns) {
    return new CombinedFeatures(List.of(Part.named(Reading.TENSOR, columns)));
  }

  /**
   * Returns a plan that is sensible for any table: numbers, dates and timestamps have their median
   * imputed and are standardised; texts and categories are one-hot encoded, with at most {@value
   * CategoricalColumns#DEFAULT_LIMIT} categories each; tensors are taken as they are.
   */
  public static Features standard() {
    return of(
        numeric().impute(Impute.MEDIAN).standardize(),
        temporal().impute(Impute.MEDIAN).standardize(),
        categorical().oneHot(),
        tensors());
  }

  /**
   * Returns a plan of several parts. Their order does not matter.
   *
   * @param parts plans; at most one of them is for all columns of the same kind
   */
  public static Features of(Features... parts) {
    return new CombinedFeatures(
        Arrays.stream(parts).flatMap(part -> part.parts().stream()).toList());
  }

  /**
   * Returns this plan without some columns.
   *
   * @param columns their names; they must be in the data, and not be named by this plan
   */
  public Features except(String... columns) {
    return new CombinedFeatures(parts().stream().map(part -> part.except(columns)).toList());
  }

  abstract List<Part> parts();

  @Override
  public final Value.Doc toValue() {
    return Value.doc().put("features", parts().stream().map(Part::toValue).toList()).build();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Statistics are taken over the finite numbers of a column: missing and infinite ones are left
   * out.
   *
   * <p>While steps learn, features are refused that tell of times after the event of their row:
   * dates and timestamps that are later than the column in the role {@link
   * dev.mlstack.schema.Role#EVENT_TIME EVENT_TIME}, unless they have the tag {@code planned}.
   *
   * @throws dev.mlstack.table.DataException if a feature is later than its event
   */
  @Override
  public final FittedPipeline fit(
      Dataset train, Set<String> targets, long seed, Execution execution) {
    return PipelineFit.fit(parts(), train, targets, seed, execution);
  }

  @Override
  public final boolean equals(Object object) {
    return object instanceof Features other && toValue().equals(other.toValue());
  }

  @Override
  public final int hashCode() {
    return toValue().hashCode();
  }

  /** Returns the document that describes this plan. */
  @Override
  public final String toString() {
    return toValue().canonicalJson();
  }
}
