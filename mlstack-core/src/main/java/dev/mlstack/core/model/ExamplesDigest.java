package dev.mlstack.core.model;

import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Examples;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Computes the digest of examples: SHA-256 over the signature and the slots as canonical JSON, and
 * for each block its number of rows and its features, labels, weights and row identities,
 * little-endian, every NaN the same.
 */
final class ExamplesDigest {

  private final Digest.Hasher hasher = new Digest.Hasher();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN); // any multiple of 8

  private ExamplesDigest() {}

  static Digest of(Examples examples) {
    ExamplesDigest digest = new ExamplesDigest();
    Value.Doc header =
        Value.doc()
            .put("signature", examples.signature().toValue())
            .put("slots", examples.layout().slots().stream().map(slot -> slot.toValue()).toList())
            .build();
    byte[] json = header.canonicalJson().getBytes(StandardCharsets.UTF_8);
    digest.hasher.update(json.length).update(json);
    for (int i = 0; i < examples.blocks(); i++) {
      digest.add(examples.block(i));
    }
    return digest.hasher.digest();
  }

  private void add(ExampleBlock block) {
    hasher.update(block.rows());
    for (float feature : block.features()) {
      room().putInt(Float.floatToIntBits(feature));
    }
    flush();
    add(block.labels());
    add(block.weights());
    for (long rowId : block.rowIds()) {
      room().putLong(rowId);
    }
    flush();
  }

  private void add(double[] numbers) {
    for (double number : numbers) {
      room().putLong(Double.doubleToLongBits(number));
    }
    flush();
  }

  private ByteBuffer room() {
    if (buffer.remaining() == 0) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    hasher.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
