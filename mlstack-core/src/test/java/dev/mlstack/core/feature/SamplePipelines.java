package dev.mlstack.core.feature;

import dev.mlstack.core.expr.Expr;
import dev.mlstack.core.expr.NumberExpr;
import dev.mlstack.feature.FittedPipeline;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Schema;
import dev.mlstack.testkit.RandomTables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pipelines for tests: each step on each type that it can take, and all of them together. */
final class SamplePipelines {

  static final OneHot ONE_HOT =
      new OneHot(List.of("", "(other)", "-1", "0", "1", "false", "red", "true"), true, true);

  private static final List<String> TERMS = List.of("a", "a b", "hi", "x");

  static final TargetMean TARGET_MEAN =
      new TargetMean(
          List.of("1", "red"),
          7,
          new TargetMean.Means(0.5, 0.25, 0.75),
          List.of(new TargetMean.Means(0.4, 0, 1), new TargetMean.Means(0.6, -1, 2)));

  private SamplePipelines() {}

  static List<List<FittedTransform>> ofNumbers() {
    return List.of(
        List.of(),
        List.of(new ImputeNumber(-2.5)),
        List.of(new Standardize(0.3, 1.7)),
        List.of(new Standardize(-Double.MAX_VALUE, Double.MIN_VALUE)),
        List.of(new MinMax(-1, 3)),
        List.of(new MinMax(-Double.MAX_VALUE, Double.MAX_VALUE)),
        List.of(new MinMax(5, 5)),
        List.of(new ImputeNumber(0.1), new Standardize(40, 12), new CustomSteps.Absolute()),
        List.of(new Robust(2, 0.5)),
        List.of(new Clip(-3, 1e9), new Log1p()),
        List.of(new YeoJohnson(0.3), new MinMax(-2, 2)),
        List.of(new YeoJohnson(0)),
        List.of(new YeoJohnson(2)),
        List.of(new BoxCox(0)),
        List.of(new BoxCox(-1.25)),
        List.of(new MissingNumber(true)),
        List.of(new Cycle(0, 24)),
        List.of(new ImputeNumber(3), new Cycle(-1, 0.1)),
        List.of(new BinCode(new Borders(-1, 0, 0.5, 7))),
        List.of(new BinCode(new Borders())),
        List.of(new BinOneHot(new Borders(0, 1), true)),
        List.of(new BinOneHot(manyBorders(), false)),
        List.of(new BinText(new Borders(0)), new OneHot(List.of("<0.0"), true, true)),
        List.of(new CustomSteps.Sign(), new OneHot(List.of("negative"), true, false)));
  }

  static List<List<FittedTransform>> ofTexts() {
    return List.of(
        List.of(ONE_HOT),
        List.of(new ImputeText("red"), new OneHot(List.of("blue", "red"), false, false)),
        List.of(new CustomSteps.FirstLetter(), new CustomSteps.Parity(-1)),
        List.of(new ImputeText("none"), new CustomSteps.Length(), new MinMax(0, 10)),
        List.of(new Ordinal(ONE_HOT.categories())),
        List.of(new ImputeText("red"), new Ordinal(List.of("7", "red"))),
        List.of(new Frequency(List.of("1", "a", "red"), 0.5, 0.25, 0.125), new Standardize(1, 2)),
        List.of(new HashCode(13)),
        List.of(new HashVector(5, true)),
        List.of(new HashVector(700, false)),
        List.of(TARGET_MEAN, new Clip(0, 1)),
        List.of(new GramCounts(Grams.words(1, 2), 6, Norm.L2)),
        List.of(new GramCounts(Grams.characters(1, 3), 200, Norm.NONE)),
        List.of(new TfIdf(Grams.words(1, 2), Norm.L2, TERMS, 1.5, 1.25, 3, 1.125)),
        List.of(new TfIdf(Grams.characters(1, 2), Norm.NONE, TERMS, 1.5, 1.25, 3, 1.125)));
  }

  private static Borders manyBorders() {
    return new Borders(IntStream.range(0, 40).mapToDouble(i -> i * i - 100).toArray());
  }

  /** Returns pipelines that read several columns as one. */
  static Stream<FittedPipeline> crosses() {
    Schema schema = RandomTables.everyType();
    List<FittedTransform> known =
        List.of(new OneHot(List.of("a\\\\\\||true", "red|7", "red|true", "|false"), true, true));
    return Stream.of(
        formula(schema, Expr.number("double").plus(Expr.number("tiny").times(2))),
        formula(schema, Expr.time("instant").hour()),
        formula(schema, Expr.time("day").dayOfWeek()),
        cross(schema, List.of("text", "flag"), known),
        cross(schema, List.of("color", "tiny"), List.of(new Ordinal(List.of("red|1", "red|7")))),
        cross(schema, List.of("text", "color", "long"), List.of(new HashCode(50))));
  }

  private static FittedPipeline formula(Schema all, NumberExpr expression) {
    Schema input = Schema.of(expression.columns().stream().map(all::field).toList());
    ChainInput formula = new ChainInput.Formula("computed", expression);
    return Pipelines.of(
        input,
        List.of(new Chain(formula, Reading.NUMBER, List.of(new ImputeNumber(1), new Cycle(1, 7)))));
  }

  private static FittedPipeline cross(
      Schema all, List<String> columns, List<FittedTransform> steps) {
    Schema input = Schema.of(columns.stream().map(all::field).toList());
    return Pipelines.of(
        input, List.of(new Chain(new ChainInput.Cross(columns), Reading.TEXT, steps)));
  }

  /** Returns one pipeline for each chain of steps on each type. */
  static Stream<FittedPipeline> single() {
    List<FittedPipeline> pipelines = new ArrayList<>();
    for (Field field : RandomTables.everyType().fields()) {
      if (Reading.NUMBER.reads(field.type())) {
        ofNumbers().forEach(steps -> pipelines.add(of(field, Reading.NUMBER, steps)));
      }
      if (Reading.TEXT.reads(field.type())) {
        ofTexts().forEach(steps -> pipelines.add(of(field, Reading.TEXT, steps)));
      }
      if (Reading.TENSOR.reads(field.type())) {
        pipelines.add(of(field, Reading.TENSOR, List.of()));
      }
    }
    return pipelines.stream();
  }

  private static FittedPipeline of(Field field, Reading reading, List<FittedTransform> steps) {
    return Pipelines.of(Schema.of(field), List.of(new Chain(field.name(), reading, steps)));
  }

  /** Returns a pipeline that reads every type, some columns in two ways. */
  static FittedPipeline mixed() {
    List<Chain> chains = new ArrayList<>();
    for (Field field : RandomTables.everyType().fields()) {
      int turn = chains.size();
      if (field.type() instanceof FieldType.Tensor) {
        chains.add(new Chain(field.name(), Reading.TENSOR, List.of()));
      }
      if (Reading.NUMBER.reads(field.type())) {
        List<FittedTransform> steps = ofNumbers().get(turn % 8);
        chains.add(new Chain(field.name(), Reading.NUMBER, steps));
      }
      if (Reading.TEXT.reads(field.type())) {
        List<FittedTransform> steps =
            ofTexts().get(field.type() instanceof FieldType.Int ? 0 : turn % 3);
        chains.add(new Chain(field.name(), Reading.TEXT, steps));
      }
    }
    return Pipelines.of(RandomTables.everyType(), chains);
  }

  /** Tells whether a pipeline hands the text of any whole number to a step. */
  static boolean takesTextsOfAnyInt(FittedPipeline pipeline) {
    ChainPipeline chains = (ChainPipeline) pipeline;
    return chains.chains().stream()
        .anyMatch(
            chain ->
                chain.reading() == Reading.TEXT
                    && Texts.lookup(chain) == null
                    && (chain.input() instanceof ChainInput.Cross
                        || pipeline.input().field(chain.name()).type() instanceof FieldType.Int));
  }
}
