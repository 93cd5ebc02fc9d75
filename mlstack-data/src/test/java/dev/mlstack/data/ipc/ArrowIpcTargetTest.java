package dev.mlstack.data.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlstack.compute.Execution;
import dev.mlstack.core.table.MemoryTable;
import dev.mlstack.data.testing.Roundtrips;
import dev.mlstack.schema.Field;
import dev.mlstack.schema.FieldType;
import dev.mlstack.schema.Role;
import dev.mlstack.schema.Schema;
import dev.mlstack.testkit.Seeds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageChannelReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that we write. */
class ArrowIpcTargetTest {

  private final Path dir;

  ArrowIpcTargetTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void everyType_isReadAgain() throws IOException {
    long seed = Seeds.next();
    for (int rows : new int[] {0, 1, 7, 8, 1025}) {
      MemoryTable table = Roundtrips.random(rows, seed + rows);
      Path file = dir.resolve("a.arrow");
      for (ArrowIpcTarget target :
          List.of(
              ArrowIpc.to(file),
              ArrowIpc.to(file).zstd(),
              ArrowIpc.to(file).asStream(),
              ArrowIpc.to(file).asStream().zstd())) {
        Roundtrips.assertReadAgain(target, ArrowIpc.file(file), table);
        Roundtrips.assertReads(
            ArrowIpc.stream("a.arrow", () -> Files.newInputStream(dir.resolve("a.arrows"))),
            table.schema(),
            streamOf(table));
      }
    }
  }

  private List<List<Object>> streamOf(MemoryTable table) throws IOException {
    ArrowIpc.to(dir.resolve("a.arrows"))
        .asStream()
        .write(Roundtrips.dataset(table), Execution.here());
    return Roundtrips.values(table);
  }

  @Test
  void rolesTagsAndNames_areReadAgain() throws IOException {
    Schema schema =
        Schema.of(
            Field.of("id", FieldType.INT64).withRole(Role.KEY),
            Field.of("e-mail \"x\"", FieldType.TEXT).withTags(Set.of("pii")),
            Field.of("y", FieldType.category(List.of("no", "yes"))).withRole(Role.LABEL));
    MemoryTable table =
        MemoryTable.builder(schema).add(5, 1L, "a@b", "yes").add(6, 2L, null, null).build();
    Path file = dir.resolve("b.arrow");
    Roundtrips.assertReadAgain(ArrowIpc.to(file), ArrowIpc.file(file), table);
  }

  @Test
  void file_isWhatArrowJavaReads() throws IOException {
    MemoryTable table = Roundtrips.random(100, 7);
    Path file = dir.resolve("c.arrows");
    ArrowIpc.to(file).asStream().write(Roundtrips.dataset(table), Execution.here());
    try (RootAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        ArrowStreamReader reader =
            new ArrowStreamReader(
                new MessageChannelReader(new HeapChannel(channel), allocator), allocator)) {
      assertThat(reader.loadNextBatch()).isTrue();
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertThat(root.getRowCount()).isEqualTo(100);
      for (int row = 0; row < 100; row++) {
        boolean missing = table.column("c4").isNull(row);
        assertThat(root.getVector("c4").getObject(row))
            .isEqualTo(missing ? null : Roundtrips.values(table).get(4).get(row));
      }
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  /** Reads by way of the heap, which needs no flag of the JVM. */
  private static final class HeapChannel extends ReadChannel {
    private final FileChannel channel;

    HeapChannel(FileChannel channel) {
      super(channel);
      this.channel = channel;
    }

    @Override
    public long readFully(ArrowBuf buffer, long length) throws IOException {
      java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate((int) length);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until it is full.
      }
      buffer.setBytes(0, bytes.array(), 0, length);
      buffer.writerIndex(length);
      return length;
    }
  }

  @Test
  void cancelledOrFailed_leavesWhatWasThere() throws IOException {
    Path file = dir.resolve("d.arrow");
    ArrowIpc.to(file).write(Roundtrips.dataset(Roundtrips.random(10, 1)), Execution.here());
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(
            () ->
                ArrowIpc.to(file)
                    .write(
                        Roundtrips.dataset(Roundtrips.random(99, 2)),
                        Execution.here().withCancellation(() -> true)))
        .isInstanceOf(CancellationException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).containsExactly(file);
    }
  }
}
