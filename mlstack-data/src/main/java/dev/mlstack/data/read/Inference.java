package dev.mlstack.data.read;

import dev.mlstack.data.internal.Ascii;
import dev.mlstack.data.internal.TypeGuess;
import dev.mlstack.schema.FieldType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Finds the types of all fields of a file by looking at every record. */
final class Inference {

  private final TypeGuess[] guesses;
  private final MissingTokens missing;

  private Inference(int fields, Notation notation) {
    this.guesses =
        Stream.generate(() -> new TypeGuess(notation.decimal()))
            .limit(fields)
            .toArray(TypeGuess[]::new);
    this.missing = notation.missing();
  }

  /**
   * Returns the type of each field.
   *
   * @param records stands before the first record; read to its end
   * @param fields how many fields a record has; others are not looked at
   */
  static List<FieldType> types(RecordReader records, int fields, Notation notation)
      throws IOException {
    Inference inference = new Inference(fields, notation);
    while (records.next()) {
      if (records.problem() == null && records.fields().fields() == fields) {
        inference.look(records.bytes(), records.fields());
      }
    }
    return Arrays.stream(inference.guesses).map(TypeGuess::type).toList();
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
