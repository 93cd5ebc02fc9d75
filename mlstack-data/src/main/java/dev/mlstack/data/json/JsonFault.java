package dev.mlstack.data.json;

/** A line that cannot be read, and why. Has no stack trace: it concerns the data, not the code. */
final class JsonFault extends Exception {

  private static final long serialVersionUID = 1L;

  JsonFault(String problem) {
    super(problem, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
  }

  /** Returns what is wrong, as one sentence without a full stop. */
  String problem() {
    return String.valueOf(getMessage());
  }
}
