package dev.mlstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.Flowers.Flower;
import dev.mlstack.predict.PredictionId;
import dev.mlstack.predict.Trace;
import dev.mlstack.store.CorruptObjectException;
import dev.mlstack.store.Digest;
import dev.mlstack.store.StoreProblem;
import dev.mlstack.store.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One changed byte anywhere on the way back from a prediction is found and named. */
class DamageTest {

  private final Path directory;
  private final Path csv;
  private final Random random = new Random(8);

  DamageTest(@TempDir Path directory) throws IOException {
    this.directory = directory.resolve("workspace");
    this.csv = Flowers.csv(directory, 200, 9);
  }

  /** A byte of a file. */
  private record Place(Path file, long offset) {
    void flip() throws IOException {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, offset);
        one.put(0, (byte) (one.get(0) ^ 1)).flip();
        channel.write(one, offset);
      }
    }
  }

  /** Returns a byte in the middle of where an object is stored. */
  private Place placeOf(StoredObject object) throws IOException {
    byte[] wanted = object.encoded();
    try (Stream<Path> packs = Files.list(directory.resolve("packs"))) {
      for (Path pack : packs.toList()) {
        int at = indexOf(Files.readAllBytes(pack), wanted);
        if (at >= 0) {
          return new Place(pack, at + random.nextInt(wanted.length));
        }
      }
    }
    throw new AssertionError("no pack has " + object.digest());
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int at = 0; at + wanted.length <= bytes.length; at++) {
      if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  private PredictionId predict(Workspace workspace) throws IOException {
    Flowers.release(workspace, csv, 1);
    try (var endpoint = Flowers.endpoint(workspace)) {
      return endpoint.predict(new Flower(Optional.empty(), 2, "red")).id();
    }
  }

  @Test
  void trace_overAnyDamagedObject_namesIt() throws IOException {
    try (Workspace workspace = Workspace.open(directory)) {
      PredictionId id = predict(workspace);
      Trace trace = workspace.trace(id);
      Set<Digest> named = new HashSet<>();
      for (Digest digest : workspace.objects().digests().toList()) {
        Place place = placeOf(workspace.objects().get(digest));
        place.flip();
        try {
          workspace.trace(id);
        } catch (CorruptObjectException e) {
          assertThat(e.digest()).isEqualTo(digest);
          assertThat(e).hasMessageContaining(digest.hex()).hasMessageContaining("packs");
          named.add(digest);
        }
        assertThat(workspace.verify())
            .extracting(StoreProblem::digest)
            .contains(Optional.of(digest));
        place.flip();
      }
      assertThat(named).containsAll(trace.steps().stream().map(Trace.Step::digest).toList());
      assertThat(named).hasSize(trace.steps().size() + trace.parts());
      assertThat(workspace.verify()).isEmpty();
      assertThat(workspace.trace(id)).isEqualTo(trace);
    }
  }

  @Test
  void prediction_inADamagedLog_isNamed() throws IOException {
    PredictionId id;
    Digest segment;
    try (Workspace workspace = Workspace.open(directory)) {
      id = predict(workspace);
    }
    try (Workspace workspace = Workspace.open(directory)) {
      segment =
          workspace.refs().list().stream()
              .filter(ref -> ref.name().path().startsWith("predictions/"))
              .findFirst()
              .orElseThrow()
              .target();
      placeOf(workspace.objects().get(segment)).flip();
    }
    try (Workspace workspace = Workspace.open(directory)) {
      assertThatExceptionOfType(CorruptObjectException.class)
          .isThrownBy(() -> workspace.trace(id))
          .withMessageContaining(segment.hex());
      List<StoreProblem> problems = workspace.verify();
      assertThat(problems).extracting(StoreProblem::digest).contains(Optional.of(segment));
    }
  }
}
