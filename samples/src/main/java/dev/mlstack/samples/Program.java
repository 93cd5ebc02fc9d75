package dev.mlstack.samples;

import dev.mlstack.store.StoreException;
import dev.mlstack.table.DataException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;

/** A program for the command line: what it cannot do, it says in one sentence. */
interface Program {

  /** Does what the program is for. */
  void run() throws IOException;

  /**
   * Runs a program.
   *
   * @param errors where to say what is wrong with what it was given
   * @return the exit code: 0 if it ended well, 1 if something is wrong with what it was given
   */
  static int run(Program program, PrintStream errors) {
    try {
      program.run();
      return 0;
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | DataException
        | StoreException e) {
      errors.println();
      errors.println(sentence(e));
      return 1;
    }
  }

  /** Returns what is wrong; an error that has no words of its own gets its name before it. */
  private static String sentence(Exception e) {
    boolean isBare =
        e.getMessage() == null || (e instanceof FileSystemException f && f.getReason() == null);
    return isBare ? e.toString() : String.valueOf(e.getMessage());
  }
}
