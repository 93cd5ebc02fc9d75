package dev.mlstack.data.rows;

import dev.mlstack.data.internal.CellText;
import dev.mlstack.data.read.InputSupplier;
import dev.mlstack.schema.Schema;
import dev.mlstack.table.DataException;
import dev.mlstack.table.Dataset;
import dev.mlstack.table.RecordMapper;
import dev.mlstack.table.RejectedRow;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of rows that were set aside, perhaps repaired, to be read again by a source that reads
 * text:
 *
 * <pre>{@code
 * Rejects fixed = Rejects.of(rejected).fix("age", age -> age.replace('O', '0'));
 * Source again = JsonLines.stream("fixed rows", fixed).key("id");
 * }</pre>
 *
 * <p>Lines of a file with a header need it again, see {@link #under}. Immutable. Every method
 * returns a changed copy.
 */
public final class Rejects implements InputSupplier {

  private final Dataset rejected;
  private final Function<RejectedRow, Optional<String>> fix;
  private final Optional<String> header;

  /** A row as it is stored: what concerns no column has none. */
  private record Stored(
      String source,
      long line,
      OptionalLong offset,
      Optional<String> column,
      Optional<String> value,
      String reason,
      String text) {

    private static final RecordMapper<Stored> MAPPER =
        RecordMapper.of(Stored.class, MethodHandles.lookup());

    RejectedRow toRow() {
      return new RejectedRow(
          source, line, offset.orElse(-1), column.orElse(""), value.orElse(""), reason, text);
    }
  }

  private Rejects(
      Dataset rejected, Function<RejectedRow, Optional<String>> fix, Optional<String> header) {
    this.rejected = rejected;
    this.fix = fix;
    this.header = header;
  }

  /**
   * Returns rows that were set aside, as they were read.
   *
   * @param rejected has the columns source, line, offset, column, value, reason and text, as the
   *     rejected rows of a snapshot do
   * @throws DataException if it has not
   */
  public static Rejects of(Dataset rejected) {
    List<String> columns = Stored.MAPPER.schema().names();
    if (!rejected.schema().names().containsAll(columns)) {
      throw new DataException(
          "rows that were set aside have the columns "
              + columns
              + " but this dataset has "
              + rejected.schema().names());
    }
    return new Rejects(rejected, row -> Optional.of(row.text()), Optional.empty());
  }

  /**
   * Repairs rows.
   *
   * @param repair returns the text to read in place of that of a row, which may have several lines;
   *     nothing if the row is to be left out
   */
  public Rejects fix(Function<RejectedRow, Optional<String>> repair) {
    return new Rejects(rejected, repair, header);
  }

  /**
   * Repairs the values of a column that rows were set aside for. The others are read as they would
   * be without this, so that a column can be repaired after another. A row whose text has its value
   * not just once is not changed, and so will be set aside again.
   *
   * @param repair returns the value to read, as it must stand in the text, in place of one at fault
   */
  public Rejects fix(String column, UnaryOperator<String> repair) {
    Function<RejectedRow, Optional<String>> others = fix;
    return fix(
        row ->
            row.column().equals(column)
                ? Optional.of(
                    ValueInText.replace(row.text(), row.value(), repair.apply(row.value())))
                : others.apply(row));
  }

  /** Puts a first line before the rows, without its end: the header that they were read under. */
  public Rejects under(String firstLine) {
    return new Rejects(rejected, fix, Optional.of(firstLine));
  }

  /** Puts the names of columns before the rows, as the header of comma-separated values. */
  public Rejects under(Schema columns) {
    return under(columns.names().stream().map(CellText::quoted).collect(Collectors.joining(",")));
  }

  /** Returns the rows as they were set aside. The caller closes the stream. */
  public Stream<RejectedRow> rows() {
    return rejected.records(Stored.MAPPER).map(Stored::toRow);
  }

  @Override
  public InputStream open() {
    Stream<RejectedRow> rows = rows();
    Stream<String> lines = Stream.concat(header.stream(), rows.map(fix).flatMap(Optional::stream));
    return new LinesInput(lines);
  }
}
