package dev.mlstack.parquet;

import dev.mlstack.data.columnar.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;

/** Finds the columns in the tree that a schema is, which a file has from the root to the leaves. */
final class SchemaTree {

  private static final int MAX_DEPTH = 64;

  private final List<SchemaElement> elements;
  private final List<Leaf> leaves = new ArrayList<>();
  private int next;

  private SchemaTree(List<SchemaElement> elements) {
    this.elements = elements;
  }

  /** Where in the tree one is. */
  private record Place(String prefix, int definition, int repetition, int list, String refusal) {

    Place into(SchemaElement element, String name) {
      FieldRepetitionType type = element.getRepetition_type();
      int more = type == FieldRepetitionType.REQUIRED ? 0 : 1;
      boolean repeated = type == FieldRepetitionType.REPEATED;
      return new Place(
          name,
          definition + more,
          repetition + (repeated ? 1 : 0),
          repeated ? definition + more : list,
          refusal);
    }

    Place refused(String what) {
      return new Place(prefix, definition, repetition, list, refusal.isEmpty() ? what : refusal);
    }
  }

  /** Returns the columns. */
  static List<Leaf> leaves(List<SchemaElement> elements) {
    SchemaTree tree = new SchemaTree(elements);
    SchemaElement root = tree.take();
    for (int i = 0; i < root.getNum_children(); i++) {
      SchemaElement child = tree.peek();
      tree.add(new Place("", 0, 0, 0, ""), child.getName(), 0);
    }
    return tree.leaves;
  }

  private SchemaElement peek() {
    return elements.get(next);
  }

  private SchemaElement take() {
    return elements.get(next++);
  }

  private void add(Place parent, String name, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("column '" + name + "' is nested too deeply");
    }
    SchemaElement element = take();
    Place place = parent.into(element, name);
    if (element.isSetType()) {
      leaves.add(leaf(place, element));
    } else if (isList(element)) {
      addList(place, name, depth);
    } else {
      String refusal = isMap(element) ? "map" : place.repetition() > 0 ? "list" : "";
      Place inner = refusal.isEmpty() ? place : place.refused(refusal);
      addChildren(element, inner, name, depth);
    }
  }

  private void addChildren(SchemaElement element, Place place, String name, int depth) {
    for (int i = 0; i < element.getNum_children(); i++) {
      add(place, name + "." + peek().getName(), depth + 1);
    }
  }

  /** Adds a list: a repeated group with one item, or, from old writers, a repeated item. */
  private void addList(Place place, String name, int depth) {
    SchemaElement repeated = take();
    Place inner = place.into(repeated, name);
    if (repeated.isSetType()) {
      leaves.add(leaf(inner, repeated));
    } else if (repeated.getNum_children() == 1 && peek().isSetType()) {
      SchemaElement item = take();
      leaves.add(leaf(inner.into(item, name), item));
    } else {
      addChildren(repeated, inner.refused("list"), name, depth);
    }
  }

  private static boolean isList(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    return element.getNum_children() == 1
        && ((logical != null && logical.isSetLIST())
            || element.getConverted_type() == ConvertedType.LIST);
  }

  private static boolean isMap(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    return (logical != null && logical.isSetMAP())
        || element.getConverted_type() == ConvertedType.MAP
        || element.getConverted_type() == ConvertedType.MAP_KEY_VALUE;
  }

  private static Leaf leaf(Place place, SchemaElement element) {
    if (element.getType_length() < 0) {
      throw new IllegalArgumentException("a value has " + element.getType_length() + " bytes");
    }
    ColumnType type = Types.of(element);
    if (place.repetition() == 1 && type instanceof ColumnType.Real real) {
      type = new ColumnType.Numbers(real.bits());
    } else if (place.repetition() > 0) {
      type = new ColumnType.Unsupported("list");
    }
    if (!place.refusal().isEmpty()) {
      type = new ColumnType.Unsupported(place.refusal());
    }
    return new Leaf(
        place.prefix(),
        type,
        element.getType(),
        element.getType_length(),
        place.definition(),
        place.repetition(),
        place.list());
  }
}
