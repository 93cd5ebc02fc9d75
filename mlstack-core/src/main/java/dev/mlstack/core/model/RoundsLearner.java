package dev.mlstack.core.model;

import dev.mlstack.compute.Rounds;
import dev.mlstack.model.ExampleBlock;
import dev.mlstack.model.Model;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectSink;
import dev.mlstack.store.ObjectSource;
import java.util.Map;

/**
 * A learning algorithm written as rounds over examples; {@link RoundsTraining} makes a training of
 * it.
 *
 * @param <S> the state after each round
 * @param <P> what blocks of examples contribute to a round
 */
public interface RoundsLearner<S, P> extends Rounds<S, P, ExampleBlock> {

  /** Returns how many rounds lead to a state. */
  long rounds(S state);

  /** Returns how many rounds there are at most, or {@link dev.mlstack.compute.Progress#UNKNOWN}. */
  long mostRounds();

  /** Returns what is worth watching about a state, such as {@code objective}; may be empty. */
  Map<String, Double> measures(S state);

  /** Returns what has been learned by a state. */
  Model model(S state);

  /**
   * Writes a state.
   *
   * @return the digest to {@link #read} it from
   */
  Digest write(S state, ObjectSink sink);

  /**
   * Returns the state that was written, to the bit.
   *
   * @throws dev.mlstack.store.StoreException if an object is not there, damaged or malformed
   */
  S read(ObjectSource source, Digest digest);
}
