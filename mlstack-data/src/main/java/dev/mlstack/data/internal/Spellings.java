package dev.mlstack.data.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the value of a category that some bytes spell, ignoring case, blanks, hyphens and
 * underscores where that is no risk: where two values differ in nothing else, only the exact
 * spelling counts.
 *
 * <p>Remembers spellings, so that one that comes again costs a look at its bytes. Not safe for use
 * by several threads at once.
 */
public final class Spellings {

  private static final int MAX_REMEMBERED = 4096;
  private static final int UNKNOWN = -1;

  private final List<String> values;
  private final Map<String, Integer> exact = new HashMap<>();
  private final Map<String, Integer> loose = new HashMap<>();
  private byte[][] remembered = new byte[64][];
  private int[] codes = new int[64];
  private int size;

  /** Creates spellings of the values of a category. */
  public Spellings(List<String> values) {
    this.values = values;
    for (int code = 0; code < values.size(); code++) {
      exact.put(values.get(code), code);
      loose.merge(key(values.get(code)), code, (a, b) -> UNKNOWN);
    }
  }

  /** Returns a text without what makes no difference. */
  public static String key(String text) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\t' && c != '-' && c != '_') {
        key.append(c);
      }
    }
    return key.toString().toLowerCase(Locale.ROOT);
  }

  /** Returns the values of the category. */
  public List<String> values() {
    return values;
  }

  /** Returns the code of the value that some bytes spell; -1 if there is none. */
  public int code(byte[] bytes, int from, int to) {
    int slot = (int) XxHash64.hash(bytes, from, to - from, 0) & (remembered.length - 1);
    while (remembered[slot] != null) {
      byte[] spelling = remembered[slot];
      if (Arrays.equals(bytes, from, to, spelling, 0, spelling.length)) {
        return codes[slot];
      }
      slot = (slot + 1) & (remembered.length - 1);
    }
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    Integer code = exact.get(text);
    int found = code == null ? loose.getOrDefault(key(text), UNKNOWN) : code;
    if (found >= 0 && size < MAX_REMEMBERED) {
      remember(Arrays.copyOfRange(bytes, from, to), found);
    }
    return found;
  }

  private void remember(byte[] spelling, int code) {
    if (2 * size >= remembered.length) {
      byte[][] oldSpellings = remembered;
      int[] oldCodes = codes;
      remembered = new byte[2 * oldSpellings.length][];
      codes = new int[remembered.length];
      for (int i = 0; i < oldSpellings.length; i++) {
        if (oldSpellings[i] != null) {
          put(oldSpellings[i], oldCodes[i]);
        }
      }
    }
    put(spelling, code);
    size++;
  }

  private void put(byte[] spelling, int code) {
    int slot = (int) XxHash64.hash(spelling, 0, spelling.length, 0) & (remembered.length - 1);
    while (remembered[slot] != null) {
      slot = (slot + 1) & (remembered.length - 1);
    }
    remembered[slot] = spelling;
    codes[slot] = code;
  }
}
