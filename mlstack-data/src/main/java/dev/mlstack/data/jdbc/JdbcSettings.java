package dev.mlstack.data.jdbc;

import dev.mlstack.data.internal.Projection;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What is read from a database, and how.
 *
 * @param name what people call it
 * @param zone in which dates and times without a zone are instants
 * @param fetchSize how many rows the driver keeps at once
 * @param maxRejected how many rows may be set aside
 */
record JdbcSettings(
    String name,
    Query query,
    Projection projection,
    Optional<ZoneId> zone,
    int fetchSize,
    OptionalLong maxRejected,
    @Nullable BufferAllocator allocator) {

  JdbcSettings withName(String newName) {
    return new JdbcSettings(newName, query, projection, zone, fetchSize, maxRejected, allocator);
  }

  JdbcSettings withProjection(Projection newProjection) {
    return new JdbcSettings(name, query, newProjection, zone, fetchSize, maxRejected, allocator);
  }

  JdbcSettings withZone(ZoneId newZone) {
    return new JdbcSettings(
        name, query, projection, Optional.of(newZone), fetchSize, maxRejected, allocator);
  }

  JdbcSettings withFetchSize(int rows) {
    return new JdbcSettings(name, query, projection, zone, rows, maxRejected, allocator);
  }

  JdbcSettings withMaxRejected(long rows) {
    OptionalLong limit = OptionalLong.of(rows);
    return new JdbcSettings(name, query, projection, zone, fetchSize, limit, allocator);
  }

  JdbcSettings withAllocator(BufferAllocator newAllocator) {
    return new JdbcSettings(name, query, projection, zone, fetchSize, maxRejected, newAllocator);
  }
}
