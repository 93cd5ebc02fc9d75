package dev.mlstack.data.read;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.Ascii;
import dev.mlstack.data.internal.TypeGuess;
import dev.mlstack.schema.FieldType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Finds the types of all fields of an input by looking at every record. */
final class Inference {

  private final MissingTokens missing;
  private final boolean ragged;
  private final TypeGuess[] guesses;

  private Inference(int fields, Dialect dialect) {
    Notation notation = dialect.notation();
    this.missing = notation.missing();
    this.ragged = dialect.lines().ragged();
    this.guesses = new TypeGuess[fields];
    Arrays.setAll(guesses, i -> new TypeGuess(notation.readNumbers(), notation.readTimes()));
  }

  /**
   * Returns the type of each field. Records that have more or fewer fields than the header are not
   * looked at, unless they may.
   */
  static List<FieldType> types(CsvInput input, Header header, Execution execution, int chunkBytes)
      throws IOException {
    Inference all = new Inference(header.size(), input.dialect());
    ChunkReader chunks =
        new ChunkReader(
            input,
            input.meter("infer the types of", /* hashing= */ false, execution),
            header,
            /* counting= */ false,
            chunkBytes);
    try (RecordPipeline<Inference> pipeline =
        new RecordPipeline<>(
            input,
            chunks,
            records -> new Inference(header.size(), input.dialect()).look(records),
            unused -> {},
            execution)) {
      for (Inference some = pipeline.next(); some != null; some = pipeline.next()) {
        all.merge(some);
      }
    }
    return Arrays.stream(all.guesses).map(TypeGuess::type).toList();
  }

  private void merge(Inference other) {
    for (int i = 0; i < guesses.length; i++) {
      guesses[i].merge(other.guesses[i]);
    }
  }

  private Inference look(RecordReader records) throws IOException {
    while (records.next()) {
      boolean fits = ragged || records.fields().fields() == guesses.length;
      if (records.problem() == null && fits) {
        look(records.bytes(), records.fields());
      }
    }
    return this;
  }

  private void look(byte[] bytes, RecordScanner fields) {
    int count = Math.min(guesses.length, fields.fields());
    for (int i = 0; i < count; i++) {
      TypeGuess guess = guesses[i];
      if (guess.isText()) {
        continue;
      }
      int from = Ascii.skipBlanks(bytes, fields.start(i), fields.end(i));
      int to = Ascii.trimEnd(bytes, from, fields.end(i));
      if (fields.isDoubled(i)) {
        guess.lookAtText();
      } else if (from < to && !missing.contains(bytes, from, to)) {
        guess.look(bytes, from, to);
      }
    }
  }
}
