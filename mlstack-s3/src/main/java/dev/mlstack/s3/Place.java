package dev.mlstack.s3;

import dev.mlstack.s3.PackIndex.Entry;

/**
 * Where an object is.
 *
 * @param pack the pack that has it
 * @param entry its entry in the index of the pack
 */
record Place(PackIndex pack, Entry entry) {

  /** Returns the key of the pack. */
  String key() {
    return PackBuilder.PACKS + pack.name();
  }
}
