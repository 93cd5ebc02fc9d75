package dev.mlstack.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.model.LinearFormat;
import dev.mlstack.core.model.PriorFormat;
import dev.mlstack.model.ModelFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  private static List<Class<?>> formats() {
    return Providers.of(ModelFormat.class).stream().<Class<?>>map(ModelFormat::getClass).toList();
  }

  @Test
  void of_givesEachProviderOnce() {
    assertThat(formats()).contains(LinearFormat.class, PriorFormat.class).doesNotHaveDuplicates();
  }

  @Test
  void of_onAThreadThatSeesNoApplication_findsThemToo() {
    List<Class<?>> expected = formats();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(formats()).containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
