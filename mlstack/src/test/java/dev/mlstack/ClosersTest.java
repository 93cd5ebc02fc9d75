package dev.mlstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosersTest {

  private final List<String> closed = new ArrayList<>();
  private final Closers closers = new Closers();

  private void add(String name, boolean fails) {
    String opened =
        closers.add(
            name,
            thing -> {
              closed.add(thing);
              if (fails) {
                throw new IllegalStateException(thing + " is stuck");
              }
            });
    assertThat(opened).isEqualTo(name);
  }

  @Test
  void close_closesTheLastOpenedFirst_andNothingTwice() {
    add("store", false);
    add("log", false);
    closers.close();
    closers.close();
    assertThat(closed).containsExactly("log", "store");
  }

  @Test
  void close_goesOnWhenSomethingFails_andThrowsTheFirstFailureWithTheOthers() {
    add("store", true);
    add("refs", false);
    add("log", true);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(closers::close)
        .withMessage("log is stuck")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("log", "refs", "store");
  }

  @Test
  void closeAfter_keepsTheFailureThatWasThereFirst() {
    add("store", true);
    add("log", false);
    IOException failure = new IOException("no such directory");
    closers.closeAfter(failure);
    assertThat(closed).containsExactly("log", "store");
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessage("store is stuck"));
  }
}
