package dev.mlstack.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {

  /** The bytes 131 i + 7; values computed with the Python package xxhash 4.0.1. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, ef46db3751d8e999",
    "0, 1, d5afba1336a3be4b",
    "0, -7046029254386353131, c4349fc93c010000",
    "1, 0, a96c7f0ce858bbb7",
    "1, 1, 0766883a0a47a96a",
    "1, -7046029254386353131, 585882422a6165e7",
    "3, 0, bed43740ee6332bb",
    "3, 1, 95ba63f005e6e6ca",
    "3, -7046029254386353131, 45fa1406538fa168",
    "4, 0, fa212ae44b3bb23d",
    "4, 1, 319607b5ca9d59d4",
    "4, -7046029254386353131, a65107f22943365a",
    "7, 0, 2744460dd675d2c0",
    "7, 1, 0047cdce49d4bc99",
    "7, -7046029254386353131, c9b637e2c4599de2",
    "8, 0, 994b676b71ce94dd",
    "8, 1, c14d78e582fe5026",
    "8, -7046029254386353131, ce592d5f53e192ec",
    "11, 0, 97f078da7a1a590c",
    "11, 1, 62c2478e2beb60a5",
    "11, -7046029254386353131, 2fa6f52e418933c2",
    "15, 0, 09e6451ed2ff8b1d",
    "15, 1, 40a4206cc723cce4",
    "15, -7046029254386353131, 47a857d1f90c35e1",
    "16, 0, 94ad0095e72b24d5",
    "16, 1, 0c9b8f12f2ae6c76",
    "16, -7046029254386353131, 3f8fea7c86a04013",
    "31, 0, 6711d55e306b5d8f",
    "31, 1, e811d10b03941e82",
    "31, -7046029254386353131, 24c4e99ab0404b5e",
    "32, 0, 07f7b8e3bc5d6e25",
    "32, 1, df4f0f6ea84ebbca",
    "32, -7046029254386353131, 046e99bbda1a814b",
    "33, 0, 09f85eeb4e1cbe9f",
    "33, 1, 489f1772049e476c",
    "33, -7046029254386353131, d7fe2bfee6e4cded",
    "39, 0, b13c137a0fb701c3",
    "39, 1, e14770f2361b5307",
    "39, -7046029254386353131, 5fed1b08fdcb15f5",
    "63, 0, b7c9968c066cb6a5",
    "63, 1, be65bc64322f219b",
    "63, -7046029254386353131, bd457f9ea47180c8",
    "64, 0, 50d4159a0411632e",
    "64, 1, 8ea281ce694f574d",
    "64, -7046029254386353131, a768f350a8e4fcf6",
    "65, 0, d277176bff863efc",
    "65, 1, 1b26ddaa63626478",
    "65, -7046029254386353131, fe99ab21e40d4b0c",
    "100, 0, 9ddada11d3dc2d8f",
    "100, 1, e6a0d25e6e0a7f2a",
    "100, -7046029254386353131, 35546bd9a4779ae4",
    "256, 0, a2dbe913965256fc",
    "256, 1, cc71756974447cdb",
    "256, -7046029254386353131, 0fdd97b3e0f22d80"
  })
  void hash_isThatOfTheReference(int length, long seed, String hex) {
    byte[] bytes = new byte[length + 5];
    for (int i = 0; i < length; i++) {
      bytes[i + 3] = (byte) (131 * i + 7);
    }
    assertThat(XxHash64.hash(bytes, 3, length, seed)).isEqualTo(Long.parseUnsignedLong(hex, 16));
  }

  /** Each bit of the input changes each bit of the hash in about half of all cases. */
  @Test
  void hash_everyBitChangesHalfOfTheBits() {
    long seed = Seeds.next();
    Random random = new Random(seed);
    int[] changed = new int[Long.SIZE];
    int trials = 20_000;
    for (int trial = 0; trial < trials; trial++) {
      byte[] bytes = new byte[9];
      random.nextBytes(bytes);
      long before = XxHash64.hash(bytes, 0, bytes.length, 0);
      int bit = random.nextInt(bytes.length * Byte.SIZE);
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      long difference = before ^ XxHash64.hash(bytes, 0, bytes.length, 0);
      for (int i = 0; i < Long.SIZE; i++) {
        changed[i] += (int) (difference >>> i & 1);
      }
    }
    for (int count : changed) {
      // Seven standard deviations.
      assertThat(count).as("seed %d", seed).isBetween(trials / 2 - 500, trials / 2 + 500);
    }
  }
}
