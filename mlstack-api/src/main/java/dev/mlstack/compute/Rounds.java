package dev.mlstack.compute;

/**
 * A computation that sums over rows, in one or more rounds.
 *
 * <p>In each round, {@link #partial} looks at one block of rows and at the state that all share;
 * partial results are {@linkplain #merge merged}; {@link #update} makes the next state of all of
 * them together. A driver may run the partials on threads, on a GPU or on many machines: it begins
 * with {@link #start()} and repeats rounds until {@link #done}.
 *
 * <p>Laws, which make the result independent of the driver:
 *
 * <ol>
 *   <li>{@code merge} is commutative and associative, to the bit.
 *   <li>A partial depends on the state and on the rows of its block alone. Where it also depends on
 *       how rows are cut into blocks, blocks are cut at fixed borders of {@link #BLOCK_ROWS} rows.
 *   <li>No method changes its arguments, except that {@code merge} may consume {@code left}.
 * </ol>
 *
 * @param <S> the state that all blocks share in a round; immutable
 * @param <P> what one or more blocks contribute to a round
 * @param <B> a block of rows
 */
public interface Rounds<S, P, B> {

  /** The number of rows in every block but the last, where blocks matter: 4,096. */
  int BLOCK_ROWS = 4096;

  /** Returns the state before the first round. */
  S start();

  /** Tells whether {@code state} is final. */
  boolean done(S state);

  /** Returns what {@code block} contributes to the round that begins with {@code state}. */
  P partial(S state, B block);

  /** Returns the contribution of all rows of {@code left} and {@code right}. May reuse left. */
  P merge(P left, P right);

  /** Returns the state after a round in which {@code total} is the contribution of all rows. */
  S update(S state, P total);
}
