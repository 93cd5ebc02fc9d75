package dev.mlstack.parquet;

import dev.mlstack.data.columnar.FileInput;
import dev.mlstack.data.columnar.RawColumn;
import dev.mlstack.table.DataException;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.InvalidParquetMetadataException;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages of one column, one row group after the other. For use by one thread at a time.
 */
final class PageReader {

  /** Bytes behind the end of a page, so that words can be read and written over it. */
  static final int SLACK_BYTES = 16;

  private final FileInput file;
  private final Leaf leaf;
  private final int column;
  private final List<RowGroup> groups;

  private int nextGroup;
  private @Nullable ChunkInput chunk;
  private CompressionCodec codec = CompressionCodec.UNCOMPRESSED;
  private long valuesLeft;
  private @Nullable Words dictionary;
  private byte[] packed = {};
  private byte[] plain = {};

  PageReader(FileInput file, Leaf leaf, int column, List<RowGroup> groups) {
    this.file = file;
    this.leaf = leaf;
    this.column = column;
    this.groups = groups;
  }

  /** Returns the next page with values, valid until the one after it; {@code null} at the end. */
  @Nullable Page next() throws IOException {
    while (true) {
      while (valuesLeft == 0) {
        if (nextGroup == groups.size()) {
          return null;
        }
        openChunk(groups.get(nextGroup++));
      }
      Page page = read();
      if (page != null && page.values() > 0) {
        return page;
      }
    }
  }

  private void openChunk(RowGroup group) {
    ColumnMetaData metadata = group.getColumns().get(column).getMeta_data();
    valuesLeft = metadata.getNum_values();
    boolean flat = leaf.maxRepetition() == 0;
    if (valuesLeft < 0 || (flat && valuesLeft != group.getNum_rows())) {
      throw new IllegalArgumentException(
          "a row group of " + group.getNum_rows() + " rows has " + valuesLeft + " values");
    }
    long start = metadata.getData_page_offset();
    if (metadata.isSetDictionary_page_offset() && metadata.getDictionary_page_offset() > 0) {
      start = Math.min(start, metadata.getDictionary_page_offset());
    }
    codec = metadata.getCodec();
    if (!Compression.isKnown(codec)) {
      throw new DataException(
          String.format(
              "%s: column '%s' is compressed with %s, which cannot be read; write it again with"
                  + " ZSTD, SNAPPY, GZIP or LZ4_RAW, or leave it out with .without(…)",
              file.name(), leaf.name(), codec));
    }
    dictionary = null;
    chunk = new ChunkInput(file, start, metadata.getTotal_compressed_size());
  }

  private @Nullable Page read() throws IOException {
    ChunkInput in = chunk;
    if (in == null || !in.has(1)) {
      throw new IllegalArgumentException("a column ends " + valuesLeft + " values too early");
    }
    PageHeader header;
    try {
      header = Util.readPageHeader(in);
    } catch (IOException | InvalidParquetMetadataException e) {
      throw new IllegalArgumentException("the header of a page is damaged: " + e.getMessage(), e);
    }
    int length = header.getUncompressed_page_size();
    int count = header.getCompressed_page_size();
    if (length < 0 || length > RawColumn.MAX_BYTES || count < 0 || !in.has(count)) {
      throw new IllegalArgumentException("a page has " + count + " bytes, plain " + length);
    }
    packed = grown(packed, count);
    in.readFully(packed, count);
    if (header.isSetData_page_header()) {
      return page(header.getData_page_header(), count, length);
    } else if (header.isSetData_page_header_v2()) {
      return page(header.getData_page_header_v2(), count, length);
    } else if (header.isSetDictionary_page_header()) {
      readDictionary(header.getDictionary_page_header(), count, length);
    }
    return null;
  }

  private static byte[] grown(byte[] bytes, int length) {
    return bytes.length < length + SLACK_BYTES
        ? new byte[Math.max(length, Math.min(2 * bytes.length, 1 << 24)) + SLACK_BYTES]
        : bytes;
  }

  /**
   * Decompresses what stands behind the first bytes of a page, which are not compressed.
   *
   * @param first how many these are
   */
  private void decompress(CompressionCodec with, int first, int count, int length)
      throws IOException {
    if (first > count || first > length) {
      throw new IllegalArgumentException("the levels of a page are longer than it is");
    }
    Compression.requirePossible(with, count - first, length - first);
    plain = grown(plain, length);
    System.arraycopy(packed, 0, plain, 0, first);
    if (length > first) {
      Compression.decompress(with, packed, first, count - first, plain, first, length - first);
    }
  }

  private void readDictionary(DictionaryPageHeader header, int count, int length)
      throws IOException {
    decompress(codec, 0, count, length);
    Encoding encoding = header.getEncoding();
    if (encoding != Encoding.PLAIN && encoding != Encoding.PLAIN_DICTIONARY) {
      throw new IllegalArgumentException("a dictionary is encoded as " + encoding);
    }
    dictionary = Words.of(leaf, plain, length, header.getNum_values());
  }

  private Page page(DataPageHeader header, int count, int length) throws IOException {
    take(header.getNum_values());
    decompress(codec, 0, count, length);
    boolean repetitionsFit =
        leaf.maxRepetition() == 0 || header.getRepetition_level_encoding() == Encoding.RLE;
    boolean definitionsFit =
        leaf.maxDefinition() == 0 || header.getDefinition_level_encoding() == Encoding.RLE;
    if (!repetitionsFit || !definitionsFit) {
      throw new IllegalArgumentException("levels are encoded as BIT_PACKED, which is deprecated");
    }
    ByteRange all = new ByteRange(plain, 0, length);
    Runs repetitions = leaf.maxRepetition() == 0 ? null : levels(all, leaf.maxRepetition());
    Runs definitions = leaf.maxDefinition() == 0 ? null : levels(all, leaf.maxDefinition());
    return page(header.getNum_values(), repetitions, definitions, header.getEncoding(), all);
  }

  /** Takes levels off the front, which their length in 4 bytes precedes. */
  private static Runs levels(ByteRange all, int max) {
    ByteRange levels = all.take(all.takeInt());
    return new Runs(levels, bits(max));
  }

  private Page page(DataPageHeaderV2 header, int count, int length) throws IOException {
    take(header.getNum_values());
    int repetitionBytes = header.getRepetition_levels_byte_length();
    int definitionBytes = header.getDefinition_levels_byte_length();
    if (repetitionBytes < 0 || definitionBytes < 0) {
      throw new IllegalArgumentException("the levels of a page have a negative length");
    }
    boolean compressed = !header.isSetIs_compressed() || header.isIs_compressed();
    decompress(
        compressed ? codec : CompressionCodec.UNCOMPRESSED,
        Math.addExact(repetitionBytes, definitionBytes),
        count,
        length);
    ByteRange all = new ByteRange(plain, 0, length);
    ByteRange repetitions = all.take(repetitionBytes);
    ByteRange definitions = all.take(definitionBytes);
    return page(
        header.getNum_values(),
        leaf.maxRepetition() == 0 ? null : new Runs(repetitions, bits(leaf.maxRepetition())),
        leaf.maxDefinition() == 0 ? null : new Runs(definitions, bits(leaf.maxDefinition())),
        header.getEncoding(),
        all);
  }

  private void take(int values) {
    if (values < 0 || values > valuesLeft) {
      throw new IllegalArgumentException(
          "a page has " + values + " values where the column has " + valuesLeft + " more");
    }
    valuesLeft -= values;
  }

  private Page page(
      int values,
      @Nullable Runs repetitions,
      @Nullable Runs definitions,
      Encoding encoding,
      ByteRange data) {
    return new Page(
        values,
        repetitions,
        definitions,
        values == 0 ? Values.NONE : Values.of(leaf, encoding, data, values, dictionary));
  }

  /** Returns how many bits the numbers up to {@code max} take. */
  static int bits(int max) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(max);
  }
}
