package dev.mlstack.s3;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies of blocks and indexes of packs in a directory of the local disk, which several processes
 * may share. Packs never change, so a copy is never out of date. Copies are written aside and moved
 * into place; they are not forced to the disk and not trusted: whoever reads them verifies them,
 * and drops what is damaged. A disk that fails or is full costs time and nothing else.
 *
 * <p>When copies have more bytes than the limit, those go that were not used for longest, as far as
 * the hour.
 */
final class BlockCache {

  /** The bytes of a block, 1 MiB: what is read at once, however small the object. */
  static final int BLOCK = 1 << 20;

  private static final String TEMPORARY = ".tmp";
  private static final Duration GRAIN = Duration.ofHours(1);

  private final Path directory;
  private final long limit;
  private final AtomicLong written = new AtomicLong();

  /**
   * Opens a cache.
   *
   * @param limit how many bytes copies may have, about
   * @throws IOException if the directory cannot be created
   */
  BlockCache(Path directory, long limit) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.limit = limit;
    trim();
  }

  /** Returns the name of a block of a pack. */
  static String block(String pack, long number) {
    return pack + "-" + number + ".block";
  }

  /** Returns the name of the index of a pack. */
  static String index(String pack) {
    return pack + ".index";
  }

  /** Tells whether there is a copy, which may be damaged. */
  boolean has(String name) {
    return Files.exists(directory.resolve(name));
  }

  /** Returns a copy, if there is one of the given length. */
  Optional<byte[]> read(String name, int length) {
    Path file = directory.resolve(name);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.size() != length) {
        return Optional.empty();
      }
      Instant now = Instant.now();
      if (attributes.lastModifiedTime().toInstant().isBefore(now.minus(GRAIN))) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
      return Optional.of(Files.readAllBytes(file)).filter(bytes -> bytes.length == length);
    } catch (IOException e) {
      return Optional.empty(); // It is not there, or as good as that.
    }
  }

  /** Returns a copy of any length, if there is one. */
  Optional<byte[]> readAll(String name) {
    try {
      return Optional.of(Files.readAllBytes(directory.resolve(name)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Keeps a copy, if possible. */
  void write(String name, byte[] bytes) {
    Path temporary = directory.resolve(UUID.randomUUID() + TEMPORARY);
    try {
      try {
        Files.write(temporary, bytes);
        Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      return; // It will be fetched again.
    }
    if (written.addAndGet(bytes.length) > limit / 8) {
      trim();
    }
  }

  /** Keeps copies of all blocks of a pack. */
  void write(String pack, byte[] bytes, int length) {
    for (int from = 0; from < length; from += BLOCK) {
      write(
          block(pack, from / BLOCK),
          Arrays.copyOfRange(bytes, from, Math.min(from + BLOCK, length)));
    }
  }

  /** Drops a copy. */
  void drop(String name) {
    try {
      Files.deleteIfExists(directory.resolve(name));
    } catch (IOException e) {
      return; // Whoever reads it will find it damaged again.
    }
  }

  /** Drops all copies of a pack that is gone: what is erased in the bucket must be so here too. */
  void drop(String pack, long bytes) {
    drop(index(pack));
    for (long from = 0; from < bytes; from += BLOCK) {
      drop(block(pack, from / BLOCK));
    }
  }

  private record Copy(Path file, long bytes, Instant used) {}

  /** Deletes what is too much, down to three quarters of the limit. */
  private synchronized void trim() {
    written.set(0);
    try {
      List<Copy> copies = copies();
      long total = copies.stream().mapToLong(Copy::bytes).sum();
      if (total <= limit) {
        return;
      }
      copies.sort(Comparator.comparing(Copy::used));
      for (Copy copy : copies) {
        if (total <= limit / 4 * 3) {
          return;
        }
        Files.deleteIfExists(copy.file());
        total -= copy.bytes();
      }
    } catch (IOException e) {
      return; // Another process may be doing the same.
    }
  }

  /** Returns the copies; what processes left that died while they wrote is deleted. */
  private List<Copy> copies() throws IOException {
    List<Copy> copies = new ArrayList<>();
    Instant old = Instant.now().minus(GRAIN);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        BasicFileAttributes attributes;
        try {
          attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
          continue; // Gone since.
        }
        Instant used = attributes.lastModifiedTime().toInstant();
        if (!String.valueOf(file.getFileName()).endsWith(TEMPORARY)) {
          copies.add(new Copy(file, attributes.size(), used));
        } else if (used.isBefore(old)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return copies;
  }
}
