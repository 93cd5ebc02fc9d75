package dev.mlstack.data.columnar;

import dev.mlstack.table.DataException;
import java.io.EOFException;
import java.io.IOException;

/** Tells the damage that a file has, in whichever way it is noticed. */
public final class Damage {

  private Damage() {}

  /** Reads something. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Returns what was read. */
    T read() throws IOException;
  }

  /**
   * Reads something of a file that may be damaged.
   *
   * @param where what is read
   * @throws DataException if reading runs out of the bounds that the file itself sets
   */
  public static <T> T guard(String where, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (EOFException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | NegativeArraySizeException
        | ArithmeticException
        | NullPointerException e) {
      // Decoders of metadata give null for what a file must say but does not.
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      DataException damaged = new DataException(where + " is damaged: " + reason);
      damaged.initCause(e);
      throw damaged;
    }
  }
}
