package dev.mlstack.data.read;

import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Columns of a file that together are one tensor column.
 *
 * @param column the name of the tensor column
 * @param pattern their names, where {@code *} stands for any characters
 * @param shape the shape of the tensor; empty if the schema says it, or it has one dimension
 */
record Gather(String column, String pattern, List<Integer> shape) {

  Gather {
    shape = List.copyOf(shape);
  }

  boolean matches(String name) {
    String regex =
        Arrays.stream(pattern.split("\\*", /* limit= */ -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches();
  }

  /** Returns the type of the column if {@code count} columns are gathered. */
  FieldType type(int count) {
    return new FieldType.Tensor(shape.isEmpty() ? List.of(count) : shape);
  }

  Value toValue() {
    return Value.doc()
        .put("column", column)
        .put("pattern", pattern)
        .put("shape", Value.ofWholes(shape))
        .build();
  }
}
