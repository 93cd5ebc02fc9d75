package dev.mlstack.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The encoder that somebody would write for loans alone: medians, means and deviations in arrays, a
 * hash map for each text. Knows nothing of schemas, and neither checks nor stores anything.
 */
final class LoanEncoder {

  private static final List<ToDoubleFunction<Loan>> NUMBERS =
      List.of(
          Loan::amount,
          Loan::months,
          Loan::rate,
          Loan::income,
          Loan::debt,
          Loan::age,
          Loan::rooms,
          Loan::accounts,
          Loan::cards,
          Loan::inquiries,
          Loan::defaults,
          Loan::balance,
          loan -> orNaN(loan.savings()),
          loan -> orNaN(loan.rent()),
          loan -> orNaN(loan.children()),
          loan -> orNaN(loan.yearsEmployed()));

  private static final List<Function<Loan, String>> TEXTS =
      List.of(Loan::purpose, Loan::region, Loan::channel, Loan::employment);

  private final double[] medians = new double[NUMBERS.size()];
  private final double[] means = new double[NUMBERS.size()];
  private final double[] deviations = new double[NUMBERS.size()];
  private final Map<String, Integer> purposes;
  private final Map<String, Integer> regions;
  private final Map<String, Integer> channels;
  private final Map<String, Integer> employments;

  private LoanEncoder(List<Loan> loans) {
    for (int i = 0; i < medians.length; i++) {
      fit(i, loans.stream().mapToDouble(NUMBERS.get(i)).toArray());
    }
    purposes = slots(loans, 0);
    regions = slots(loans, 1);
    channels = slots(loans, 2);
    employments = slots(loans, 3);
  }

  static LoanEncoder fit(List<Loan> loans) {
    return new LoanEncoder(loans);
  }

  private void fit(int number, double[] values) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    int middle = known.length / 2;
    medians[number] =
        known.length % 2 == 1 ? known[middle] : (known[middle - 1] + known[middle]) / 2;
    double[] imputed = Arrays.stream(values).map(value -> orElse(value, medians[number])).toArray();
    double mean = Arrays.stream(imputed).average().orElseThrow();
    means[number] = mean;
    deviations[number] =
        Math.sqrt(Arrays.stream(imputed).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  /** Returns the slot of each text that occurs; those of earlier columns stand before. */
  private static Map<String, Integer> slots(List<Loan> loans, int text) {
    int first = NUMBERS.size();
    for (int before = 0; before < text; before++) {
      first += distinct(loans, before).size();
    }
    Map<String, Integer> slots = new HashMap<>();
    for (String value : distinct(loans, text)) {
      slots.put(value, first + slots.size());
    }
    return slots;
  }

  private static SortedSet<String> distinct(List<Loan> loans, int text) {
    return new TreeSet<>(loans.stream().map(TEXTS.get(text)).toList());
  }

  /** Encodes a loan. */
  void encode(Loan loan, float[] to) {
    number(0, loan.amount(), to);
    number(1, loan.months(), to);
    number(2, loan.rate(), to);
    number(3, loan.income(), to);
    number(4, loan.debt(), to);
    number(5, loan.age(), to);
    number(6, loan.rooms(), to);
    number(7, loan.accounts(), to);
    number(8, loan.cards(), to);
    number(9, loan.inquiries(), to);
    number(10, loan.defaults(), to);
    number(11, loan.balance(), to);
    number(12, orNaN(loan.savings()), to);
    number(13, orNaN(loan.rent()), to);
    number(14, orNaN(loan.children()), to);
    number(15, orNaN(loan.yearsEmployed()), to);
    Arrays.fill(to, medians.length, to.length, 0);
    indicator(purposes, loan.purpose(), to);
    indicator(regions, loan.region(), to);
    indicator(channels, loan.channel(), to);
    indicator(employments, loan.employment(), to);
  }

  private void number(int number, double value, float[] to) {
    to[number] = (float) ((orElse(value, medians[number]) - means[number]) / deviations[number]);
  }

  private static void indicator(Map<String, Integer> slots, String text, float[] to) {
    Integer slot = slots.get(text);
    if (slot != null) {
      to[slot] = 1;
    }
  }

  private static double orElse(double value, double other) {
    return Double.isNaN(value) ? other : value;
  }

  private static double orNaN(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }
}
