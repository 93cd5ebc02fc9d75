package dev.mlstack.core.store;

import dev.mlstack.core.store.PackFormat.Footer;
import dev.mlstack.core.store.PackFormat.Prefix;
import dev.mlstack.store.StoredObject;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes one pack: objects go to a temporary file as they come, and become a pack all at once. Not
 * safe for use by several threads at once.
 */
final class PackWriter implements Closeable {

  private static final int BUFFER = 1 << 16;

  private final Path temporary;
  private final FileOutputStream file;
  private final OutputStream out;
  private final List<Pack.Entry> entries = new ArrayList<>();
  private long position;
  private boolean patches;

  /** Begins a pack in a temporary file. */
  PackWriter(Path temporary) throws IOException {
    this.temporary = temporary;
    // Not a channel: an interrupt would close it.
    this.file = new FileOutputStream(temporary.toFile());
    this.out = new BufferedOutputStream(file, BUFFER);
    write(PackFormat.MAGIC);
  }

  /** Adds an object, which must not have been added before. */
  void append(StoredObject object) throws IOException {
    Prefix prefix = Prefix.of(object.header(), object.payloadSize());
    out.write(prefix.toBytes());
    object.transferTo(out);
    added(object, prefix);
  }

  /** Adds an object, which must not have been added before, as a patch of another. */
  void append(StoredObject object, StoredPatch patch) throws IOException {
    byte[] header = object.header();
    byte[] payload = patch.toBytes();
    Prefix prefix = Prefix.of(PackFormat.PATCH, header, payload.length);
    out.write(prefix.toBytes());
    out.write(header);
    out.write(payload);
    patches = true;
    added(object, prefix);
  }

  private void added(StoredObject object, Prefix prefix) {
    int length = Math.toIntExact(prefix.recordLength());
    boolean isPatch = prefix.codec() == PackFormat.PATCH;
    entries.add(new Pack.Entry(object.digest(), position, length, isPatch));
    position += length;
  }

  /** Returns how many objects were added. */
  int size() {
    return entries.size();
  }

  /** Returns how many bytes were written. */
  long bytes() {
    return position;
  }

  /**
   * Makes a pack of what was added: durable, and complete as soon as others can see it.
   *
   * @param packs the directory of the pack
   * @param created when the youngest object was stored, in milliseconds since 1970
   */
  Pack publish(Path packs, long created) throws IOException {
    entries.sort(Comparator.comparing(Pack.Entry::digest));
    Footer footer = new Footer(position, entries.size(), created);
    write(footer.toBytes(writeIndex(), patches));
    out.flush();
    file.getFD().sync();
    out.close();
    Path pack = packs.resolve(Disk.newName() + PackFormat.SUFFIX);
    Files.move(temporary, pack, StandardCopyOption.ATOMIC_MOVE);
    Disk.force(packs);
    return Pack.of(pack, created, null, entries);
  }

  /** Returns the checksum of the index so far. */
  private CRC32C writeIndex() throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(PackFormat.ENTRY_BYTES);
    for (Pack.Entry entry : entries) {
      bytes.clear().put(entry.digest().toBytes()).putLong(entry.offset());
      bytes.putInt(entry.codedLength());
      checksum.update(bytes.array());
      write(bytes.array());
    }
    return checksum;
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  /** Frees the file and, if it did not become a pack, deletes it. */
  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
