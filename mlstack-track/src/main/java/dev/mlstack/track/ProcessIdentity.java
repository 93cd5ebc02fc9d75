package dev.mlstack.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process something belongs to, so that another one can tell whether it still lives.
 *
 * @param machine within which process ids mean something: on Linux the boot of the kernel and the
 *     namespace of processes, because containers number theirs apart
 * @param pid the id of the process
 * @param born when it was started, in milliseconds since 1970: ids are given again
 */
record ProcessIdentity(String machine, long pid, long born) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  /** Linux reckons the start of a process from that of the machine, which it knows to a second. */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  /** Returns the identity of this process. */
  static ProcessIdentity current() {
    ProcessHandle process = ProcessHandle.current();
    return new ProcessIdentity(machineOfThis(), process.pid(), born(process).orElse(0L));
  }

  private static String machineOfThis() {
    try {
      return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(NAMESPACE);
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux: there is one namespace, and the file is on a disk of this machine.
      return "this machine";
    }
  }

  private static Optional<Long> born(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli);
  }

  /** Tells whether this process can tell whether that one lives. */
  boolean isNeighbourOf(ProcessIdentity other) {
    return machine.equals(other.machine);
  }

  /** Tells whether a process of this machine lives. */
  boolean isAlive() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.isPresent()
        && process
            .flatMap(ProcessIdentity::born)
            .map(start -> Math.abs(start - born) <= TOLERANCE.toMillis())
            .orElse(true);
  }
}
