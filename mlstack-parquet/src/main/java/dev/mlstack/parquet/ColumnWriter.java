package dev.mlstack.parquet;

import dev.mlstack.data.columnar.LittleEndian;
import dev.mlstack.data.columnar.Zstandard;
import dev.mlstack.data.write.ColumnBytes;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.table.CategoryColumn;
import dev.mlstack.table.ColumnData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * Writes the pages of one column, one for each table, and collects them until the row group ends.
 * For use by one thread at a time.
 */
final class ColumnWriter {

  private static final int ZSTD_LEVEL = 1;

  private final Field field;
  private final CompressionCodec codec;
  private final ColumnBytes column = new ColumnBytes();
  private final PageBytes page = new PageBytes();
  private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
  private int[] numbers = {};
  private @Nullable WordIndex words;
  private Bounds bounds = new Bounds();
  private long values;
  private long plainBytes;
  private boolean dictionaryPages;
  private boolean plainPages;

  ColumnWriter(Field field, CompressionCodec codec) {
    this.field = field;
    this.codec = codec;
    start();
  }

  /** Begins a row group. */
  private void start() {
    FieldType type = field.type();
    boolean texts = type instanceof FieldType.Text || type instanceof FieldType.Category;
    words = texts ? new WordIndex() : null;
    bounds = new Bounds();
    pages.reset();
    values = 0;
    plainBytes = 0;
    dictionaryPages = false;
    plainPages = false;
  }

  /** Adds a page with the values of a table. */
  void add(ColumnData data) throws IOException {
    if (data.rows() == 0) {
      return;
    }
    column.take(data);
    page.clear();
    bounds.addNulls(column.nulls());
    if (field.type() instanceof FieldType.Tensor tensor) {
      addLists(tensor.size());
      return;
    }
    if (field.nullable()) {
      putLevels();
    }
    Encoding encoding = Encoding.PLAIN;
    if (data instanceof CategoryColumn categories) {
      encoding = putCategories(categories);
    } else if (field.type() instanceof FieldType.Text) {
      encoding = putTexts();
    } else if (field.type() instanceof FieldType.Bool) {
      putFlags();
    } else {
      putNumbers();
    }
    endPage(column.rows(), encoding);
  }

  /** Appends definition levels: 1 where there is a value. */
  private void putLevels() {
    int length = page.length();
    page.putInt(0);
    if (column.nulls() == 0) {
      page.putRun(1, column.rows(), 1);
    } else {
      // The bits of the validity are packed levels of one bit already.
      int groups = (column.rows() + 7) / 8;
      page.putVarint((long) groups << 1 | 1);
      page.put(column.validity(), 0, groups);
    }
    page.putIntAt(length, page.length() - length - Integer.BYTES);
  }

  private void putFlags() {
    byte[] flags = column.values();
    int bits = 0;
    int buffer = 0;
    for (int row = 0; row < column.rows(); row++) {
      if (column.isPresent(row)) {
        bounds.add((long) flags[row]);
        buffer |= flags[row] << bits;
        if (++bits == Byte.SIZE) {
          page.putByte(buffer);
          bits = 0;
          buffer = 0;
        }
      }
    }
    if (bits > 0) {
      page.putByte(buffer);
    }
  }

  private void putNumbers() {
    int width = ColumnBytes.width(field.type());
    boolean real = field.type() instanceof FieldType.Real;
    byte[] bytes = column.values();
    for (int row = 0; row < column.rows(); row++) {
      if (column.isPresent(row)) {
        if (real) {
          bounds.add(LittleEndian.real(bytes, row * width, width));
        } else {
          bounds.add(LittleEndian.whole(bytes, row * width, width));
        }
      }
    }
    if (width < Integer.BYTES) {
      for (int row = 0; row < column.rows(); row++) {
        if (column.isPresent(row)) {
          page.putInt((int) LittleEndian.whole(bytes, row * width, width));
        }
      }
    } else if (column.nulls() == 0) {
      page.put(bytes, 0, column.rows() * width);
    } else {
      for (int row = 0; row < column.rows(); row++) {
        if (column.isPresent(row)) {
          page.put(bytes, row * width, width);
        }
      }
    }
  }

  private Encoding putTexts() {
    byte[] bytes = column.values();
    int[] offsets = column.offsets();
    room(column.rows());
    int count = 0;
    WordIndex index = words;
    boolean numbered = index != null;
    for (int row = 0; row < column.rows(); row++) {
      if (column.isPresent(row)) {
        int length = offsets[row + 1] - offsets[row];
        bounds.add(bytes, offsets[row], length);
        if (numbered && index != null) {
          numbers[count] = index.number(bytes, offsets[row], length);
          numbered = numbers[count] >= 0;
        }
        count++;
      }
    }
    if (numbered && index != null && index.count() <= Math.max(count / 2, 1)) {
      return putNumbered(index, count);
    }
    if (!dictionaryPages) {
      words = null;
    }
    putPlainTexts(bytes, offsets);
    return Encoding.PLAIN;
  }

  private void putPlainTexts(byte[] bytes, int[] offsets) {
    for (int row = 0; row < column.rows(); row++) {
      if (column.isPresent(row)) {
        int length = offsets[row + 1] - offsets[row];
        page.putInt(length);
        page.put(bytes, offsets[row], length);
      }
    }
    plainPages = true;
  }

  private Encoding putCategories(CategoryColumn categories) {
    List<byte[]> texts = new ArrayList<>();
    for (String text : categories.values()) {
      texts.add(text.getBytes(StandardCharsets.UTF_8));
    }
    room(column.rows());
    int count = 0;
    WordIndex index = words;
    boolean numbered = index != null;
    for (int row = 0; row < column.rows(); row++) {
      if (column.isPresent(row)) {
        byte[] text = texts.get(LittleEndian.int32(column.values(), row * Integer.BYTES));
        bounds.add(text, 0, text.length);
        if (numbered && index != null) {
          numbers[count] = index.number(text, 0, text.length);
          numbered = numbers[count] >= 0;
        }
        count++;
      }
    }
    if (numbered && index != null) {
      return putNumbered(index, count);
    }
    for (int row = 0; row < column.rows(); row++) {
      if (column.isPresent(row)) {
        byte[] text = texts.get(LittleEndian.int32(column.values(), row * Integer.BYTES));
        page.putInt(text.length);
        page.put(text, 0, text.length);
      }
    }
    plainPages = true;
    return Encoding.PLAIN;
  }

  private void room(int count) {
    if (numbers.length < count) {
      numbers = new int[count];
    }
  }

  private Encoding putNumbered(WordIndex index, int count) {
    int bits = Math.max(1, PageReader.bits(index.count() - 1));
    page.putByte(bits);
    page.putPacked(numbers, count, bits);
    dictionaryPages = true;
    return Encoding.RLE_DICTIONARY;
  }

  /** Adds a page of lists of equal size. */
  private void addLists(int size) throws IOException {
    int present = field.nullable() ? 1 : 0;
    int entries = 0;
    room(Math.multiplyExact(column.rows(), size));
    for (int row = 0; row < column.rows(); row++) {
      for (int i = 0; i < (column.isPresent(row) ? size : 1); i++) {
        numbers[entries++] = i == 0 ? 0 : 1;
      }
    }
    putNumberedLevels(entries, 1);
    entries = 0;
    for (int row = 0; row < column.rows(); row++) {
      boolean there = column.isPresent(row);
      for (int i = 0; i < (there ? size : 1); i++) {
        numbers[entries++] = there ? present + 1 : 0;
      }
    }
    putNumberedLevels(entries, present + 1);
    int width = size * Float.BYTES;
    for (int row = 0; row < column.rows(); row++) {
      if (column.isPresent(row)) {
        page.put(column.values(), row * width, width);
      }
    }
    endPage(entries, Encoding.PLAIN);
  }

  private void putNumberedLevels(int count, int max) {
    int length = page.length();
    page.putInt(0);
    page.putPacked(numbers, count, PageReader.bits(max));
    page.putIntAt(length, page.length() - length - Integer.BYTES);
  }

  private void endPage(int count, Encoding encoding) throws IOException {
    byte[] packed = compress(page);
    PageHeader header = new PageHeader(PageType.DATA_PAGE, page.length(), packed.length);
    header.setData_page_header(new DataPageHeader(count, encoding, Encoding.RLE, Encoding.RLE));
    int before = pages.size();
    Util.writePageHeader(header, pages);
    plainBytes += pages.size() - before + (long) page.length();
    pages.writeBytes(packed);
    values += count;
    plainPages |= encoding == Encoding.PLAIN;
  }

  private byte[] compress(PageBytes bytes) throws IOException {
    return switch (codec) {
      case ZSTD -> Zstandard.compress(bytes.bytes(), 0, bytes.length(), ZSTD_LEVEL);
      case SNAPPY -> {
        byte[] packed = new byte[Snappy.maxCompressedLength(bytes.length())];
        int length = Snappy.compress(bytes.bytes(), 0, bytes.length(), packed, 0);
        yield Arrays.copyOf(packed, length);
      }
      default -> Arrays.copyOf(bytes.bytes(), bytes.length());
    };
  }

  /**
   * Ends the row group and begins another.
   *
   * @param position where in the file is written
   * @return what the metadata of the file says of it
   */
  ColumnMetaData end(OutputStream out, long position) throws IOException {
    ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
    WordIndex index = words;
    if (dictionaryPages && index != null) {
      byte[] packed = compress(index.bytes());
      PageHeader header =
          new PageHeader(PageType.DICTIONARY_PAGE, index.bytes().length(), packed.length);
      header.setDictionary_page_header(new DictionaryPageHeader(index.count(), Encoding.PLAIN));
      Util.writePageHeader(header, dictionary);
      plainBytes += dictionary.size() + (long) index.bytes().length();
      dictionary.writeBytes(packed);
    }
    dictionary.writeTo(out);
    pages.writeTo(out);
    ColumnMetaData metadata = metadata(position, dictionary.size());
    start();
    return metadata;
  }

  private ColumnMetaData metadata(long position, int dictionaryBytes) {
    List<Encoding> encodings = new ArrayList<>(List.of(Encoding.RLE));
    if (dictionaryPages) {
      encodings.add(Encoding.RLE_DICTIONARY);
    }
    if (plainPages || dictionaryPages) {
      encodings.add(Encoding.PLAIN);
    }
    Type type = SchemaElements.physical(field.type());
    ColumnMetaData metadata =
        new ColumnMetaData(
            type,
            encodings,
            SchemaElements.path(field),
            codec,
            values,
            plainBytes,
            (long) dictionaryBytes + pages.size(),
            position + dictionaryBytes);
    if (dictionaryBytes > 0) {
      metadata.setDictionary_page_offset(position);
    }
    if (!(field.type() instanceof FieldType.Tensor)) {
      int width = type == Type.BOOLEAN ? 1 : type == Type.INT32 || type == Type.FLOAT ? 4 : 8;
      metadata.setStatistics(bounds.statistics(width));
    }
    return metadata;
  }

  /** Returns how many bytes are collected. */
  long bytes() {
    return pages.size();
  }
}
