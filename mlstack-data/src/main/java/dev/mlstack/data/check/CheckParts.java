package dev.mlstack.data.check;

import dev.mlstack.core.profile.Profile;
import dev.mlstack.store.Digest;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import dev.mlstack.table.Dataset;
import java.util.Optional;

/**
 * What documents of checks name but do not hold: other datasets, profiles of earlier data, and tests
 * that an application brings. A rule whose part is not there can be shown, but not run.
 */
public interface CheckParts {

  /** Has nothing. */
  CheckParts NONE = new CheckParts() {};

  /** Returns the dataset of a digest. */
  default Optional<Dataset> dataset(Digest digest) {
    return Optional.empty();
  }

  /** Returns the profile of a digest. */
  default Optional<Profile> profile(Digest digest) {
    return Optional.empty();
  }

  /** Returns the test of a name with its parameters. */
  default Optional<RowCheck> check(VersionedName name, Value.Doc parameters) {
    return Optional.empty();
  }
}
