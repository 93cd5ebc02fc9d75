package dev.mlstack.core.store;

import dev.mlstack.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Damages the files of a store. */
final class Damage {

  private Damage() {}

  /** Returns the pack that has an object. */
  static Path packOf(Path directory, Digest digest) throws IOException {
    for (Path file : Samples.files(directory, "packs")) {
      if (PackLoader.load(file).digests().contains(digest)) {
        return file;
      }
    }
    throw new AssertionError("no pack has " + digest);
  }

  /** Flips bits of one byte of the record of an object. */
  static void flip(Path directory, Digest digest, int position) throws IOException {
    Path file = packOf(directory, digest);
    Pack pack = PackLoader.load(file);
    long offset = pack.entry(pack.digests().indexOf(digest)).offset();
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) offset + position] ^= 0x11;
    Files.write(file, bytes);
  }
}
