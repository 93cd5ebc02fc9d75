package dev.mlstack.core.release;

import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Release;
import dev.mlstack.release.Release.Route;
import dev.mlstack.release.Releases;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoreException;
import dev.mlstack.store.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases that consist of records and refs.
 *
 * <p>The ref {@code releases/<name>/live} points to the release that is live. Every release ever
 * made has a ref {@code releases/<name>/numbers/<number>}, which keeps it, and so the models that a
 * rollback needs, from being collected. Numbers have no gaps; only a process that dies on the way
 * leaves a release that has a number and never was live.
 *
 * <p>The rule of rolling back: a release names as its predecessor what the live ref pointed to at
 * the very move that put it live, and a rollback moves the ref from a release to its predecessor.
 * When a deployment finds that the ref has moved since it looked, it writes its record anew with
 * the new predecessor and tries again. A rollback does not try again: two people who want the same
 * bad release gone must not go back twice.
 */
public final class RefReleases implements Releases {

  private static final Logger LOG = LoggerFactory.getLogger(RefReleases.class);

  private static final RefName RELEASES = RefName.of("releases");
  private static final String LIVE = "live";
  private static final String NUMBERS = "numbers";

  private final ObjectStore store;
  private final Refs refs;

  /**
   * Creates releases. They own nothing and have nothing to close.
   *
   * @param store keeps the records
   * @param refs keeps what points to them
   */
  public RefReleases(ObjectStore store, Refs refs) {
    this.store = store;
    this.refs = refs;
  }

  @Override
  public Release deploy(String name, Map<ModelVersion, Double> shares, Cause cause) {
    List<Route> routes = Routes.of(store, shares);
    NumberedRefs numbers = new NumberedRefs(refs, RELEASES.child(name).child(NUMBERS));
    try (Batch batch = store.batch()) {
      return new Deployment(batch, refs, liveRef(name), numbers, name, routes, cause).run();
    }
  }

  @Override
  public Optional<Release> live(String name) {
    return refs.find(liveRef(name)).map(ref -> read(ref.target()));
  }

  @Override
  public Release rollback(String name, Cause cause) {
    RefName live = liveRef(name);
    Digest current =
        refs.find(live)
            .map(Ref::target)
            .orElseThrow(() -> new IllegalStateException("nothing is live under " + name));
    Release bad = read(current);
    Digest previous =
        ReleaseRecord.previous(store, current)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "there is nothing to go back to: nothing was live before " + bad));
    Release good = read(previous);
    good.routes().forEach(route -> requireStored(route.fittedModel()));
    if (!refs.move(live, current, previous, cause)) {
      throw new IllegalStateException(
          name
              + " was moved by somebody else while "
              + bad
              + " was rolled back; look what is live now before you try again");
    }
    return good;
  }

  @Override
  public List<Release> history(String name) {
    return refs.history(liveRef(name)).stream()
        .map(RefMove::to)
        .flatMap(Optional::stream)
        .map(this::read)
        .toList();
  }

  @Override
  public Subscription follow(String name, Consumer<Release> listener) {
    return refs.follow(liveRef(name), ref -> ref.ifPresent(live -> tell(name, live, listener)));
  }

  /** Tells a follower, who keeps what it has if the release cannot be read. */
  private void tell(String name, Ref live, Consumer<Release> listener) {
    Release release;
    try {
      release = read(live.target());
    } catch (StoreException e) {
      LOG.error("Followers of {} were not told of its new release, which is unreadable", name, e);
      return;
    }
    listener.accept(release);
  }

  private void requireStored(Digest model) {
    if (!store.contains(model)) {
      throw new ObjectNotFoundException(model, "the store, so the release cannot go live again");
    }
  }

  private Release read(Digest digest) {
    return ReleaseRecord.read(store, digest);
  }

  private static RefName liveRef(String name) {
    return RELEASES.child(name).child(LIVE);
  }
}
