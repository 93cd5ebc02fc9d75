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
  private final TypeGuess[] guesses;

  private Inference(int fields, Notation notation) {
    this.missing = notation.missing();
    this.guesses = new TypeGuess[fields];
    Arrays.setAll(guesses, i -> new TypeGuess(notation.decimal()));
  }

  /**
   * Returns the type of each field. Records that have more or fewer fields than the header are not
   * looked at.
   */
  static List<FieldType> types(CsvInput input, Header header, Execution execution, int chunkBytes)
      throws IOException {
    Notation notation = input.dialect().notation();
    Inference all = new Inference(header.size(), notation);
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
            records -> new Inference(header.size(), notation).look(records),
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
      if (records.problem() == null && records.fields().fields() == guesses.length) {
        look(records.bytes(), records.fields());
      }
    }
    return this;
  }

  private void look(byte[] bytes, RecordScanner fields) {
    for (int i = 0; i < guesses.length; i++) {
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
