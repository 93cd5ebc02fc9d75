package dev.mlstack.store;

/** Following something that changes. Closing it ends the following; closing twice does nothing. */
public interface Subscription extends AutoCloseable {

  /** Ends the following. A call that is under way may still finish. */
  @Override
  void close();
}
