package dev.mlstack.core.store;

import dev.mlstack.store.StoreException;
import dev.mlstack.store.VersionedName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The directory of a store, and what one who opened it has of it. The parts do the work; they are
 * described where they are.
 *
 * @param root the directory
 * @param presence proof that this one is there
 * @param condemned the packs that are about to go
 * @param channels the open files
 * @param catalog the packs
 * @param reader reads objects from packs
 * @param clock tells how old packs are
 */
record StoreDirectory(
    Path root,
    Presence presence,
    Condemned condemned,
    PackChannels channels,
    PackCatalog catalog,
    PackReader reader,
    InstantSource clock) {

  private static final VersionedName FORMAT = new VersionedName("store", 1);
  private static final String MARKER = "store.json";
  private static final String PACKS = "packs";
  private static final String CONDEMNED = "condemned";
  private static final String TEMPORARY = "tmp";
  private static final String LEASES = "leases";

  /** Where all who opened a directory keep their lock files. */
  static final String LIVE = "live";

  /** Opens a directory, creates what is missing, and clears away what the dead have left. */
  static StoreDirectory open(Path directory, InstantSource clock) throws IOException {
    Path root = directory.toAbsolutePath();
    Disk.requireDirectory(root);
    for (String part : new String[] {PACKS, CONDEMNED, TEMPORARY, LEASES, LIVE}) {
      Disk.requireDirectory(root.resolve(part));
    }
    FormatMarker.require(root, MARKER, FORMAT);
    Presence presence = new Presence(root.resolve(LIVE));
    presence.clear(root.resolve(TEMPORARY), root.resolve(LEASES), root.resolve(LIVE));
    Condemned condemned = new Condemned(root.resolve(CONDEMNED));
    PackChannels channels = new PackChannels();
    PackCatalog catalog = new PackCatalog(root.resolve(PACKS), condemned, channels);
    catalog.refresh();
    return new StoreDirectory(
        root, presence, condemned, channels, catalog, new PackReader(channels, catalog), clock);
  }

  /** Returns the directory of the packs. */
  Path packs() {
    return root.resolve(PACKS);
  }

  /** Returns the directory of the leases. */
  Path leases() {
    return root.resolve(LEASES);
  }

  /** Returns the directory of the lock files. */
  Path live() {
    return root.resolve(LIVE);
  }

  /** Begins a pack. */
  PackWriter newPack() throws IOException {
    return new PackWriter(presence.newFile(root.resolve(TEMPORARY), PackFormat.SUFFIX));
  }

  /** Begins a lease. */
  Lease newLease() throws IOException {
    return new Lease(presence.newFile(leases(), Lease.SUFFIX));
  }

  /** Makes a pack of what was written, and takes note of it. */
  Pack publish(PackWriter writer, long created) throws IOException {
    Pack pack = writer.publish(packs(), created);
    catalog.add(pack);
    return pack;
  }

  /** Clears away what the dead have left. */
  void clear() {
    presence.clear(root.resolve(TEMPORARY), leases(), live());
  }

  /** Returns the exception for a failure of the disk. */
  StoreException failure(String what, IOException cause) {
    return Disk.failure(what + " the store at " + root, root, cause);
  }
}
