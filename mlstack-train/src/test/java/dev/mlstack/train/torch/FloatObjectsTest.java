package dev.mlstack.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mlstack.store.Edge;
import dev.mlstack.store.MalformedObjectException;
import dev.mlstack.store.ObjectKind;
import dev.mlstack.store.StoredObject;
import dev.mlstack.store.Value;
import dev.mlstack.store.VersionedName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloatObjectsTest {

  private static final VersionedName OWNER = new VersionedName("owner", 1);

  private static StoredObject owner(StoredObjects objects, float[] values) {
    List<Edge> edges = new ArrayList<>();
    FloatObjects.write(objects, "numbers", values, edges);
    return StoredObject.of(ObjectKind.CONTENT, OWNER, edges, Value.Doc.EMPTY);
  }

  @Test
  void numbers_areLittleEndian() {
    StoredObjects objects = new StoredObjects();
    owner(objects, new float[] {1, -2});
    assertThat(objects.get(objects.digests().get(0)).payload())
        .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
  }

  @Test
  void manyNumbers_areCutIntoObjects() {
    float[] values = Oracle.grid((1 << 22) + 3, 5, 10_007, 64);
    StoredObjects objects = new StoredObjects();
    StoredObject owner = owner(objects, values);
    assertThat(owner.edges()).extracting(Edge::name).containsExactly("numbers.0", "numbers.1");
    assertThat(FloatObjects.read(objects, owner, "numbers", values.length)).isEqualTo(values);
  }

  @Test
  void otherCounts_areRefused() {
    StoredObjects objects = new StoredObjects();
    StoredObject owner = owner(objects, new float[] {1, 2, 3});
    for (int count : new int[] {2, 4, (1 << 22) + 3}) {
      assertThatExceptionOfType(MalformedObjectException.class)
          .isThrownBy(() -> FloatObjects.read(objects, owner, "numbers", count))
          .withMessageContaining("bytes instead of");
    }
    assertThatExceptionOfType(MalformedObjectException.class)
        .isThrownBy(() -> FloatObjects.read(objects, owner, "others", 3))
        .withMessageContaining("others.0");
  }
}
