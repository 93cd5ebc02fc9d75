package dev.mlstack.s3;

import dev.mlstack.core.json.Json;
import dev.mlstack.s3.Bucket.Content;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The object that says in which format a prefix is written, such as {@code
 * {"format":"s3-store/1"}}. It also serves to find out whether the server honours conditions on
 * writes: everything here rests on them, and a server that does not know them ignores them.
 */
final class FormatMarker {

  private static final String FORMAT = "format";
  private static final String NO_TAG = "\"00000000000000000000000000000000\"";
  private static final String NOWHERE = "probe";

  private FormatMarker() {}

  /**
   * Checks that a prefix is in a format, marks one that has no mark yet, and checks the server. One
   * who may not write skips the last check, as writing will fail anyway.
   *
   * @throws IOException if the mark is of another format or damaged, if the server ignores
   *     conditions, or cannot be reached
   */
  static void require(Bucket bucket, String key, VersionedName format) throws IOException {
    byte[] mark =
        (Value.doc().put(FORMAT, format.toString()).build().canonicalJson() + "\n")
            .getBytes(StandardCharsets.UTF_8);
    try {
      Optional<Content> found = bucket.get(key);
      if (found.isEmpty()) {
        bucket.create(key, mark);
        found = bucket.get(key);
      }
      requireFormat(bucket, key, format, found);
      requireConditions(bucket, key, mark);
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void requireFormat(
      Bucket bucket, String key, VersionedName format, Optional<Content> mark) throws IOException {
    String text = mark.map(m -> new String(m.bytes(), StandardCharsets.UTF_8)).orElse("");
    String found;
    try {
      found = Json.parse(text).asDoc().text(FORMAT);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          bucket.describe(key)
              + " is damaged: it should be like {\"format\":\""
              + format
              + "\"}; mend it",
          e);
    }
    if (!found.equals(format.toString())) {
      throw new IOException(
          "cannot open "
              + bucket.describe("")
              + ": its format is "
              + found
              + " but this version of mlstack knows "
              + format
              + " only; use a version that knows it");
    }
  }

  /** Writes that must be refused. If they are not, they write what is there already. */
  private static void requireConditions(Bucket bucket, String key, byte[] mark) throws IOException {
    try {
      boolean honoured =
          !bucket.overwritesWhatIsThere(key, mark)
              && !bucket.replacesSomethingElse(key, mark, NO_TAG);
      if (honoured && bucket.replacesSomethingElse(NOWHERE, mark, NO_TAG)) {
        bucket.delete(NOWHERE);
        honoured = false;
      }
      if (!honoured) {
        throw new IOException(
            "cannot open "
                + bucket.describe("")
                + ": the server ignores the conditions If-None-Match and If-Match on PUT, without"
                + " which refs would be lost when two move them at once; use a server that honours"
                + " them");
      }
    } catch (StoreException e) {
      if (!Failures.isDenied(e)) {
        throw e;
      }
    }
  }
}
