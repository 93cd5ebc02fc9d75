package dev.mlstack.core.store;

import dev.mlstack.core.store.PackFormat.Prefix;
import dev.mlstack.core.store.PackTable.Place;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Edge;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Reads objects from packs and verifies them. Safe for use by several threads. */
final class PackReader {

  private static final int USUAL_HEADER = 1 << 10;

  private final PackChannels channels;

  PackReader(PackChannels channels) {
    this.channels = channels;
  }

  /**
   * Returns an object.
   *
   * @throws CorruptObjectException if the bytes there have another digest
   * @throws java.nio.file.NoSuchFileException if the pack was deleted meanwhile
   */
  StoredObject read(Place place) throws IOException {
    Pack.Entry entry = place.entry();
    Path file = place.pack().file();
    try {
      Prefix prefix = Prefix.read(channels.read(file, entry.offset(), PackFormat.PREFIX_BYTES));
      requireKnown(prefix, place);
      long start = entry.offset() + PackFormat.PREFIX_BYTES;
      int length = entry.length() - PackFormat.PREFIX_BYTES;
      StoredObject object = StoredObject.decode(channels.read(file, start, length).array());
      if (object.digest().equals(entry.digest())) {
        return object;
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
    byte[] header = new byte[prefix.headerLength()];
    source.get(header);
    return header;
  }

  private static void requireKnown(Prefix prefix, Place place) {
    if (prefix.codec() != PackFormat.PLAIN) {
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
