package dev.mlstack.data.ipc;

import dev.mlstack.data.columnar.ColumnType;
import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.RawColumn;
import dev.mlstack.data.ipc.Layout.Around;
import dev.mlstack.data.ipc.Layout.Form;
import dev.mlstack.data.ipc.Layout.Level;
import dev.mlstack.data.ipc.Layout.Place;
import java.io.IOException;

/** Reads the values of a column from the buffers of a batch. */
final class ColumnDecoder {

  private static final int VIEW_BYTES = 16;
  private static final int INLINE_BYTES = 12;

  private final Layout layout;
  private final Buffers buffers;
  private final int from;
  private final int rows;
  private final RawColumn to;

  private ColumnDecoder(Layout layout, Buffers buffers, long from, int rows, RawColumn to) {
    this.layout = layout;
    this.buffers = buffers;
    this.from = Math.toIntExact(from);
    this.rows = rows;
    this.to = to;
  }

  /**
   * Reads some rows, without looking up what is an index into a dictionary.
   *
   * @param type the type of the values, or of the indexes
   */
  static void decode(
      Layout layout, ColumnType type, Buffers buffers, long from, int rows, RawColumn to)
      throws IOException {
    if (from + rows > buffers.rows()) {
      throw new IllegalArgumentException("a batch has " + buffers.rows() + " rows");
    }
    if (layout.form() == Form.FIXED && type.width() >= 0) {
      // Before room is made for what may not be there.
      long bytes = Math.multiplyExact(from + rows, (long) type.width());
      if (bytes > buffers.length(layout.buffer().plus(1))) {
        throw new IllegalArgumentException(
            buffers.rows() + " values of " + type.width() + " bytes are not all there");
      }
    }
    to.start(rows, type.width());
    new ColumnDecoder(layout, buffers, from, rows, to).decode(type);
  }

  private void decode(ColumnType type) throws IOException {
    if (layout.form() == Form.NOTHING) {
      return;
    }
    to.setPresent(0, rows);
    int listed = maskAround();
    if (type instanceof ColumnType.Numbers numbers) {
      Level list = layout.around().get(layout.around().size() - 1);
      readLists(list, numbers.bits() / Byte.SIZE);
    } else if (type instanceof ColumnType.Tensor) {
      requirePresent(layout.buffer(), listed);
      readFixed(type.width());
    } else {
      if (buffers.hasNulls(layout.node())) {
        mask(layout.buffer());
      }
      readValues(type);
    }
  }

  /**
   * Takes away the rows where something around the column is missing.
   *
   * @return how many values a row has
   */
  private int maskAround() throws IOException {
    int size = 1;
    boolean inList = false;
    for (Level level : layout.around()) {
      if (inList) {
        requirePresent(level.buffer(), size);
      } else {
        mask(level.buffer());
      }
      if (level.what() == Around.FIXED_LIST) {
        inList = true;
        size = Math.multiplyExact(size, level.size());
      }
    }
    return size;
  }

  private void readValues(ColumnType type) throws IOException {
    switch (layout.form()) {
      case BITS -> readBits();
      case OFFSETS -> readTexts(layout.buffer().plus(1), Integer.BYTES);
      case LARGE_OFFSETS -> readTexts(layout.buffer().plus(1), Long.BYTES);
      case VIEWS -> readViews();
      default -> readFixed(type.width());
    }
  }

  /** Returns some bits of a buffer, moved so that the first is the lowest of the first byte. */
  private byte[] bits(Place place, long first, int count) throws IOException {
    int shift = (int) (first & 7);
    byte[] bits = new byte[(shift + count + 7) / 8 + 1];
    buffers.read(place, first >> 3, bits, 0, (shift + count + 7) / 8);
    for (int i = 0; shift > 0 && i < bits.length - 1; i++) {
      bits[i] = (byte) ((bits[i] & 0xFF) >>> shift | bits[i + 1] << (8 - shift));
    }
    return bits;
  }

  private static boolean isSet(byte[] bits, int index) {
    return (bits[index >> 3] >> (index & 7) & 1) != 0;
  }

  /** Takes away the rows that a validity says have no value. */
  private void mask(Place place) throws IOException {
    if (buffers.length(place) == 0) {
      return;
    }
    byte[] bits = bits(place, from, rows);
    byte[] validity = to.validity();
    for (int i = 0; i < (rows + 7) / 8; i++) {
      validity[i] &= bits[i];
    }
  }

  /** Marks rows in whose lists something is missing. */
  private void requirePresent(Place place, int each) throws IOException {
    if (buffers.length(place) == 0) {
      return;
    }
    byte[] bits = bits(place, (long) from * each, Math.multiplyExact(rows, each));
    for (int row = 0; row < rows; row++) {
      for (int i = 0; to.isPresent(row) && i < each; i++) {
        if (!isSet(bits, row * each + i)) {
          to.setFlaw(row, "a number of a list is missing");
        }
      }
    }
  }

  private void readFixed(int width) throws IOException {
    int bytes = Math.multiplyExact(rows, width);
    buffers.read(layout.buffer().plus(1), (long) from * width, to.values(), 0, bytes);
  }

  private void readBits() throws IOException {
    byte[] bits = bits(layout.buffer().plus(1), from, rows);
    for (int row = 0; row < rows; row++) {
      to.values()[row] = (byte) (isSet(bits, row) ? 1 : 0);
    }
  }

  /**
   * Reads offsets, shifted so that the first is 0.
   *
   * @param width how many bytes an offset has
   * @param each how many bytes an offset stands for
   * @return the first
   */
  private long readOffsets(Place place, int width, int each) throws IOException {
    byte[] bytes = new byte[Math.multiplyExact(rows + 1, width)];
    if (buffers.length(place) == 0 && buffers.rows() == 0) {
      return 0;
    }
    buffers.read(place, (long) from * width, bytes, 0, bytes.length);
    long first = LittleEndian.whole(bytes, 0, width);
    long last = first;
    for (int i = 0; i <= rows; i++) {
      long offset = LittleEndian.whole(bytes, i * width, width);
      if (offset < last || offset - first > RawColumn.MAX_BYTES / each) {
        throw new IllegalArgumentException("offset " + offset + " stands behind " + last);
      }
      last = offset;
      to.offsets()[i] = (int) (offset - first) * each;
    }
    return first;
  }

  private void readTexts(Place place, int width) throws IOException {
    long first = readOffsets(place, width, 1);
    int length = to.offsets()[rows];
    requireBytes(place.plus(1), first + length);
    buffers.read(place.plus(1), first, to.reserve(length), 0, length);
  }

  private void requireBytes(Place place, long bytes) throws IOException {
    if (bytes > buffers.length(place)) {
      throw new IllegalArgumentException("offsets point behind the end of the values");
    }
  }

  private void readLists(Level list, int width) throws IOException {
    int offsetWidth = list.what() == Around.LIST ? Integer.BYTES : Long.BYTES;
    long first = readOffsets(list.buffer().plus(1), offsetWidth, width);
    int length = to.offsets()[rows];
    requireBytes(layout.buffer().plus(1), first * width + length);
    buffers.read(layout.buffer().plus(1), first * width, to.reserve(length), 0, length);
    if (buffers.length(layout.buffer()) > 0) {
      byte[] bits = bits(layout.buffer(), first, length / width);
      for (int row = 0; row < rows; row++) {
        for (int at = to.offsets()[row]; at < to.offsets()[row + 1]; at += width) {
          if (to.isPresent(row) && !isSet(bits, at / width)) {
            to.setFlaw(row, "a number of a list is missing");
          }
        }
      }
    }
  }

  private void readViews() throws IOException {
    byte[] views = new byte[Math.multiplyExact(rows, VIEW_BYTES)];
    Place place = layout.buffer();
    buffers.read(place.plus(1), (long) from * VIEW_BYTES, views, 0, views.length);
    int end = 0;
    to.offsets()[0] = 0;
    for (int row = 0; row < rows; row++) {
      if (to.isPresent(row)) {
        end = readView(views, row * VIEW_BYTES, end);
      }
      to.offsets()[row + 1] = end;
    }
  }

  private int readView(byte[] views, int at, int end) throws IOException {
    int length = LittleEndian.int32(views, at);
    if (length < 0) {
      throw new IllegalArgumentException("a text has " + length + " bytes");
    }
    byte[] values = to.reserve((long) end + length);
    if (length <= INLINE_BYTES) {
      System.arraycopy(views, at + Integer.BYTES, values, end, length);
      return end + length;
    }
    int buffer = LittleEndian.int32(views, at + 2 * Integer.BYTES);
    if (buffer < 0 || buffer >= buffers.viewBuffers(layout.buffer().views())) {
      throw new IllegalArgumentException("there is no buffer " + buffer + " of texts");
    }
    long offset = LittleEndian.int32(views, at + 3 * Integer.BYTES);
    buffers.read(layout.buffer().plus(2 + buffer), offset, values, end, length);
    return end + length;
  }
}
