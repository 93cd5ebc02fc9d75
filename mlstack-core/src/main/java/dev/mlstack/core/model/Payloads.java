package dev.mlstack.core.model;

import dev.mlstack.core.json.Json;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.util.function.Function;

/** Reads what stands in the JSON payload of an object. */
public final class Payloads {

  private Payloads() {}

  /**
   * Returns what {@code reader} makes of the payload.
   *
   * @throws MalformedObjectException if the payload is not a document, or {@code reader} refuses it
   *     as an illegal argument
   */
  public static <T> T read(StoredObject object, Function<Value.Doc, T> reader) {
    Value.Doc payload = Json.payload(object);
    try {
      return reader.apply(payload);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedObjectException(
          object.digest(), object.type(), String.valueOf(e.getMessage()));
    }
  }
}
