package dev.mlstack.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One immutable object: its kind, its type, its edges and its payload.
 *
 * <p>Its {@linkplain #digest() digest} is the SHA-256 of its {@linkplain #encoded() encoded form}:
 * a header in ASCII, an empty line, and the payload as it is:
 *
 * <pre>
 * mlstack content snapshot/1
 * holds chunk.0 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 * names source 60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752
 *
 * (payload)
 * </pre>
 *
 * <p>All links to other objects are edges, so that the graph can be walked, indexed and collected
 * without knowing any type. A digest that a payload also has as text is no link: it tells which of
 * the linked objects is meant, and nothing follows it.
 */
public final class StoredObject {

  /** The largest payload, 64 MiB. Larger things are cut into several objects. */
  public static final int MAX_PAYLOAD = 64 << 20;

  private static final String MAGIC = "mlstack";

  private final ObjectKind kind;
  private final VersionedName type;
  private final List<Edge> edges;
  private final byte[] encoded;
  private final int payloadStart;
  private final Digest digest;

  private StoredObject(
      ObjectKind kind, VersionedName type, List<Edge> edges, byte[] encoded, int payloadStart) {
    this.kind = kind;
    this.type = type;
    this.edges = edges;
    this.encoded = encoded;
    this.payloadStart = payloadStart;
    this.digest = Digest.of(encoded);
  }

  /**
   * Returns an object.
   *
   * @param kind what the object says
   * @param type the type and version of its payload
   * @param edges its links, in the order that its type defines
   * @param payload its bytes, at most {@link #MAX_PAYLOAD}; copied
   * @throws IllegalArgumentException if two edges share a name or the payload is too large
   */
  public static StoredObject of(
      ObjectKind kind, VersionedName type, List<Edge> edges, byte[] payload) {
    if (payload.length > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "payload of a "
              + type
              + " must be at most "
              + MAX_PAYLOAD
              + " bytes but was "
              + payload.length);
    }
    requireDistinctNames(type, edges);
    byte[] head = header(kind, type, edges);
    byte[] encoded = Arrays.copyOf(head, head.length + payload.length);
    System.arraycopy(payload, 0, encoded, head.length, payload.length);
    return new StoredObject(kind, type, List.copyOf(edges), encoded, head.length);
  }

  private static byte[] header(ObjectKind kind, VersionedName type, List<Edge> edges) {
    StringBuilder header = new StringBuilder(MAGIC).append(' ');
    header.append(kind.name().toLowerCase(Locale.ROOT)).append(' ').append(type).append('\n');
    for (Edge edge : edges) {
      header.append(edge.holds() ? "holds " : "names ").append(edge.name()).append(' ');
      header.append(edge.target().hex()).append('\n');
    }
    return header.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns an object whose payload is the canonical JSON of {@code document} in UTF-8. */
  public static StoredObject of(
      ObjectKind kind, VersionedName type, List<Edge> edges, Value.Doc document) {
    return of(kind, type, edges, document.canonicalJson().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the object with the given encoded form.
   *
   * @param encoded the form that {@link #encoded()} returns; not copied, so it must not change
   * @throws IllegalArgumentException if {@code encoded} is not the encoded form of an object
   */
  public static StoredObject decode(byte[] encoded) {
    int end = headerEnd(encoded);
    if (encoded.length - end - 1 > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "not an object: its payload is larger than " + MAX_PAYLOAD);
    }
    String[] lines =
        new String(encoded, 0, end - 1, StandardCharsets.US_ASCII).split("\n", /* limit= */ -1);
    String[] first = lines[0].split(" ", /* limit= */ -1);
    if (first.length != 3 || !first[0].equals(MAGIC)) {
      throw new IllegalArgumentException("not an object: its first line is '" + lines[0] + "'");
    }
    ObjectKind kind = ObjectKind.valueOf(first[1].toUpperCase(Locale.ROOT));
    VersionedName type = VersionedName.parse(first[2]);
    List<Edge> edges = Arrays.stream(lines).skip(1).map(StoredObject::edge).toList();
    requireDistinctNames(type, edges);
    byte[] head = header(kind, type, edges);
    if (!Arrays.equals(head, 0, head.length, encoded, 0, end + 1)) {
      throw new IllegalArgumentException("not an object: its header is not in canonical form");
    }
    return new StoredObject(kind, type, edges, encoded, end + 1);
  }

  private static Edge edge(String line) {
    String[] words = line.split(" ", /* limit= */ -1);
    if (words.length != 3 || !(words[0].equals("holds") || words[0].equals("names"))) {
      throw new IllegalArgumentException("not an object: '" + line + "' is not an edge");
    }
    return new Edge(words[1], Digest.parse(words[2]), words[0].equals("holds"));
  }

  /** Returns the index of the newline that is the empty line after the header. */
  private static int headerEnd(byte[] encoded) {
    for (int i = 1; i < encoded.length; i++) {
      if (encoded[i] == '\n' && encoded[i - 1] == '\n') {
        return i;
      }
    }
    throw new IllegalArgumentException("not an object: no empty line ends its header");
  }

  private static void requireDistinctNames(VersionedName type, List<Edge> edges) {
    Set<String> names = new HashSet<>();
    for (Edge edge : edges) {
      if (!names.add(edge.name())) {
        throw new IllegalArgumentException(
            "edges of a " + type + " must have distinct names but two are '" + edge.name() + "'");
      }
    }
  }

  /** Returns what the object says. */
  public ObjectKind kind() {
    return kind;
  }

  /** Returns the type and version of the payload. */
  public VersionedName type() {
    return type;
  }

  /** Returns the links to other objects, in the order that the type defines. */
  public List<Edge> edges() {
    return edges;
  }

  /** Returns the target of the edge with the given name, if there is one. */
  public Optional<Digest> target(String name) {
    return edges.stream().filter(e -> e.name().equals(name)).map(Edge::target).findFirst();
  }

  /**
   * Returns the target of the edge with the given name.
   *
   * @throws MalformedObjectException if there is none
   */
  public Digest requireTarget(String name) {
    return target(name)
        .orElseThrow(() -> new MalformedObjectException(digest, type, "it has no edge " + name));
  }

  /**
   * Checks the type.
   *
   * @return this object
   * @throws MalformedObjectException if the object is of another type
   */
  public StoredObject require(VersionedName expected) {
    if (!type.equals(expected)) {
      throw new MalformedObjectException(digest, type, "a " + expected + " was expected");
    }
    return this;
  }

  /** Returns the number of bytes of the payload. */
  public int payloadSize() {
    return encoded.length - payloadStart;
  }

  /** Returns the payload, as a new array. */
  public byte[] payload() {
    return Arrays.copyOfRange(encoded, payloadStart, encoded.length);
  }

  /** Returns the payload read as UTF-8. */
  public String payloadText() {
    return new String(encoded, payloadStart, payloadSize(), StandardCharsets.UTF_8);
  }

  /** Returns the bytes that are stored and hashed, as a new array. */
  public byte[] encoded() {
    return encoded.clone();
  }

  /** Returns the number of bytes of the {@linkplain #encoded() encoded form}. */
  public int encodedSize() {
    return encoded.length;
  }

  /** Returns the header of the encoded form, with the empty line that ends it, as a new array. */
  public byte[] header() {
    return Arrays.copyOf(encoded, payloadStart);
  }

  /** Writes the {@linkplain #encoded() encoded form} without copying it. */
  public void transferTo(OutputStream out) throws IOException {
    out.write(encoded);
  }

  /** Returns the digest that names this object. */
  public Digest digest() {
    return digest;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof StoredObject other && digest.equals(other.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /** Returns the kind, the type and the abbreviated digest. */
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + type + " " + digest.abbreviated();
  }
}
