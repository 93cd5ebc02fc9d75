package dev.mlstack.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.core.model.LinearFormat;
import dev.mlstack.core.model.PriorFormat;
import dev.mlstack.model.ModelFormat;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {

  private static List<Class<?>> formats() {
    return Providers.of(ModelFormat.class).<Class<?>>map(ModelFormat::getClass).toList();
  }

  @Test
  void of_givesEachProviderOnce() {
    assertThat(formats()).contains(LinearFormat.class, PriorFormat.class).doesNotHaveDuplicates();
  }

  private static void withLoader(ClassLoader loader, Runnable action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      action.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void of_onAThreadThatSeesNoApplication_findsThemToo() {
    List<Class<?>> expected = formats();
    withLoader(
        ClassLoader.getPlatformClassLoader(),
        () -> assertThat(formats()).containsExactlyInAnyOrderElementsOf(expected));
  }

  @Test
  void of_withAProviderThatCannotBeMade_harmsOnlyWhoComesToIt(@TempDir Path directory)
      throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve(ModelFormat.class.getName()), "no.such.Format\n");
    URL[] urls = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      withLoader(
          loader,
          () -> {
            assertThat(Providers.of(ModelFormat.class).anyMatch(LinearFormat.class::isInstance))
                .isTrue();
            assertThatExceptionOfType(ServiceConfigurationError.class)
                .isThrownBy(ProvidersTest::formats)
                .withMessageContaining("no.such.Format");
          });
    }
  }
}
