package dev.mlstack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

  // FIPS 180-2, appendix B.1, and the digest of no bytes at all.
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void of_isSha256() {
    assertThat(Digest.of(ascii("abc")).hex()).isEqualTo(ABC);
    assertThat(Digest.of(new byte[0]).hex()).isEqualTo(EMPTY);
  }

  @Test
  void everyForm_leadsBackToTheSameDigest() {
    Digest digest = Digest.parse(ABC);
    assertThat(Digest.of(ascii("abc"))).isEqualTo(digest).hasSameHashCodeAs(digest);
    assertThat(Digest.ofBytes(digest.toBytes())).isEqualTo(digest);
    assertThat(Digest.parse(ABC.toUpperCase(Locale.ROOT))).isEqualTo(digest);
    assertThat(digest).hasToString(ABC);
    assertThat(digest.abbreviated()).isEqualTo("ba7816bf8f01");
    assertThat(digest).isNotEqualTo(Digest.parse(EMPTY)).isNotEqualTo(ABC);
  }

  @Test
  void bytes_areCopies() {
    byte[] bytes = Digest.parse(ABC).toBytes();
    Digest digest = Digest.ofBytes(bytes);
    bytes[0] ^= 1;
    digest.toBytes()[0] ^= 1;
    assertThat(digest.hex()).isEqualTo(ABC);
  }

  @Test
  void digestsThatDifferInOneByte_areNotEqual() {
    for (int i = 0; i < Digest.BYTES; i++) {
      byte[] bytes = Digest.parse(ABC).toBytes();
      bytes[i] ^= 1;
      assertThat(Digest.ofBytes(bytes)).isNotEqualTo(Digest.parse(ABC));
    }
  }

  @Test
  void order_isThatOfUnsignedBytes() {
    Random random = new Random(1);
    List<Digest> digests = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[Digest.BYTES];
      // Few different bytes, so that digests often begin alike.
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = (byte) (random.nextInt(8) == 0 ? 0x80 : 0x7f);
      }
      digests.add(Digest.ofBytes(bytes));
    }
    List<Digest> expected = new ArrayList<>(digests);
    expected.sort(Comparator.comparing(digest -> new BigInteger(1, digest.toBytes())));
    digests.sort(Comparator.naturalOrder());
    assertThat(digests).isEqualTo(expected);
    assertThat(digests.get(0)).isEqualByComparingTo(Digest.ofBytes(digests.get(0).toBytes()));
  }

  @Test
  void ofBytes_needs32() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Digest.ofBytes(new byte[31]))
        .withMessage("a digest has 32 bytes but 31 were given");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ba78",
        EMPTY + "00",
        "x3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void parse_needs64HexadecimalDigits(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Digest.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void aHasher_sumsPiecesAndStartsAnew() {
    Digest.Hasher hasher = new Digest.Hasher();
    byte[] text = ascii("xxabcxx");
    assertThat(hasher.update(text, 2, 2).update(text, 4, 1).digest().hex()).isEqualTo(ABC);
    assertThat(hasher.digest().hex()).isEqualTo(EMPTY);
    assertThat(hasher.update(ascii("abc")).digest().hex()).isEqualTo(ABC);
  }

  @Test
  void aHasher_takesNumbersLowestByteFirst() {
    byte[] bytes = {1, 2, 3, 8, 7, 6, 5, 4, 3, 2, 1};
    Digest.Hasher hasher = new Digest.Hasher().update(Arrays.copyOf(bytes, 3));
    assertThat(hasher.update(0x0102030405060708L).digest()).isEqualTo(Digest.of(bytes));
  }
}
