package dev.mlstack.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON. The canonical text of a value is written by {@link Value#canonicalJson()}. */
public final class Json {

  /** How deep lists and objects may stand in each other: 1,000. */
  public static final int MAX_DEPTH = 1000;

  // Names are as various as data (the words of a dictionary), so that keeping them does not pay.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(StoredObject.MAX_PAYLOAD)
                  .maxStringLength(StoredObject.MAX_PAYLOAD)
                  .build())
          .build();

  private Json() {}

  /**
   * Returns the value that a JSON text describes. Numbers without point and exponent that fit into
   * 64 bits are whole, all others real.
   *
   * @throws IllegalArgumentException if the text is not JSON, an object has a member twice, a
   *     number is beyond the range of doubles, half a surrogate pair stands alone, or it is nested
   *     more than {@link #MAX_DEPTH} deep; the message says where
   */
  public static Value parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      Value value = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException(
            "not JSON: something follows the value at "
                + parser.currentTokenLocation().offsetDescription());
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the document that is the payload of an object.
   *
   * @throws MalformedObjectException if the payload is not a JSON object
   */
  public static Value.Doc payload(StoredObject object) {
    try {
      return parse(object.payloadText()).asDoc();
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(
          object.digest(), object.type(), "its payload is not a JSON object: " + e.getMessage());
    }
  }

  private static Value value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("not JSON: the text is empty");
    }
    return switch (token) {
      case VALUE_STRING -> Value.of(parser.getText());
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> real(parser);
      case VALUE_TRUE -> Value.of(true);
      case VALUE_FALSE -> Value.of(false);
      case VALUE_NULL -> new Value.Null();
      case START_ARRAY -> items(parser);
      case START_OBJECT -> doc(parser);
      default -> throw new IllegalArgumentException("not JSON: unexpected " + token);
    };
  }

  private static Value whole(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> Value.of(parser.getLongValue());
      default -> real(parser);
    };
  }

  private static Value real(JsonParser parser) throws IOException {
    double number = parser.getDoubleValue();
    if (Double.isInfinite(number)) {
      throw new IllegalArgumentException(
          "not JSON that can be used: a number beyond the range of doubles at "
              + parser.currentTokenLocation().offsetDescription());
    }
    return Value.of(number);
  }

  private static Value items(JsonParser parser) throws IOException {
    List<Value> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return Value.of(items);
  }

  private static Value doc(JsonParser parser) throws IOException {
    Value.Doc.Builder doc = Value.doc();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      doc.put(name, value(parser));
    }
    return doc.build();
  }
}
