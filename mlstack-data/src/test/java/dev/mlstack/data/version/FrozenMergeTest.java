package dev.mlstack.data.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlstack.core.store.MemoryStore;
import dev.mlstack.store.Batch;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of a commit with two parents, written by hand. */
class FrozenMergeTest {

  private static String digest(char digit) {
    return String.valueOf(digit).repeat(64);
  }

  private static final String TEXT =
      "mlstack record commit/2\nholds recipe "
          + digest('a')
          + "\nholds output.snapshot "
          + digest('b')
          + "\nholds parent.0 "
          + digest('c')
          + "\nholds parent.1 "
          + digest('d')
          + "\n\n{\"at\":\"2026-11-20T01:02:03Z\",\"by\":\"ada\",\"facts\":"
          + "{\"dataset\":\"loans\",\"message\":\"merged\",\"rows\":7}}";

  @Test
  void commit2_isReadAndWrittenAsBefore() {
    StoredObject object = StoredObject.decode(TEXT.getBytes(StandardCharsets.UTF_8));
    MemoryStore store = new MemoryStore();
    try (Batch batch = store.batch()) {
      batch.put(object);
      batch.commit();
    }
    Commit commit = Commit.read(store, object.digest());
    List<Digest> parents = List.of(Digest.parse(digest('c')), Digest.parse(digest('d')));
    assertThat(commit.parents()).isEqualTo(parents);
    assertThat(commit.snapshot()).isEqualTo(Digest.parse(digest('b')));
    assertThat(commit.dataset() + commit.message() + commit.by() + commit.rows())
        .isEqualTo("loansmergedada7");
    assertThat(commit.at()).isEqualTo(Instant.parse("2026-11-20T01:02:03Z"));
    assertThat(commit.source()).isEmpty();
    Written written = Written.derived(commit.recipe(), commit.snapshot(), commit.rows());
    assertThat(Commit.derived("loans", "merged", "ada", parents, written).edges())
        .isEqualTo(object.edges());
  }
}
