package dev.mlstack.data.read;

/**
 * A stretch of one input that begins where a record begins, and probably ends where one ends.
 *
 * @param source the name of the input
 * @param bytes UTF-8; has {@link RecordScanner#SLACK_BYTES} more than the limit
 * @param limit how many of the bytes there are
 * @param offset the place of the first byte in the text of the input
 * @param line the line of the input on which it begins, from 1
 * @param earlierLines how many lines the inputs before have
 * @param last whether the input ends with it
 */
record Chunk(
    String source,
    byte[] bytes,
    int limit,
    long offset,
    long line,
    long earlierLines,
    boolean last) {

  /** Returns the place behind the last byte. */
  long end() {
    return offset + limit;
  }
}
