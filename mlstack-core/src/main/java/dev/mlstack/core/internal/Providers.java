package dev.mlstack.core.internal;

import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what other jars provide. */
public final class Providers {

  private Providers() {}

  /**
   * Returns the providers of a service, one of each class.
   *
   * <p>A provider is made when the stream comes to it: one that cannot be made does no harm to who
   * has found another before. First come those that the context class loader of the thread sees,
   * then those that stand beside this library. The two may differ: threads of a common pool or of a
   * container often have a loader that sees no application.
   *
   * @param service a service that this module uses
   * @return the providers; going through them throws {@link java.util.ServiceConfigurationError} at
   *     one that cannot be made
   */
  public static <S> Stream<S> of(Class<S> service) {
    Set<Class<?>> seen = new HashSet<>();
    return Stream.of(
            ServiceLoader.load(service),
            ServiceLoader.load(service, Providers.class.getClassLoader()))
        .flatMap(ServiceLoader::stream)
        .filter(provider -> seen.add(provider.type()))
        .map(ServiceLoader.Provider::get);
  }
}
