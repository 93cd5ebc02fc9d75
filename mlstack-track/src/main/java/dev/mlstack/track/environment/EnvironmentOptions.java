package dev.mlstack.track.environment;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the record of an environment may tell. Immutable; starts from {@link #defaults()}, which
 * tells nothing of people: neither the user nor the host, and of the variables only those that
 * change results.
 */
public final class EnvironmentOptions {

  /** The environment variables that are told unless it is said otherwise. */
  public static final List<String> DEFAULT_VARIABLES =
      List.of(
          "CUDA_VISIBLE_DEVICES",
          "LANG",
          "LC_ALL",
          "MKL_NUM_THREADS",
          "OMP_NUM_THREADS",
          "OMP_WAIT_POLICY",
          "TZ");

  private static final EnvironmentOptions DEFAULTS =
      new EnvironmentOptions(false, new TreeSet<>(DEFAULT_VARIABLES), Path.of(""));

  private final boolean userAndHost;
  private final SortedSet<String> variables;
  private final Path directory;

  private EnvironmentOptions(boolean userAndHost, SortedSet<String> variables, Path directory) {
    this.userAndHost = userAndHost;
    this.variables = Collections.unmodifiableSortedSet(variables);
    this.directory = directory;
  }

  /** Returns the options that tell nothing of people. */
  public static EnvironmentOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these options with the names of the user and the host told, or not. */
  public EnvironmentOptions withUserAndHost(boolean told) {
    return new EnvironmentOptions(told, variables, directory);
  }

  /** Returns these options with other environment variables told, and no more than these. */
  public EnvironmentOptions withVariables(Collection<String> names) {
    return new EnvironmentOptions(userAndHost, new TreeSet<>(names), directory);
  }

  /**
   * Returns these options with another directory from which to look upwards for a Git checkout; the
   * default is the working directory.
   */
  public EnvironmentOptions withDirectory(Path newDirectory) {
    return new EnvironmentOptions(userAndHost, variables, newDirectory);
  }

  /** Tells whether the names of the user and the host are told. */
  public boolean userAndHost() {
    return userAndHost;
  }

  /** Returns the environment variables that are told. */
  public SortedSet<String> variables() {
    return variables;
  }

  /** Returns the directory from which to look upwards for a Git checkout. */
  public Path directory() {
    return directory;
  }
}
