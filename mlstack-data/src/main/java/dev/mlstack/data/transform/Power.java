package dev.mlstack.data.transform;

import dev.mlstack.core.feature.BoxCox;
import dev.mlstack.core.feature.YeoJohnson;
import dev.mlstack.core.math.StableMath;
import dev.mlstack.feature.FittedTransform;
import dev.mlstack.store.VersionedName;

/** The families of power transforms, each with its power as parameter. */
enum Power {
  YEO_JOHNSON {
    @Override
    VersionedName operation() {
      return YeoJohnson.OPERATION;
    }

    @Override
    FittedTransform.NumberToNumber of(double lambda) {
      return new YeoJohnson(lambda);
    }

    @Override
    boolean takes(double value) {
      return true;
    }

    @Override
    double slope(double value) {
      return value >= 0 ? StableMath.log1p(value) : -StableMath.log1p(-value);
    }
  },

  BOX_COX {
    @Override
    VersionedName operation() {
      return BoxCox.OPERATION;
    }

    @Override
    FittedTransform.NumberToNumber of(double lambda) {
      return new BoxCox(lambda);
    }

    @Override
    boolean takes(double value) {
      return value > 0;
    }

    @Override
    double slope(double value) {
      return StableMath.log(value);
    }
  };

  abstract VersionedName operation();

  /** Returns the transform with a power. */
  abstract FittedTransform.NumberToNumber of(double lambda);

  /** Tells whether a finite number can be transformed. */
  abstract boolean takes(double value);

  /** Returns by how much the logarithm of the derivative at a number grows with the power. */
  abstract double slope(double value);
}
