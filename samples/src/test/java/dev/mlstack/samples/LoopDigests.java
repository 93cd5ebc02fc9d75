package dev.mlstack.samples;

import dev.mlstack.core.fit.TrainedModel;
import dev.mlstack.store.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A program that walks the loop with the patients and prints the digests of what it made. */
final class LoopDigests {

  private LoopDigests() {}

  /** Walks the loop in the directory that is the first argument. */
  public static void main(String[] arguments) throws IOException {
    of(Path.of(arguments[0])).forEach((name, digest) -> System.out.println(name + " " + digest));
  }

  /** Returns the digests of contents, {@code content.…}, and of records, {@code record.…}. */
  static Map<String, String> of(Path directory) throws IOException {
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    WholeLoop.Result result = WholeLoop.run(BreastCancer.study(), directory, silent);
    Map<String, String> digests = new TreeMap<>();
    digests.put("content.snapshot", result.data().digest().hex());
    digests.put("content.split", result.split().digest().hex());
    digests.put("record.commit", result.data().record().orElseThrow().hex());
    digests.put("record.release", result.best().digest().hex());
    for (TrainedModel<?> model : result.models()) {
      String name = model.run().request().name();
      Map<String, Digest> outputs = model.run().outputs();
      outputs.forEach((role, digest) -> digests.put("content." + name + "." + role, digest.hex()));
      digests.put("record." + name, model.record().hex());
    }
    return digests;
  }
}
