package dev.mlstack.data.access;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Somebody reads a version of a dataset.
 *
 * @param who a person or a program
 * @param dataset the name of the dataset
 * @param what which part of the version
 * @param commit the commit, unless the version was opened by the digest of its content
 * @param content the digest of what is read, as it is stored
 * @param columns the columns whose values can be seen, in their order; of a report, none
 * @param hidden the columns whose values are hidden, in their order
 * @param at when, to the microsecond
 */
public record AuditedRead(
    String who,
    String dataset,
    What what,
    Optional<Digest> commit,
    Digest content,
    List<String> columns,
    List<String> hidden,
    Instant at) {

  /** A part of a version. */
  public enum What {
    /** Its rows. */
    ROWS,
    /** The rows that were set aside when it was committed. */
    REJECTED,
    /** The report of its checks. */
    CHECKS
  }

  /** Copies the names and cuts the time to microseconds. */
  public AuditedRead {
    columns = List.copyOf(columns);
    hidden = List.copyOf(hidden);
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Returns this as one line of canonical JSON, without a newline: {@code at}, {@code columns},
   * {@code commit} if there is one, {@code content}, {@code dataset}, {@code hidden}, {@code what}
   * and {@code who}.
   *
   * @throws IllegalArgumentException if a name is not well-formed UTF-16
   */
  public String toJson() {
    Value.Doc.Builder doc = Value.doc();
    commit.ifPresent(digest -> doc.put("commit", digest.hex()));
    return doc.put("at", at.toString())
        .put("who", who)
        .put("dataset", dataset)
        .put("what", what.name())
        .put("content", content.hex())
        .put("columns", Value.ofTexts(columns))
        .put("hidden", Value.ofTexts(hidden))
        .build()
        .canonicalJson();
  }
}
