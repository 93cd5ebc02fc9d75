package dev.mlstack.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON. The canonical text of a value is written by {@link Value#canonicalJson()}. */
public final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /**
   * Returns the value that a JSON text describes. Numbers without point and exponent that fit into
   * 64 bits are whole, all others real.
   *
   * @throws IllegalArgumentException if the text is not JSON, or an object has a member twice; the
   *     message says where
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
      case VALUE_NUMBER_FLOAT -> Value.of(parser.getDoubleValue());
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
      default -> Value.of(parser.getDoubleValue());
    };
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
