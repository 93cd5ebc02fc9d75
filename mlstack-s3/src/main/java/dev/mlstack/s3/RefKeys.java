package dev.mlstack.s3;

import dev.mlstack.store.Digest;
import dev.mlstack.store.RefName;

/**
 * The keys of refs: {@code refs/models+/credit+/champion.log} for {@code models/credit/champion}. A
 * plus ends each segment but the last, so that no key is the beginning of another one with a slash
 * behind it: servers that keep objects as files could not have both.
 */
final class RefKeys {

  /** Where the newest moves are. */
  static final String REFS = "refs/";

  private static final String HISTORY = "history/";
  private static final String LOG = ".log";

  private RefKeys() {}

  /** Returns the key of the newest moves of a ref. */
  static String log(RefName name) {
    return REFS + name.path().replace("/", "+/") + LOG;
  }

  /** Returns the key of an earlier log of a ref. */
  static String before(RefName name, Digest digest) {
    return HISTORY + name.path().replace("/", "+/") + "+/" + digest.hex() + LOG;
  }

  /** Returns what the keys of all refs below a prefix begin with. */
  static String below(RefName prefix) {
    return REFS + prefix.path().replace("/", "+/") + "+/";
  }

  /** Tells whether a key may be that of a ref; somebody may have put something else there. */
  static boolean isLog(String key) {
    return key.startsWith(REFS) && key.endsWith(LOG);
  }

  /**
   * Returns the ref whose newest moves have a key.
   *
   * @param key a key that {@link #log} has given
   */
  static RefName name(String key) {
    String path = key.substring(REFS.length(), key.length() - LOG.length());
    return new RefName(path.replace("+/", "/"));
  }
}
