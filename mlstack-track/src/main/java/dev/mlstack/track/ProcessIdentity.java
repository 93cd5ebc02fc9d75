package dev.mlstack.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Which process something belongs to, so that another one can tell whether it still lives.
 *
 * @param machine within which process ids mean something: on Linux the boot of the kernel and the
 *     namespace of processes, because containers number theirs apart
 * @param pid the id of the process
 * @param born when it was started, because ids are given again: on Linux in ticks since the machine
 *     was, which no change of the clock touches, elsewhere in milliseconds since 1970
 */
record ProcessIdentity(String machine, long pid, long born) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  /** Where in the line that Linux has on a process its start stands, behind its name. */
  private static final int START_FIELD = 20;

  /** Returns the identity of this process. */
  static ProcessIdentity current() {
    return of(ProcessHandle.current());
  }

  /** Returns the identity of a process of this machine. */
  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(machineOfThis(), process.pid(), born(process));
  }

  private static String machineOfThis() {
    try {
      return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(NAMESPACE);
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux: there is one namespace, and the file is on a disk of this machine.
      return "this machine";
    }
  }

  private static long born(ProcessHandle process) {
    try {
      String line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      String behindName = line.substring(line.lastIndexOf(')') + 1);
      return Long.parseLong(behindName.split(" ", /* limit= */ -1)[START_FIELD]);
    } catch (IOException e) {
      return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
  }

  /** Tells whether this process can tell whether that one lives. */
  boolean isNeighbourOf(ProcessIdentity other) {
    return machine.equals(other.machine);
  }

  /** Tells whether a process of this machine lives. */
  boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> born(process) == born)
        .isPresent();
  }
}
