package dev.mlstack.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Names that point to objects and move by compare-and-set.
 *
 * <p>Every change names what it expects to find, and does nothing if something else is there. So
 * two that change one ref at once cannot both succeed from the same state. Every change is kept in
 * the ref's history with who, when and why. A change that returned {@code true} is durable.
 *
 * <p>Implementations are safe for use by several threads and, where they keep their refs outside
 * the process, by several processes. Whoever opens refs closes them; subscriptions end with them,
 * and every later use gives an {@link IllegalStateException}.
 */
public interface Refs extends AutoCloseable {

  /** Returns what the name points to, or nothing if it does not exist. */
  Optional<Ref> find(RefName name);

  /**
   * Creates a ref.
   *
   * @return whether it was created; {@code false} if the name exists already
   * @throws StoreException if writing fails; the ref stays as it was
   */
  boolean create(RefName name, Digest to, Cause cause);

  /**
   * Moves a ref.
   *
   * @return whether it moved; {@code false} if it does not point to {@code from}
   * @throws StoreException if writing fails; the ref stays as it was
   */
  boolean move(RefName name, Digest from, Digest to, Cause cause);

  /**
   * Deletes a ref. Its history stays.
   *
   * @return whether it was deleted; {@code false} if it does not point to {@code from}
   * @throws StoreException if writing fails; the ref stays as it was
   */
  boolean delete(RefName name, Digest from, Cause cause);

  /** Returns every move of a ref, the oldest first; empty if the name never existed. */
  List<RefMove> history(RefName name);

  /** Returns all refs below a prefix, at any depth, sorted by name. */
  List<Ref> list(RefName prefix);

  /** Returns all refs, sorted by name. */
  List<Ref> list();

  /**
   * Follows a ref: {@code listener} is called soon after each move, with what the ref points to
   * then, or nothing if it was deleted. A move made through this instance is told before the call
   * that made it returns; one made elsewhere, within a second or so. Moves that follow each other
   * closely may be told as one; none is told twice or after a later one.
   *
   * <p>The listener is called by one thread at a time. It must be quick, must not throw, and must
   * not change refs.
   *
   * @return the subscription; the caller closes it
   */
  Subscription follow(RefName name, Consumer<Optional<Ref>> listener);

  /** Ends all subscriptions and frees what these refs own. Closing twice does nothing. */
  @Override
  void close();
}
