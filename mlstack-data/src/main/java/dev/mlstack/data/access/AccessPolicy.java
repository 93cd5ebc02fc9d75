package dev.mlstack.data.access;

import dev.mlstack.schema.Field;
import java.util.Collections;
import java.util.Set;

/**
 * Decides who may read what.
 *
 * <pre>{@code
 * AccessPolicy policy =
 *     (who, dataset, column) ->
 *         column.tags().contains("pii") && !doctors.contains(who) ? Access.HIDDEN : Access.ALLOWED;
 * }</pre>
 *
 * <p>It is asked each time a version is opened, so that what it says may change. An exception that
 * it throws goes to whoever wanted to read, and nothing is read. Used by several threads at once.
 */
@FunctionalInterface
public interface AccessPolicy {

  /**
   * Says whether somebody may read a dataset at all; it is asked before any column is. By default
   * all may.
   *
   * @param who a person or a program
   * @param dataset the name of the dataset
   */
  default boolean admits(String who, String dataset) {
    return true;
  }

  /**
   * Says what somebody may see of a column.
   *
   * @param who a person or a program
   * @param dataset the name of the dataset
   * @param column as it is stored, with its tags and its role
   */
  Access of(String who, String dataset, Field column);

  /** Returns the policy that is as strict as the stricter of this and another. */
  default AccessPolicy and(AccessPolicy other) {
    AccessPolicy first = this;
    return new AccessPolicy() {
      @Override
      public boolean admits(String who, String dataset) {
        return first.admits(who, dataset) && other.admits(who, dataset);
      }

      @Override
      public Access of(String who, String dataset, Field column) {
        return first.of(who, dataset, column).and(other.of(who, dataset, column));
      }
    };
  }

  /** Returns the policy that hides from everybody the columns that have one of some tags. */
  static AccessPolicy hiding(String... tags) {
    Set<String> hidden = Set.of(tags);
    return (who, dataset, column) ->
        Collections.disjoint(column.tags(), hidden) ? Access.ALLOWED : Access.HIDDEN;
  }
}
