package dev.mlstack.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.mlstack.table.DataException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramTest {

  private final Console errors = new Console();

  static Stream<Arguments> whatIsWrong() {
    return Stream.of(
        Arguments.of(new IOException("disk full"), "disk full"),
        Arguments.of(new NoSuchFileException("x", null, "not there"), "x: not there"),
        Arguments.of(new AccessDeniedException("x"), "java.nio.file.AccessDeniedException: x"),
        Arguments.of(new IllegalArgumentException("no column"), "no column"),
        Arguments.of(new ArithmeticException("too large"), "too large"),
        Arguments.of(new DataException("empty"), "empty"));
  }

  @ParameterizedTest
  @MethodSource("whatIsWrong")
  void run_withSomethingWrong_saysItInOneSentence(Exception wrong, String sentence) {
    Program program =
        () -> {
          if (wrong instanceof IOException e) {
            throw e;
          }
          throw (RuntimeException) wrong;
        };
    assertThat(Program.run(program, errors.stream())).isEqualTo(1);
    assertThat(errors.text()).isEqualToIgnoringNewLines(sentence);
  }

  @Test
  void run_thatEndsWell_saysNothing() {
    assertThat(Program.run(() -> {}, errors.stream())).isZero();
    assertThat(errors.text()).isEmpty();
  }

  /** A fault of our own keeps its stack trace. */
  @Test
  void run_withFault_throwsIt() {
    Program program =
        () -> {
          throw new NullPointerException();
        };
    assertThatNullPointerException().isThrownBy(() -> Program.run(program, errors.stream()));
  }
}
