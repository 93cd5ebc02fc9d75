package dev.mlstack.s3;

import static dev.mlstack.s3.Samples.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mlstack.store.Cause;
import dev.mlstack.store.Digest;
import dev.mlstack.store.RefMove;
import dev.mlstack.store.RefName;
import dev.mlstack.store.StoreException;
import dev.mlstack.testkit.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(S3Server.Provider.class)
class RefLogTest {

  private static final RefName NAME = RefName.of("models", "credit");

  private static final String FROZEN =
      """
      before ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb
      9773c4db {"at":"2026-01-31T12:00:00Z","by":"ada","id":"one","move":65,"to":"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d","why":"first"}
      3b2ad3be {"at":"2026-01-31T12:00:01.000002Z","by":"bob","from":"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d","id":"two","move":66,"why":""}
      """;

  private static RefLog log() {
    Instant at = Instant.parse("2026-01-31T12:00:00Z");
    Optional<Digest> b = Optional.of(digest("b"));
    RefMove first = new RefMove(Optional.empty(), b, at, new Cause("ada", "first"));
    RefMove second =
        new RefMove(b, Optional.empty(), at.plusNanos(1_000_002_000), new Cause("bob", ""));
    return new RefLog(
        Optional.of(digest("a")),
        List.of(new RefLine(65, "one", first), new RefLine(66, "two", second)));
  }

  @Test
  void aLog_isFrozen() {
    assertThat(new String(log().toBytes(), StandardCharsets.UTF_8)).isEqualTo(FROZEN);
    assertThat(RefLog.parse(FROZEN.getBytes(StandardCharsets.UTF_8))).isEqualTo(log());
  }

  @Test
  void everyFlippedByte_isFound() {
    byte[] whole = log().toBytes();
    int headLine = FROZEN.indexOf('\n') + 1;
    for (int i = headLine; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 1;
      assertThatIllegalArgumentException().isThrownBy(() -> RefLog.parse(flipped));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> RefLog.parse(new byte[0]));
  }

  @Test
  void aLongHistory_isPutAsideAndStillRead(S3Server server) throws IOException {
    try (S3Client client = Clients.of(server.port())) {
      String bucket = Clients.newBucket(client);
      int moves = 2 * RefLog.MOST_MOVES + 5;
      try (S3Refs refs = S3Refs.open(client, bucket, "x/y/")) {
        for (int i = 0; i < moves; i++) {
          Cause cause = new Cause("test", "move " + i);
          boolean done =
              i == 0
                  ? refs.create(NAME, digest("0"), cause)
                  : refs.move(NAME, digest("" + (i - 1)), digest("" + i), cause);
          assertThat(done).isTrue();
        }
      }
      List<String> before = Clients.keys(client, bucket, "x/y/history/models+/credit+/");
      assertThat(before).hasSize(2);
      try (S3Refs refs = S3Refs.open(client, bucket, "x/y/")) {
        assertThat(refs.find(NAME).orElseThrow().moves()).isEqualTo(moves);
        assertThat(refs.history(NAME))
            .extracting(move -> move.cause().why())
            .hasSize(moves)
            .startsWith("move 0", "move 1")
            .endsWith("move " + (moves - 1));
        client.putObject(r -> r.bucket(bucket).key(before.get(0)), RequestBody.fromString("?"));
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> refs.history(NAME))
            .withMessageContaining(before.get(0))
            .withMessageContaining("damaged");
        assertThat(refs.find(NAME)).isPresent();
      }
    }
  }
}
