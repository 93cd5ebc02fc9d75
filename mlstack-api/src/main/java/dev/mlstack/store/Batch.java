package dev.mlstack.store;

/**
 * A group of objects that become durable together, and the lease that protects them.
 *
 * <pre>{@code
 * try (Batch batch = store.batch()) {
 *   Digest model = fitted.writeTo(batch);
 *   batch.commit();
 *   refs.create(name, model, cause);
 * }
 * }</pre>
 *
 * <p>From {@code put} until {@code close}, garbage collection spares every object that was put,
 * also one that the store already had. So a batch is closed after the ref that needs its objects
 * has landed. A batch that is closed without {@link #commit()} leaves nothing behind. If the
 * process dies, its leases end. What an object holds must be put too, or be reachable from a ref.
 *
 * <p>After a {@link StoreException} a batch takes no more objects: close it and put them into a new
 * one. What it committed before stays.
 *
 * <p>A batch belongs to the thread that opened it; it is not safe for use by several at once.
 */
public interface Batch extends ObjectSink, AutoCloseable {

  /**
   * Adds an object. It can be read from the store after {@link #commit()}. Putting an object that
   * the batch or the store already has costs nothing more.
   *
   * @throws IllegalStateException if the batch or its store is closed, or the batch has failed
   * @throws StoreException if writing fails, for instance because the disk is full; the store stays
   *     as it was
   */
  @Override
  Digest put(StoredObject object);

  /**
   * Adds an object that differs little from another, of which a store may then keep the difference
   * alone. What is read is the same in any case.
   *
   * @param similar the digest of the other object, which need not be there
   * @throws IllegalStateException if the batch or its store is closed, or the batch has failed
   * @throws StoreException if writing fails; the store stays as it was
   */
  default Digest put(StoredObject object, Digest similar) {
    return put(object);
  }

  /**
   * Makes every object put so far durable and readable: when this returns, they survive the death
   * of the process and of the machine. All of them become readable or, if it fails, none. A batch
   * may be committed several times as it grows.
   *
   * @throws IllegalStateException if the batch or its store is closed, or the batch has failed
   * @throws StoreException if writing fails; the store stays as it was
   */
  void commit();

  /** Ends the lease and drops what was put but not committed. Closing twice does nothing. */
  @Override
  void close();
}
