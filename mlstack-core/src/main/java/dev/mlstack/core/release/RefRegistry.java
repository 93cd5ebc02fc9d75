package dev.mlstack.core.release;

import dev.mlstack.model.FittedModel;
import dev.mlstack.release.ModelRegistry;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.run.RunInfo;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectStore;
import dev.mlstack.store.Ref;
import dev.mlstack.store.RefName;
import dev.mlstack.store.Refs;
import dev.mlstack.store.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model registry that consists of records and refs.
 *
 * <p>The ref {@code models/<name>/versions/<number>} points to a version, {@code
 * models/<name>/aliases/<alias>} to the version that an alias means. A name is one segment, so no
 * name, number or alias can stand where another one does.
 *
 * <p>A number is taken by creating its ref; of two that want the same, one tries again with the
 * next. The record that the loser had written stays behind until the store is collected.
 */
public final class RefRegistry implements ModelRegistry {

  private static final RefName MODELS = RefName.of("models");
  private static final String VERSIONS = "versions";
  private static final String ALIASES = "aliases";

  private final ObjectStore store;
  private final Refs refs;

  /**
   * Creates a registry. It owns nothing and has nothing to close.
   *
   * @param store keeps the records
   * @param refs keeps what points to them
   */
  public RefRegistry(ObjectStore store, Refs refs) {
    this.store = store;
    this.refs = refs;
  }

  @Override
  public ModelVersion register(String name, Digest fittedModel, Digest run, Cause cause) {
    NumberedRefs versions = numbers(name);
    store.get(fittedModel).require(FittedModel.TYPE);
    store.get(run).require(RunInfo.TYPE);
    Instant at = Instant.now();
    while (true) {
      int number = versions.next();
      StoredObject record = VersionRecord.of(name, number, fittedModel, run, at, cause);
      try (Batch batch = store.batch()) {
        batch.put(record);
        batch.commit();
        if (versions.take(number, record.digest(), cause)) {
          return VersionRecord.from(record);
        }
      }
    }
  }

  @Override
  public List<String> names() {
    int segment = MODELS.path().length() + 1;
    return refs.list(MODELS).stream()
        .map(ref -> ref.name().path().substring(segment).split("/", /* limit= */ -1))
        .filter(segments -> segments.length > 1 && segments[1].equals(VERSIONS))
        .map(segments -> segments[0])
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public List<ModelVersion> versions(String name) {
    return numbers(name).all().values().stream().map(this::read).toList();
  }

  @Override
  public Optional<ModelVersion> version(String name, int number) {
    return number < 1 ? Optional.empty() : read(numbers(name).name(number));
  }

  @Override
  public void alias(String alias, ModelVersion version, Cause cause) {
    if (NumberedRefs.parse(alias).isPresent()) {
      throw new IllegalArgumentException("alias must not be a number but was '" + alias + "'");
    }
    if (!version(version.name(), version.number()).equals(Optional.of(version))) {
      throw new IllegalArgumentException("version must be a registered one but was " + version);
    }
    RefName name = aliasesOf(version.name()).child(alias);
    while (!point(name, version.digest(), cause)) {
      // Somebody else moved it at the same time. The last one wins.
    }
  }

  /** Points a ref to a digest, and tells whether it does so now. */
  private boolean point(RefName name, Digest to, Cause cause) {
    Optional<Digest> from = refs.find(name).map(Ref::target);
    if (from.isEmpty()) {
      return refs.create(name, to, cause);
    }
    return from.get().equals(to) || refs.move(name, from.get(), to, cause);
  }

  @Override
  public Optional<ModelVersion> aliased(String name, String alias) {
    return read(aliasesOf(name).child(alias));
  }

  @Override
  public SortedMap<String, Integer> aliases(String name) {
    SortedMap<String, Integer> numbers = new TreeMap<>();
    for (Ref ref : refs.list(aliasesOf(name))) {
      numbers.put(ref.name().last(), read(ref.target()).number());
    }
    return numbers;
  }

  private Optional<ModelVersion> read(RefName name) {
    return refs.find(name).map(ref -> read(ref.target()));
  }

  private ModelVersion read(Digest digest) {
    return VersionRecord.read(store, digest);
  }

  private NumberedRefs numbers(String name) {
    return new NumberedRefs(refs, MODELS.child(name).child(VERSIONS));
  }

  private static RefName aliasesOf(String name) {
    return MODELS.child(name).child(ALIASES);
  }
}
