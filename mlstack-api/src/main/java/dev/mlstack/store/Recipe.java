package dev.mlstack.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a content is made: an operation with its version, its parameters, its seed, and the digests
 * of its inputs. Equal recipes give equal contents; {@code verify} and tests hold the stack to it.
 *
 * @param operation the operation and the version of its arithmetic, such as {@code csv/1}
 * @param parameters everything that the operation was told
 * @param seed the seed of its random streams, if it draws any
 * @param inputs the contents it starts from, by role
 */
public record Recipe(
    VersionedName operation,
    Value.Doc parameters,
    OptionalLong seed,
    SortedMap<String, Digest> inputs)
    implements Content {

  /** The type of a stored recipe. */
  public static final VersionedName TYPE = new VersionedName("recipe", 1);

  private static final String INPUT = "input.";

  /** Copies the inputs. */
  public Recipe {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
  }

  /** Returns a recipe of an operation that draws nothing at random. */
  public static Recipe of(
      VersionedName operation, Value.Doc parameters, SortedMap<String, Digest> inputs) {
    return new Recipe(operation, parameters, OptionalLong.empty(), inputs);
  }

  /** Returns a recipe of an operation with a seed. */
  public static Recipe of(
      VersionedName operation, Value.Doc parameters, long seed, SortedMap<String, Digest> inputs) {
    return new Recipe(operation, parameters, OptionalLong.of(seed), inputs);
  }

  /** Returns this recipe as an object whose inputs are edges that do not hold. */
  public StoredObject toObject() {
    List<Edge> edges = new ArrayList<>();
    inputs.forEach((role, digest) -> edges.add(Edge.names(INPUT + role, digest)));
    Value.Doc.Builder document =
        Value.doc().put("operation", operation.toString()).put("parameters", parameters);
    seed.ifPresent(value -> document.put("seed", value));
    return StoredObject.of(ObjectKind.RECIPE, TYPE, edges, document.build());
  }

  /**
   * Returns the recipe that an object stores.
   *
   * @param object an object of type {@link #TYPE}
   * @param payload its payload, parsed
   * @throws MalformedObjectException if the object is of another type or the payload of another
   *     form
   */
  public static Recipe from(StoredObject object, Value.Doc payload) {
    object.require(TYPE);
    try {
      return new Recipe(
          VersionedName.parse(payload.text("operation")),
          payload.doc("parameters"),
          payload.has("seed") ? OptionalLong.of(payload.whole("seed")) : OptionalLong.empty(),
          inputs(object.edges()));
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException(object.digest(), object.type(), "" + e.getMessage());
    }
  }

  private static SortedMap<String, Digest> inputs(List<Edge> edges) {
    SortedMap<String, Digest> inputs = new TreeMap<>();
    for (Edge edge : edges) {
      if (!edge.name().startsWith(INPUT)) {
        throw new IllegalArgumentException("its edge '" + edge.name() + "' is not an input");
      }
      inputs.put(edge.name().substring(INPUT.length()), edge.target());
    }
    return inputs;
  }

  @Override
  public Digest writeTo(ObjectSink sink) {
    return sink.put(toObject());
  }
}
