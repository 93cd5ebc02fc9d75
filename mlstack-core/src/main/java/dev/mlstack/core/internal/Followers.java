package dev.mlstack.core.internal;

import dev.mlstack.store.Digest;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who follow refs. Each is told of a state once, in order, and by one thread at a time. Safe
 * for use by several threads.
 */
public final class Followers {

  private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

  private final Function<RefName, State> states;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  /**
   * Creates followers of which none exists.
   *
   * @param states returns the state of a ref as it is now
   */
  public Followers(Function<RefName, State> states) {
    this.states = states;
  }

  /**
   * The state of a ref.
   *
   * @param moves how often it has moved, counting its creations and deletions
   * @param target what it points to, if it exists
   */
  public record State(long moves, Optional<Digest> target) {
    /** The state of a ref that never existed. */
    public static final State NEVER = new State(0, Optional.empty());

    /** Returns the ref of this state. */
    public Optional<Ref> toRef(RefName name) {
      return target.map(digest -> new Ref(name, digest, moves));
    }
  }

  /** Adds a follower, which is told of all that happens from now on. */
  public Subscription add(RefName name, Consumer<Optional<Ref>> listener) {
    Follower follower = new Follower(name, listener, states.apply(name).moves());
    followers.add(follower);
    follower.tell(); // It may have moved just now.
    return () -> followers.remove(follower);
  }

  /** Tells those who follow a ref and do not know its state yet. */
  public void tell(RefName name) {
    for (Follower follower : followers) {
      if (follower.name.equals(name)) {
        follower.tell();
      }
    }
  }

  /** Tells all who do not know the state of their ref yet. */
  public void tellAll() {
    followers.forEach(Follower::tell);
  }

  /** Tells whether there is nobody. */
  public boolean isEmpty() {
    return followers.isEmpty();
  }

  /** Forgets all. */
  public void clear() {
    followers.clear();
  }

  private final class Follower {
    private final RefName name;
    private final Consumer<Optional<Ref>> listener;
    private long told;
    private boolean failing;

    Follower(RefName name, Consumer<Optional<Ref>> listener, long told) {
      this.name = name;
      this.listener = listener;
      this.told = told;
    }

    /** Reads the state under the lock, so that the last one told is the last one there was. */
    synchronized void tell() {
      try {
        State state = states.apply(name);
        if (state.moves() != told && followers.contains(this)) {
          told = state.moves();
          listener.accept(state.toRef(name));
        }
        failing = false;
      } catch (RuntimeException e) {
        // Whoever moved the ref must not fail for it.
        if (!failing) {
          LOG.warn("a follower of {} could not be told that it has moved", name, e);
        }
        failing = true;
      }
    }
  }
}
