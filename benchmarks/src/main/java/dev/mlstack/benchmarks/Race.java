package dev.mlstack.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs contestants in turn, round after round, and takes the median of each. So what else happens
 * on the machine, or how it is clocked, hits all of them alike.
 */
final class Race {

  private static final double NANOS = 1e9;

  private final int warmups;
  private final int rounds;
  private final List<Entrant> entrants = new ArrayList<>();

  private record Entrant(String name, Contestant contestant) {}

  /** One who does a job and says how long it took. */
  @FunctionalInterface
  interface Contestant {
    /** Does the job once, and returns the seconds that count. */
    double seconds() throws IOException;
  }

  /** A job of which everything counts. */
  @FunctionalInterface
  interface Job {
    /** Does it once. */
    void run() throws IOException;
  }

  /**
   * Creates a race.
   *
   * @param warmups how many rounds do not count; 0 or more
   * @param rounds how many rounds count; 1 or more
   * @param ours our contestant
   */
  Race(int warmups, int rounds, Contestant ours) {
    this.warmups = warmups;
    this.rounds = rounds;
    against("ours", ours);
  }

  /** Adds a peer. */
  Race against(String peer, Contestant contestant) {
    entrants.add(new Entrant(peer, contestant));
    return this;
  }

  /** Returns the contestant of whom a whole job counts. */
  static Contestant timed(Job job) {
    return () -> seconds(job);
  }

  /** Does a job, and returns how long it took. */
  static double seconds(Job job) throws IOException {
    long begun = System.nanoTime();
    job.run();
    return (System.nanoTime() - begun) / NANOS;
  }

  /**
   * Runs the race and reports us beside each peer.
   *
   * @param unit the unit of what is reported
   * @param perSecond how many of these units a second of a contestant is
   */
  void report(Workbench workbench, String measure, String unit, double perSecond)
      throws IOException {
    double[] medians = run();
    for (int i = 1; i < medians.length; i++) {
      workbench.report(
          measure, unit, medians[0] * perSecond, entrants.get(i).name(), medians[i] * perSecond);
    }
  }

  /** Returns the median seconds of each contestant: ours, and then the peers. */
  double[] run() throws IOException {
    double[][] seconds = new double[entrants.size()][rounds];
    for (int round = -warmups; round < rounds; round++) {
      for (int i = 0; i < seconds.length; i++) {
        double taken = entrants.get(i).contestant().seconds();
        if (round >= 0) {
          seconds[i][round] = taken;
        }
      }
    }
    return Arrays.stream(seconds).mapToDouble(Race::median).toArray();
  }

  private static double median(double[] numbers) {
    Arrays.sort(numbers);
    int middle = numbers.length / 2;
    return numbers.length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
  }
}
