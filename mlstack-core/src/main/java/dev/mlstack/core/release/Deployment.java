package dev.mlstack.core.release;

import dev.mlstack.release.Release;
import dev.mlstack.release.Release.Route;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One deployment under way: a number is taken first, then the live ref moves. */
final class Deployment {

  private final Batch batch;
  private final Refs refs;
  private final RefName live;
  private final NumberedRefs numbers;
  private final String name;
  private final List<Route> routes;
  private final Cause cause;
  private final Instant at = Instant.now();

  Deployment(
      Batch batch,
      Refs refs,
      RefName live,
      NumberedRefs numbers,
      String name,
      List<Route> routes,
      Cause cause) {
    this.batch = batch;
    this.refs = refs;
    this.live = live;
    this.numbers = numbers;
    this.name = name;
    this.routes = routes;
    this.cause = cause;
  }

  Release run() {
    Optional<Digest> before = target();
    Release release = write(numbers.next(), before);
    while (!numbers.take(release.number(), release.digest(), cause)) {
      release = write(numbers.next(), before);
    }
    while (!putLive(before, release.digest())) {
      before = target();
      Release renewed = write(release.number(), before);
      renumber(release, renewed);
      release = renewed;
    }
    return release;
  }

  private Optional<Digest> target() {
    return refs.find(live).map(Ref::target);
  }

  private Release write(int number, Optional<Digest> previous) {
    StoredObject record = ReleaseRecord.of(name, number, routes, previous, at, cause);
    Release release = ReleaseRecord.from(record);
    batch.put(record);
    batch.commit();
    return release;
  }

  private boolean putLive(Optional<Digest> before, Digest release) {
    return before.isEmpty()
        ? refs.create(live, release, cause)
        : refs.move(live, before.get(), release, cause);
  }

  /** Points the number, which is ours alone, to the record written anew. */
  private void renumber(Release from, Release to) {
    RefName number = numbers.name(from.number());
    if (!from.equals(to) && !refs.move(number, from.digest(), to.digest(), cause)) {
      throw new IllegalStateException(
          number + " was moved by somebody else; nothing was deployed, so deploy again");
    }
  }
}
