package dev.mlstack.data.ipc;

import dev.mlstack.core.json.Json;
import dev.mlstack.data.columnar.ColumnType;
import dev.mlstack.data.columnar.FileColumn;
import dev.mlstack.data.ipc.Layout.Around;
import dev.mlstack.data.ipc.Layout.Form;
import dev.mlstack.data.ipc.Layout.Level;
import dev.mlstack.data.ipc.Layout.Place;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** Walks over the fields of a schema in the order in which record batches have them. */
final class SchemaWalker {

  private static final int MAX_DEPTH = 64;
  private static final String TENSOR = "arrow.fixed_shape_tensor";
  private static final String UUID = "arrow.uuid";

  private final IpcSchema result;
  private int node;
  private Place place = new Place(0, 0);

  SchemaWalker(IpcSchema result) {
    this.result = result;
  }

  /** Returns how the values of a dictionary stand in a batch of their own. */
  static Layout values(Field field) {
    ColumnType type = Leaf.type(field);
    return new Layout(
        type,
        Leaf.form(field.typeType()),
        List.of(),
        0,
        new Place(0, 0),
        Leaf.buffers(Leaf.form(field.typeType())),
        OptionalLong.empty(),
        type);
  }

  /** Adds the columns of a field. */
  void add(Field field) {
    add(field, "", List.of());
  }

  private void add(Field field, String prefix, List<Level> around) {
    String name = prefix + (field.name() == null ? "" : field.name());
    if (around.size() > MAX_DEPTH) {
      throw new IllegalArgumentException("column '" + name + "' is nested too deeply");
    } else if (field.dictionary() != null) {
      addIndexes(field, name, around);
    } else if (field.typeType() == Type.Struct_) {
      List<Level> levels = plus(around, new Level(Around.STRUCT, place, 0));
      skip(1, 1);
      for (int i = 0; i < field.childrenLength(); i++) {
        add(field.children(i), name + ".", levels);
      }
    } else if (!addList(field, name, around)) {
      addLeaf(field, name, around);
    }
  }

  private static List<Level> plus(List<Level> around, Level level) {
    List<Level> levels = new ArrayList<>(around);
    levels.add(level);
    return List.copyOf(levels);
  }

  private void skip(int nodes, int buffers) {
    node += nodes;
    place = place.plus(buffers);
  }

  private void addIndexes(Field field, String name, List<Level> around) {
    ColumnType type = Leaf.type(field);
    ColumnType index =
        field.dictionary().indexType() == null
            ? new ColumnType.Int(Integer.SIZE, /* signed= */ true)
            : Leaf.whole(field.dictionary().indexType());
    if (!(type instanceof ColumnType.Unsupported)) {
      result.addDictionary(field);
    }
    OptionalLong id = OptionalLong.of(field.dictionary().id());
    addColumn(field, name, new Layout(type, Form.FIXED, around, node, place, 2, id, index));
    skip(1, 2);
  }

  private void addLeaf(Field field, String name, List<Level> around) {
    ColumnType type = Leaf.type(field);
    if (type instanceof ColumnType.FixedBinary binary
        && binary.width() == 16
        && UUID.equals(metadata(field, "ARROW:extension:name"))) {
      type = new ColumnType.FixedBinary(binary.width(), /* uuid= */ true);
    }
    Form form = Leaf.form(field.typeType());
    int buffers = Leaf.buffers(form);
    addColumn(
        field,
        name,
        new Layout(type, form, around, node, place, buffers, OptionalLong.empty(), type));
    skipAll(field, 0);
  }

  private void addColumn(Field field, String name, Layout layout) {
    String json = metadata(field, FileColumn.METADATA);
    Optional<dev.mlstack.schema.Field> ours =
        json == null
            ? Optional.empty()
            : Optional.of(dev.mlstack.schema.Field.fromValue(Json.parse(json)));
    result.columns().add(new FileColumn(name, layout.type(), ours));
    result.layouts().add(layout);
  }

  /** Passes over a field and all in it. */
  private void skipAll(Field field, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("column '" + field.name() + "' is nested too deeply");
    } else if (field.dictionary() != null) {
      skip(1, 2);
      return;
    }
    skip(1, Leaf.ownBuffers(field));
    if (Leaf.form(field.typeType()) == Form.VIEWS) {
      place = new Place(place.number(), place.views() + 1);
    }
    for (int i = 0; i < field.childrenLength(); i++) {
      skipAll(field.children(i), depth + 1);
    }
  }

  /** Adds a column of lists of numbers; returns false if the field is none. */
  private boolean addList(Field field, String name, List<Level> around) {
    List<Integer> shape = new ArrayList<>();
    Field inner = field;
    while (inner.typeType() == Type.FixedSizeList
        && inner.childrenLength() == 1
        && inner.dictionary() == null
        && shape.size() < MAX_DEPTH) {
      shape.add(Leaf.part(inner, new FixedSizeList()).listSize());
      inner = inner.children(0);
    }
    boolean list = inner.typeType() == Type.List || inner.typeType() == Type.LargeList;
    Field item = list && shape.isEmpty() && inner.childrenLength() == 1 ? inner.children(0) : inner;
    boolean numbers = item.typeType() == Type.FloatingPoint && item.dictionary() == null;
    if (item == field || !numbers || shape.stream().anyMatch(size -> size < 1)) {
      return false;
    }
    int bits = ((ColumnType.Real) Leaf.type(item)).bits();
    ColumnType type =
        shape.isEmpty() ? new ColumnType.Numbers(bits) : new ColumnType.Tensor(shape, bits);
    String extension = metadata(field, "ARROW:extension:metadata");
    if (extension != null && TENSOR.equals(metadata(field, "ARROW:extension:name"))) {
      type = tensor(extension, (ColumnType.Tensor) type);
    }
    addList(field, name, around, shape, type);
    return true;
  }

  private void addList(
      Field field, String name, List<Level> around, List<Integer> shape, ColumnType type) {
    Place start = place;
    int startNode = node;
    List<Level> levels = new ArrayList<>(around);
    for (int size : shape) {
      levels.add(new Level(Around.FIXED_LIST, place, size));
      skip(1, 1);
    }
    if (shape.isEmpty()) {
      boolean large = field.typeType() == Type.LargeList;
      levels.add(new Level(large ? Around.LARGE_LIST : Around.LIST, place, 0));
      skip(1, 2);
    }
    addColumn(
        field,
        name,
        new Layout(
            type, Form.FIXED, List.copyOf(levels), node, place, 2, OptionalLong.empty(), type));
    node = startNode;
    place = start;
    skipAll(field, 0);
  }

  /** Returns the shape that the canonical extension type of tensors tells. */
  private static ColumnType tensor(String json, ColumnType.Tensor flat) {
    Value.Doc doc = Json.parse(json).asDoc();
    if (doc.has("permutation")) {
      return new ColumnType.Unsupported("tensor with permuted dimensions");
    }
    List<Integer> shape =
        doc.items("shape").stream().map(size -> Math.toIntExact(size.asWhole())).toList();
    ColumnType.Tensor tensor = new ColumnType.Tensor(shape, flat.bits());
    if (shape.stream().anyMatch(size -> size < 1) || tensor.size() != flat.size()) {
      throw new IllegalArgumentException("a tensor of shape " + shape + " has not " + flat.size());
    }
    return tensor;
  }

  private static @Nullable String metadata(Field field, String key) {
    for (int i = 0; i < field.customMetadataLength(); i++) {
      if (key.equals(field.customMetadata(i).key())) {
        return field.customMetadata(i).value();
      }
    }
    return null;
  }
}
