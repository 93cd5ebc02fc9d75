package dev.mlstack.core.store;

import dev.mlstack.core.store.PackFormat.Prefix;
import dev.mlstack.core.store.PackTable.Place;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Edge;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads objects from packs and verifies them. Safe for use by several threads. */
final class PackReader {

  private static final int USUAL_HEADER = 1 << 10;

  private final PackChannels channels;
  private final PackCatalog catalog;

  /**
   * Creates a reader.
   *
   * @param catalog where the bases of patches are looked for
   */
  PackReader(PackChannels channels, PackCatalog catalog) {
    this.channels = channels;
    this.catalog = catalog;
  }

  /**
   * Returns an object, wherever it is; null if it is nowhere.
   *
   * @throws CorruptObjectException if the bytes there have another digest
   */
  @Nullable StoredObject find(Digest digest) throws IOException {
    return find(digest, StoredPatch.MAX_DEPTH);
  }

  private @Nullable StoredObject find(Digest digest, int depth) throws IOException {
    for (Place place = catalog.search(digest); place != null; place = catalog.search(digest)) {
      try {
        return read(place, depth);
      } catch (NoSuchFileException e) {
        catalog.vanished(place.pack()); // Collected; another pack may have the object now.
      } catch (CorruptObjectException e) {
        // The base of a patch may be collected as soon as another pack has the object in full.
        catalog.refresh();
        if (place.equals(catalog.find(digest))) {
          throw e;
        }
      }
    }
    return null;
  }

  /**
   * Returns an object.
   *
   * @throws CorruptObjectException if the bytes there have another digest
   * @throws NoSuchFileException if the pack was deleted meanwhile
   */
  StoredObject read(Place place) throws IOException {
    return read(place, StoredPatch.MAX_DEPTH);
  }

  private StoredObject read(Place place, int depth) throws IOException {
    Pack.Entry entry = place.entry();
    Path file = place.pack().file();
    try {
      Prefix prefix = Prefix.read(channels.read(file, entry.offset(), PackFormat.PREFIX_BYTES));
      requireKnown(prefix, place);
      long start = entry.offset() + PackFormat.PREFIX_BYTES;
      ByteBuffer bytes = channels.read(file, start, entry.length() - PackFormat.PREFIX_BYTES);
      StoredObject object =
          prefix.codec() == PackFormat.PATCH
              ? patched(prefix, bytes, place, depth)
              : StoredObject.decode(bytes.array());
      if (object.digest().equals(entry.digest())) {
        return object;
      }
    } catch (EOFException | IllegalArgumentException e) {
      throw new CorruptObjectException(entry.digest(), where(place));
    }
    throw new CorruptObjectException(entry.digest(), where(place));
  }

  private StoredObject patched(Prefix prefix, ByteBuffer bytes, Place place, int depth)
      throws IOException {
    byte[] header = header(place, prefix, bytes);
    StoredPatch patch = StoredPatch.read(bytes);
    StoredObject base;
    try {
      base = depth == 0 ? null : find(patch.base(), depth - 1);
    } catch (CorruptObjectException e) {
      base = null;
    }
    if (base == null) {
      throw new CorruptObjectException(
          place.entry().digest(),
          where(place) + ", a patch of object " + patch.base() + ", which is missing or damaged,");
    }
    return patch.applyTo(header, base);
  }

  /**
   * Reads the patch as which an object is stored.
   *
   * @throws CorruptObjectException if it is not what was written there
   */
  StoredPatch patch(Place place) throws IOException {
    Pack.Entry entry = place.entry();
    try {
      ByteBuffer bytes = channels.read(place.pack().file(), entry.offset(), entry.length());
      Prefix prefix = Prefix.read(bytes);
      if (prefix.codec() == PackFormat.PATCH && prefix.fits(header(place, prefix, bytes))) {
        return StoredPatch.read(bytes);
      }
    } catch (EOFException | IllegalArgumentException e) {
      throw new CorruptObjectException(entry.digest(), where(place));
    }
    throw new CorruptObjectException(entry.digest(), where(place));
  }

  /**
   * Reads what stands before an object, and checks it.
   *
   * @throws CorruptObjectException if it is not what was written there
   */
  List<Edge> edges(Place place) throws IOException {
    Pack.Entry entry = place.entry();
    int guess = Math.min(PackFormat.PREFIX_BYTES + USUAL_HEADER, entry.length());
    try {
      ByteBuffer bytes = channels.read(place.pack().file(), entry.offset(), guess);
      Prefix prefix = Prefix.read(bytes);
      requireKnown(prefix, place);
      if (prefix.recordLength() == entry.length() && prefix.headerLength() > 0) {
        byte[] header = header(place, prefix, bytes);
        if (prefix.fits(header)) {
          return StoredObject.decode(header).edges();
        }
      }
    } catch (EOFException | IllegalArgumentException e) {
      throw new CorruptObjectException(entry.digest(), where(place));
    }
    throw new CorruptObjectException(entry.digest(), where(place));
  }

  private byte[] header(Place place, Prefix prefix, ByteBuffer bytes) throws IOException {
    ByteBuffer source = bytes;
    if (source.remaining() < prefix.headerLength()) {
      long start = place.entry().offset() + PackFormat.PREFIX_BYTES;
      source = channels.read(place.pack().file(), start, prefix.headerLength());
    }
    if (prefix.headerLength() < 0 || prefix.headerLength() > source.remaining()) {
      throw new IllegalArgumentException("a header is cut short");
    }
    byte[] header = new byte[prefix.headerLength()];
    source.get(header);
    return header;
  }

  private static void requireKnown(Prefix prefix, Place place) {
    if (!prefix.isKnown()) {
      throw new StoreException(
          "object "
              + place.entry().digest()
              + " at "
              + where(place)
              + " has codec "
              + prefix.codec()
              + ", which this version of mlstack does not know; use a later version, or restore the"
              + " file from a copy of the store");
    }
  }

  /** Returns the file and the offset of an object, for people. */
  static String where(Place place) {
    return place.pack().file() + ", byte " + place.entry().offset();
  }
}
