package dev.mlstack.data.jdbc;

import dev.mlstack.store.Value;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets and describes the arguments of statements. */
final class Statements {

  private Statements() {}

  static void setAll(PreparedStatement statement, List<@Nullable Object> arguments)
      throws SQLException {
    for (int i = 0; i < arguments.size(); i++) {
      statement.setObject(i + 1, known(arguments.get(i)));
    }
  }

  /** Returns an argument as a class that every driver knows. */
  private static @Nullable Object known(@Nullable Object argument) {
    if (argument instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    return argument instanceof Enum<?> constant ? constant.name() : argument;
  }

  /** Returns the document that describes an argument. */
  static Value toValue(@Nullable Object argument) {
    if (argument == null) {
      return new Value.Null();
    } else if (argument instanceof Boolean flag) {
      return Value.of(flag);
    } else if (argument instanceof Integer || argument instanceof Long) {
      return Value.of(((Number) argument).longValue());
    } else if (argument instanceof Double number && Double.isFinite(number)) {
      return Value.of(number);
    }
    return Value.of(argument.toString());
  }
}
