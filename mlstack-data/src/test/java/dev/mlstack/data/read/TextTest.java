package dev.mlstack.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.mlstack.data.internal.Names;
import dev.mlstack.data.internal.Spellings;
import dev.mlstack.data.internal.Utf8;
import dev.mlstack.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UTF-8, other charsets, spellings and names. */
class TextTest {

  private final long seed = Seeds.next();
  private final Random random = new Random(seed);

  private static boolean isWellFormedByTheJdk(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void isWellFormed_agreesWithTheJdk() {
    int[] interesting = {0, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf};
    int[] leads = {0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(6)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            (byte)
                switch (random.nextInt(3)) {
                  case 0 -> interesting[random.nextInt(interesting.length)];
                  case 1 -> leads[random.nextInt(leads.length)];
                  default -> random.nextInt(256);
                };
      }
      assertThat(Utf8.isWellFormed(bytes, 0, bytes.length))
          .as("%s, seed %d", Arrays.toString(bytes), seed)
          .isEqualTo(isWellFormedByTheJdk(bytes));
    }
  }

  @Test
  void isWellFormed_everyCharacter() {
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
        byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
        if (!Utf8.isWellFormed(bytes, 0, bytes.length)) {
          fail("character " + character);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-32", "Shift_JIS"})
  void transcoding_givesTheSameText(String name) throws IOException {
    Charset charset = Charset.forName(name);
    boolean canEncode = charset.newEncoder().canEncode("\ud83d\udc0e");
    StringBuilder text = new StringBuilder();
    while (text.length() < 200_000) {
      text.append(canEncode ? "\ud83d\udc0e" : "~");
      text.append((char) ('a' + random.nextInt(26))).append(random.nextInt(3) == 0 ? "\n" : "");
    }
    byte[] encoded = text.toString().getBytes(charset);
    try (TranscodingInput in = new TranscodingInput(new ByteArrayInputStream(encoded), charset)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text.toString());
    }
  }

  /** Bytes without meaning become a byte that has none in UTF-8 either, also at the very end. */
  @Test
  void transcoding_malformedBytes_stayMalformed() throws IOException {
    byte[] encoded = {'a', 0, (byte) 0x00, (byte) 0xdc, 'b', 0, 'c'};
    try (TranscodingInput in =
        new TranscodingInput(new ByteArrayInputStream(encoded), StandardCharsets.UTF_16LE)) {
      assertThat(in.readAllBytes()).isEqualTo(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xff});
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MALIGNANT, 1",
    "malignant, 1",
    "Benign, 0",
    "Not-Known, 2",
    "not known, 2",
    "NOT_KNOWN, 2",
    "notknown, 2",
    "' benign ', 0",
    "malign, -1",
    "ma, 3",
    "MA, 4",
    "Ma, -1"
  })
  void spellings_findTheValueWhereItIsNoRisk(String text, int code) {
    Spellings spellings = new Spellings(List.of("BENIGN", "MALIGNANT", "NOT_KNOWN", "ma", "MA"));
    byte[] bytes = ("<" + text).getBytes(StandardCharsets.UTF_8);
    for (int again = 0; again < 3; again++) {
      assertThat(spellings.code(bytes, 1, bytes.length)).isEqualTo(code);
    }
  }

  @Test
  void spellings_ofManyValues_areAllFound() {
    List<String> values = random.ints(3000).distinct().mapToObj(i -> "v" + i).toList();
    Spellings spellings = new Spellings(values);
    for (int round = 0; round < 10_000; round++) {
      int code = random.nextInt(values.size());
      String text =
          random.nextBoolean()
              ? values.get(code)
              : values.get(code).toUpperCase(java.util.Locale.ROOT);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      // Hyphens make no difference, so that 5 and -5 are alike in any but the exact spelling.
      int found = spellings.code(bytes, 0, bytes.length);
      boolean exact = text.equals(values.get(code));
      assertThat(found == code || (!exact && found == -1)).as("seed %d", seed).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mean_radius, 0",
    "Mean Radius, 0",
    "mean-radius, 0",
    "meanradius, 0",
    "age, 1",
    "AGE, 1",
    "Sex, -1",
    "SEX, 2",
    "height, -1"
  })
  void find_name_exactOrTheOnlyLooseOne(String name, int index) {
    assertThat(Names.find(List.of("Mean_Radius", "age", "SEX", "s-e-x"), name)).isEqualTo(index);
  }

  @Test
  void nearest_name_isTheOneWithTheFewestChanges() {
    List<String> names = List.of("mean_radius", "mean_texture", "id");
    assertThat(Names.nearest(names, "mean_radus")).hasValue("mean_radius");
    assertThat(Names.nearest(names, "Texture_mean")).isEmpty();
    assertThat(Names.nearest(names, "ID")).hasValue("id");
    assertThat(Names.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Names.distance("", "abc")).isEqualTo(3);
  }
}
