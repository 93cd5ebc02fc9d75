package dev.mlstack.core.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Finds what other jars provide. */
public final class Providers {

  private Providers() {}

  /**
   * Returns the providers of a service, one of each class.
   *
   * <p>First those that the context class loader of the thread sees, then those that stand beside
   * this library. The two may differ: threads of a common pool or of a container often have a
   * loader that sees no application.
   *
   * @param service a service that this module uses
   * @throws java.util.ServiceConfigurationError if a provider cannot be made
   */
  public static <S> List<S> of(Class<S> service) {
    Map<Class<? extends S>, ServiceLoader.Provider<S>> providers = new LinkedHashMap<>();
    Stream.of(
            ServiceLoader.load(service),
            ServiceLoader.load(service, Providers.class.getClassLoader()))
        .flatMap(ServiceLoader::stream)
        .forEach(provider -> providers.putIfAbsent(provider.type(), provider));
    return providers.values().stream().<S>map(ServiceLoader.Provider::get).toList();
  }
}
