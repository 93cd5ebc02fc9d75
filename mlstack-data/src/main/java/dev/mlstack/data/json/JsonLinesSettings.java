package dev.mlstack.data.json;

import dev.mlstack.compute.Execution;
import dev.mlstack.data.internal.Input;
import dev.mlstack.data.internal.InputMeter;
import dev.mlstack.data.internal.Inputs;
import dev.mlstack.data.internal.Projection;
import dev.mlstack.data.internal.TextCoding;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What is read, and how.
 *
 * @param fields names of columns, by the pointer to their values
 * @param maxRejected how many rows may be set aside
 * @param limits how long a line may be, and how much may come of unpacking
 */
record JsonLinesSettings(
    Inputs inputs,
    Projection projection,
    SortedMap<String, String> fields,
    OptionalLong maxRejected,
    Limits limits,
    @Nullable BufferAllocator allocator) {

  /**
   * Guards against absurd inputs.
   *
   * @param lineBytes how long a line may be
   * @param unpackedBytes how many bytes may come of unpacking an input; 0 limits only their ratio
   * @param chunkBytes how many bytes are worked on at once
   */
  record Limits(int lineBytes, long unpackedBytes, int chunkBytes) {}

  JsonLinesSettings {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  JsonLinesSettings withProjection(Projection newProjection) {
    return new JsonLinesSettings(inputs, newProjection, fields, maxRejected, limits, allocator);
  }

  JsonLinesSettings withField(String pointer, String name) {
    SortedMap<String, String> more = new TreeMap<>(fields);
    more.put(pointer, name);
    return new JsonLinesSettings(inputs, projection, more, maxRejected, limits, allocator);
  }

  JsonLinesSettings withMaxRejected(long rows) {
    OptionalLong limit = OptionalLong.of(rows);
    return new JsonLinesSettings(inputs, projection, fields, limit, limits, allocator);
  }

  JsonLinesSettings withLimits(Limits newLimits) {
    return new JsonLinesSettings(inputs, projection, fields, maxRejected, newLimits, allocator);
  }

  JsonLinesSettings withAllocator(BufferAllocator newAllocator) {
    return new JsonLinesSettings(inputs, projection, fields, maxRejected, limits, newAllocator);
  }

  InputMeter meter(String doing, List<Input> found, boolean hashing, Execution execution) {
    long expected = found.stream().mapToLong(Input::expectedBytes).sum();
    return new InputMeter(doing + " " + inputs.name(), expected, hashing, execution);
  }

  LineChunks chunks(List<Input> found, InputMeter meter) {
    TextCoding coding = new TextCoding(StandardCharsets.UTF_8, limits.unpackedBytes);
    return new LineChunks(found, coding, meter, limits.lineBytes, limits.chunkBytes);
  }
}
