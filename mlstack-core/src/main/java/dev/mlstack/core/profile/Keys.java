package dev.mlstack.core.profile;

import dev.mlstack.schema.FieldType;
import dev.mlstack.store.Value;

/**
 * How the numbers of a column are mapped to whole numbers in the same order, their keys. Bool, int,
 * date and timestamp are their own keys; a double has those of its bits, mirrored where it is
 * negative, so that a step between keys is a step between neighbouring doubles.
 */
enum Keys {
  /** Whole numbers. */
  WHOLE {
    @Override
    double number(long key) {
      return key;
    }

    @Override
    Value toValue(long key) {
      return Value.of(key);
    }

    @Override
    long fromValue(Value value) {
      return value.asWhole();
    }
  },

  /** Doubles. Not a number has no key; -0.0 has that of 0.0. */
  REAL {
    @Override
    double number(long key) {
      // The key before that of 0.0 belongs to -0.0, which is the same number.
      return Double.longBitsToDouble(key ^ ((key >> (Long.SIZE - 1)) & Long.MAX_VALUE)) + 0.0;
    }

    @Override
    Value toValue(long key) {
      return Value.of(number(key));
    }

    @Override
    long fromValue(Value value) {
      return ofReal(value.asReal());
    }
  };

  /** Returns how numbers of some type are mapped; tensors count with a double each. */
  static Keys of(FieldType type) {
    return type instanceof FieldType.Real || type instanceof FieldType.Tensor ? REAL : WHOLE;
  }

  /** Returns the key of a double that is a number. */
  static long ofReal(double number) {
    long bits = Double.doubleToRawLongBits(number + 0.0);
    return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
  }

  /** Returns the number that has a key; the nearest double if it is a great whole number. */
  abstract double number(long key);

  abstract Value toValue(long key);

  abstract long fromValue(Value value);
}
