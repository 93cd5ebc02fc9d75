package dev.mlstack.train.torch;

import dev.mlstack.model.TrainingContext;

/** A program that wants to train twice without the natives of PyTorch, and says how it failed. */
final class WithoutNatives {

  private WithoutNatives() {}

  public static void main(String[] arguments) {
    TrainingContext context = TrainingContext.of(TestExamples.random(10, 1, TestExamples.COLOR), 1);
    for (int i = 0; i < 2; i++) {
      try {
        NeuralNetwork.defaults().start(context).close();
        System.exit(1);
      } catch (IllegalStateException e) {
        System.out.println("failed: " + e.getMessage());
      }
    }
  }
}
