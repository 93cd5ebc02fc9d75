package dev.mlstack.core.release;

import dev.mlstack.core.json.Json;
import dev.mlstack.model.FittedModel;
import dev.mlstack.release.ModelVersion;
import dev.mlstack.release.Release.Route;
import dev.mlstack.run.RunInfo;
import dev.mlstack.store.Digest;
import dev.mlstack.store.ObjectNotFoundException;
import dev.mlstack.store.ObjectSource;
import dev.mlstack.store.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns shares of model versions into routes, after looking at what the store has of them. */
final class Routes {

  /** The name of the edge from a run to the profile of its training data. */
  private static final String PROFILE = "output.profile";

  private static final Comparator<ModelVersion> ORDER =
      Comparator.comparing(ModelVersion::name).thenComparing(ModelVersion::number);

  private Routes() {}

  /** Returns the routes, sorted by name and number of their versions. */
  static List<Route> of(ObjectSource source, Map<ModelVersion, Double> shares) {
    List<ModelVersion> versions = shares.keySet().stream().sorted(ORDER).toList();
    versions.forEach(version -> requireRegistered(source, version));
    requireAlike(source, versions);
    List<Route> routes = new ArrayList<>();
    for (ModelVersion version : versions) {
      Digest run = version.run();
      routes.add(
          new Route(
              version.digest(),
              version.fittedModel(),
              source.get(run).require(RunInfo.TYPE).target(PROFILE),
              Objects.requireNonNull(shares.get(version))));
    }
    return routes;
  }

  private static void requireRegistered(ObjectSource source, ModelVersion version) {
    ModelVersion registered;
    try {
      registered = VersionRecord.read(source, version.digest());
    } catch (ObjectNotFoundException e) {
      throw new IllegalArgumentException(
          "version must be registered in this store but is not: " + version, e);
    }
    if (!registered.equals(version)) {
      throw new IllegalArgumentException(
          "version must be as it was registered but was changed: " + version);
    }
  }

  private static void requireAlike(ObjectSource source, List<ModelVersion> versions) {
    for (ModelVersion version : versions) {
      Value first = outputs(source, versions.get(0));
      Value outputs = outputs(source, version);
      if (!outputs.equals(first)) {
        throw new IllegalArgumentException(
            "versions of a release must answer alike but "
                + versions.get(0)
                + " gives "
                + first.canonicalJson()
                + " and "
                + version
                + " gives "
                + outputs.canonicalJson());
      }
    }
  }

  private static Value outputs(ObjectSource source, ModelVersion version) {
    return Json.payload(source.get(version.fittedModel()).require(FittedModel.TYPE)).get("outputs");
  }
}
