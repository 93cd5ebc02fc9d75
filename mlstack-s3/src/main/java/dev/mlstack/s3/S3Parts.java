package dev.mlstack.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What an {@link S3Store}, its batches and its collections share.
 *
 * @param bucket where everything is
 * @param cache copies on the local disk
 * @param catalog the packs that are known
 * @param reader reads objects
 * @param condemned the packs that are about to go
 * @param sessions proof that this process lives
 */
record S3Parts(
    Bucket bucket,
    BlockCache cache,
    PackCatalog catalog,
    PackReader reader,
    Condemned condemned,
    Sessions sessions) {

  /** Wires the parts of a store. */
  static S3Parts of(Bucket bucket, Path cacheDirectory, long cacheBytes, Duration silence)
      throws IOException {
    BlockCache cache = new BlockCache(cacheDirectory, cacheBytes);
    return new S3Parts(
        bucket,
        cache,
        new PackCatalog(bucket, cache),
        new PackReader(bucket, cache),
        new Condemned(bucket),
        new Sessions(bucket, silence));
  }

  /** Begins a pack. */
  PackBuilder newPack() {
    return new PackBuilder(bucket, cache);
  }
}
