package dev.mlstack.schema;

import dev.mlstack.store.Value;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One column of a table.
 *
 * @param name its name; not blank
 * @param type the type of its values
 * @param nullable whether values may be missing; not in a key
 * @param role what it is for
 * @param tags marks that applications give a meaning to, such as {@code pii}
 */
public record Field(
    String name, FieldType type, boolean nullable, Role role, SortedSet<String> tags) {

  /** Checks the name and the role, and copies the tags. */
  public Field {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name of a field must not be blank");
    }
    if (role == Role.KEY && nullable) {
      throw new IllegalArgumentException(
          "a key is never missing, but key '" + name + "' was to be nullable");
    }
    tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
  }

  /** Returns a feature whose values may be missing. */
  public static Field of(String name, FieldType type) {
    return new Field(name, type, true, Role.FEATURE, new TreeSet<>());
  }

  /** Returns this field with values that are never missing. */
  public Field required() {
    return new Field(name, type, false, role, tags);
  }

  /** Returns this field with another name. */
  public Field withName(String newName) {
    return new Field(newName, type, nullable, role, tags);
  }

  /** Returns this field with another type. */
  public Field withType(FieldType newType) {
    return new Field(name, newType, nullable, role, tags);
  }

  /** Returns this field in another role. A key is never missing. */
  public Field withRole(Role newRole) {
    return new Field(name, type, nullable && newRole != Role.KEY, newRole, tags);
  }

  /** Returns this field with other tags. */
  public Field withTags(Set<String> newTags) {
    return new Field(name, type, nullable, role, new TreeSet<>(newTags));
  }

  /** Returns the document that describes this field. */
  public Value.Doc toValue() {
    return Value.doc()
        .put("name", name)
        .put("type", type.toValue())
        .put("nullable", nullable)
        .put("role", role.name())
        .put("tags", Value.ofTexts(List.copyOf(tags)))
        .build();
  }

  /** Returns the field that a document describes. */
  public static Field fromValue(Value value) {
    Value.Doc doc = value.asDoc();
    return new Field(
        doc.text("name"),
        FieldType.fromValue(doc.get("type")),
        doc.flag("nullable"),
        Role.valueOf(doc.text("role")),
        new TreeSet<>(doc.texts("tags")));
  }

  /** Returns the name and the type. */
  @Override
  public String toString() {
    return name + " " + type + (nullable ? "?" : "");
  }
}
