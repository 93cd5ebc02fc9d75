package dev.mlstack.track;

import dev.mlstack.compute.Execution;
import dev.mlstack.run.RunId;
import dev.mlstack.run.RunStatus;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Refs;
import dev.mlstack.track.environment.EnvironmentOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps runs in a SQLite file, and seals those that end into records.
 *
 * <p>Several processes may use one file at once, if it is on a disk of their machine. Logging puts
 * an entry into a queue of 65,536 and returns; it waits only if the queue is full. One thread
 * writes what is queued about ten times a second, all in one transaction. What {@link
 * dev.mlstack.run.Run#flush()} acknowledges survives the death of the process and of the machine;
 * of the rest, what is older than about a tenth of a second survives the death of the process.
 *
 * <p>If the disk is full or the file locked, nothing is lost at first: a flush fails, entries stay
 * in the queue, and the writer tries again each second. Only when the queue is full, too, logging
 * throws.
 *
 * <p>Runs of a process that has died are ended as killed by who opens the file next: at once if the
 * operating system knows that the process is gone, and after a minute without a sign of life if it
 * cannot tell, because the process ran in another container. They are sealed with what had reached
 * the file.
 *
 * <p>The file may be deleted while nobody has it open and no run is under way: runs that were
 * sealed are read again from objects and refs. The journal of runs under way is in the file only.
 * Runs that another tracker, on another file, has sealed into the same store are known after a
 * {@link #rebuild}.
 *
 * <p>Owns the file's connections and a thread that writes; the store and the refs stay the
 * caller's, and are closed after the tracker.
 */
public final class SqliteTracker extends JournalTracker {

  private SqliteTracker(
      String name,
      SqliteJournal journal,
      ObjectStore store,
      Refs refs,
      EnvironmentOptions options) {
    super(name, journal, store, refs, options);
  }

  /**
   * Opens a tracker whose records tell nothing of people.
   *
   * @param file where runs are kept; created if it does not exist
   * @param store keeps the records
   * @param refs keeps what points to them
   * @throws IOException if the file cannot be opened, is something else, or was written by a newer
   *     version
   */
  public static SqliteTracker open(Path file, ObjectStore store, Refs refs) throws IOException {
    return open(file, store, refs, EnvironmentOptions.defaults());
  }

  /**
   * Opens a tracker. If the file is new, the runs that were sealed into the store are read; one
   * whose objects are damaged is left out, and {@link #rebuild} names it.
   *
   * @param file where runs are kept; created if it does not exist
   * @param store keeps the records
   * @param refs keeps what points to them
   * @param options what the records of runs may tell of the environment
   * @throws IOException if the file cannot be opened, is something else, or was written by a newer
   *     version
   */
  public static SqliteTracker open(
      Path file, ObjectStore store, Refs refs, EnvironmentOptions options) throws IOException {
    SqliteJournal journal = SqliteJournal.open(file, ProcessIdentity.current());
    try {
      SqliteTracker tracker =
          new SqliteTracker(String.valueOf(file.getFileName()), journal, store, refs, options);
      if (journal.created()) {
        tracker.rebuild(Execution.here());
      }
      tracker.endOrphans();
      tracker.startWriting();
      return tracker;
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /**
   * Ends the runs of processes that have died as {@link RunStatus#KILLED}. Opening a tracker does
   * this by itself; a process that keeps one open for long may do it from time to time.
   *
   * @return the runs that were ended
   */
  public List<RunId> recover() {
    return endOrphans();
  }
}
