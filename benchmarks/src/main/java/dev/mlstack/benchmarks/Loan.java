package dev.mlstack.benchmarks;

import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** An application for a loan: sixteen numbers, four of which may be missing, and four texts. */
record Loan(
    double amount,
    double months,
    double rate,
    double income,
    double debt,
    double age,
    double rooms,
    double accounts,
    double cards,
    double inquiries,
    double defaults,
    double balance,
    OptionalDouble savings,
    OptionalDouble rent,
    OptionalDouble children,
    OptionalDouble yearsEmployed,
    String purpose,
    String region,
    String channel,
    String employment) {

  /** Draws a loan. */
  static Loan random(SplittableRandom random) {
    return new Loan(
        random.nextDouble(1e3, 1e5),
        12 * random.nextInt(1, 8),
        random.nextDouble(1, 9),
        random.nextDouble(1e4, 2e5),
        random.nextDouble(0, 1e5),
        random.nextInt(18, 90),
        random.nextInt(1, 9),
        random.nextInt(1, 20),
        random.nextInt(0, 9),
        random.nextInt(0, 9),
        random.nextInt(0, 3),
        random.nextDouble(-1e3, 1e4),
        sometimes(random),
        sometimes(random),
        sometimes(random),
        sometimes(random),
        "purpose" + random.nextInt(8),
        "region" + random.nextInt(5),
        "channel" + random.nextInt(3),
        "employment" + random.nextInt(4));
  }

  private static OptionalDouble sometimes(SplittableRandom random) {
    return random.nextInt(10) == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(random.nextDouble(0, 1000));
  }
}
