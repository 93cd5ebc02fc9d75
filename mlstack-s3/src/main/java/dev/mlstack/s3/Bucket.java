package dev.mlstack.s3;

import dev.mlstack.store.StoreException;
import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The keys of a bucket below one prefix, and what can be done with them. All that goes wrong comes
 * out as a {@link StoreException} that names bucket, key, reason and remedy. Safe for use by
 * several threads. Does not own the client.
 *
 * <p>What may be sent twice without harm is repeated by {@link Retries}. A conditional write whose
 * answer was lost is repeated too, and then refused because of itself: it counts as done if the
 * bucket has the very bytes. So whoever writes on a condition writes bytes that nobody else writes.
 */
final class Bucket {

  private static final int NOT_MODIFIED = 304;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final String name;
  private final String prefix;

  /**
   * Names a part of a bucket.
   *
   * @param prefix what all keys begin with: empty, or segments that each end with a slash
   * @throws IllegalArgumentException if the prefix is of another form
   */
  Bucket(S3Client client, String name, String prefix) {
    if (!prefix.isEmpty() && !prefix.matches("([^/]+/)+")) {
      throw new IllegalArgumentException(
          "prefix must be empty or end with '/', without '/' first or twice, but was '"
              + prefix
              + "'");
    }
    this.client = client;
    this.name = name;
    this.prefix = prefix;
  }

  /**
   * An object in the bucket.
   *
   * @param key its key behind the prefix
   * @param etag the tag of its content
   * @param size its bytes
   * @param modified when it was written, by the clock of the server
   */
  record Found(String key, String etag, long size, Instant modified) {
    /** Returns the key behind the last slash. */
    String last() {
      return key.substring(key.lastIndexOf('/') + 1);
    }
  }

  /**
   * What a prefix has.
   *
   * @param objects sorted by key
   * @param now when the list was begun, by the clock of the server
   */
  record Listing(List<Found> objects, Instant now) {}

  /** The bytes of an object and the tag of its content. */
  record Content(byte[] bytes, String etag) {}

  /** Returns an object, or nothing if there is none. */
  Optional<Content> get(String key) {
    return get(key, null);
  }

  /** Returns an object, which is {@code known} itself if it has not changed. */
  Optional<Content> get(String key, @Nullable Content known) {
    return get(key, null, known == null ? null : known.etag(), known);
  }

  /** Returns some bytes of an object, or nothing if there is none. */
  Optional<byte[]> range(String key, long from, int length) {
    String range = "bytes=" + from + "-" + (from + length - 1);
    return get(key, range, null, null).map(Content::bytes).map(bytes -> whole(key, bytes, length));
  }

  private byte[] whole(String key, byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new StoreException(
          "cannot read "
              + describe(key)
              + ": of "
              + length
              + " bytes the server gave "
              + bytes.length
              + "; check whether something has replaced the object, or restore it from a copy of"
              + " the bucket");
    }
    return bytes;
  }

  private Optional<Content> get(
      String key, @Nullable String range, @Nullable String unless, @Nullable Content known) {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(name)
            .key(prefix + key)
            .range(range)
            .ifNoneMatch(unless)
            .build();
    try {
      return Optional.of(Retries.run(() -> content(client.getObjectAsBytes(request))));
    } catch (SdkException e) {
      int status = Failures.status(e);
      if (status == NOT_MODIFIED) {
        return Optional.ofNullable(known);
      }
      if (status == NOT_FOUND && !Failures.isMissingBucket(e)) {
        return Optional.empty();
      }
      throw failure("read", key, e);
    }
  }

  /** Some clients take an answer for whole that was cut off. */
  private static Content content(ResponseBytes<GetObjectResponse> got) {
    byte[] bytes = got.asByteArrayUnsafe();
    Long length = got.response().contentLength();
    if (length != null && length != bytes.length) {
      throw SdkClientException.create(
          "the answer ended after " + bytes.length + " of " + length + " bytes");
    }
    return new Content(bytes, got.response().eTag());
  }

  /** Tells whether there is an object. */
  boolean exists(String key) {
    try {
      Retries.run(() -> client.headObject(request -> request.bucket(name).key(prefix + key)));
      return true;
    } catch (SdkException e) {
      if (Failures.status(e) == NOT_FOUND) {
        return false;
      }
      throw failure("look for", key, e);
    }
  }

  /** Writes an object, whatever was there. */
  void put(String key, byte[] bytes, int length) {
    try {
      Retries.run(() -> client.putObject(write(key).build(), body(bytes, length)));
    } catch (SdkException e) {
      throw failure("write", key, e);
    }
  }

  /**
   * Writes an object where there is none.
   *
   * @param bytes bytes that nobody else writes
   * @return its tag, or nothing if there is another one
   */
  Optional<String> create(String key, byte[] bytes) {
    return confirmed(key, bytes, tryPut(write(key).ifNoneMatch("*").build(), key, bytes));
  }

  /**
   * Writes an object in place of another.
   *
   * @param bytes bytes that nobody else writes
   * @param etag the tag of the other
   * @return its tag, or nothing if the other is not there any more
   */
  Optional<String> replace(String key, byte[] bytes, String etag) {
    return confirmed(key, bytes, tryPut(write(key).ifMatch(etag).build(), key, bytes));
  }

  /** A refusal may be due to a write of our own whose answer was lost. */
  private Optional<String> confirmed(String key, byte[] bytes, Optional<String> etag) {
    return etag.isPresent()
        ? etag
        : get(key).filter(found -> Arrays.equals(found.bytes(), bytes)).map(Content::etag);
  }

  /** Tells whether the server would write a second object where there is one. */
  boolean overwritesWhatIsThere(String key, byte[] bytes) {
    return tryPut(write(key).ifNoneMatch("*").build(), key, bytes).isPresent();
  }

  /** Tells whether the server would replace an object that is not there, or not any more. */
  boolean replacesSomethingElse(String key, byte[] bytes, String etag) {
    return tryPut(write(key).ifMatch(etag).build(), key, bytes).isPresent();
  }

  private Optional<String> tryPut(PutObjectRequest request, String key, byte[] bytes) {
    try {
      return Optional.of(
          Retries.run(() -> client.putObject(request, body(bytes, bytes.length))).eTag());
    } catch (SdkException e) {
      int status = Failures.status(e);
      boolean refused =
          status == PRECONDITION_FAILED
              || status == CONFLICT
              || (status == NOT_FOUND && !Failures.isMissingBucket(e));
      if (refused) {
        return Optional.empty();
      }
      throw failure("write", key, e);
    }
  }

  private PutObjectRequest.Builder write(String key) {
    return PutObjectRequest.builder().bucket(name).key(prefix + key);
  }

  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
  }

  /** Deletes an object, if it is there. */
  void delete(String key) {
    try {
      Retries.run(() -> client.deleteObject(request -> request.bucket(name).key(prefix + key)));
    } catch (SdkException e) {
      if (Failures.status(e) != NOT_FOUND) {
        throw failure("delete", key, e);
      }
    }
  }

  /** Returns all objects whose keys begin with {@code start}. */
  Listing list(String start) {
    List<Found> found = new ArrayList<>();
    Instant now = null;
    String next = null;
    do {
      ListObjectsV2Response page = page(start, next);
      if (now == null) {
        now = dateOf(page, start);
      }
      page.contents().stream()
          .map(
              object ->
                  new Found(
                      object.key().substring(prefix.length()),
                      object.eTag(),
                      object.size(),
                      object.lastModified()))
          .forEach(found::add);
      next = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (next != null);
    return new Listing(found, now);
  }

  private ListObjectsV2Response page(String start, @Nullable String token) {
    try {
      return Retries.run(
          () ->
              client.listObjectsV2(
                  request -> request.bucket(name).prefix(prefix + start).continuationToken(token)));
    } catch (SdkException e) {
      throw failure("list", start, e);
    }
  }

  private Instant dateOf(ListObjectsV2Response page, String start) {
    try {
      return page.sdkHttpResponse()
          .firstMatchingHeader("Date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .orElseThrow(() -> new DateTimeException("there is none"));
    } catch (DateTimeException e) {
      throw new StoreException(
          "cannot list "
              + describe(start)
              + ": the answer has no header Date, by which leases are measured; use a server, or a"
              + " proxy, that sends it",
          e);
    }
  }

  /** Begins an object that is written in parts; returns what names it until it is whole. */
  String beginParts(String key) {
    try {
      return Retries.run(
              () -> client.createMultipartUpload(request -> request.bucket(name).key(prefix + key)))
          .uploadId();
    } catch (SdkException e) {
      throw failure("begin to write", key, e);
    }
  }

  /**
   * Writes a part.
   *
   * @param number its number, from 1 to 10,000
   */
  CompletedPart putPart(String key, String upload, int number, byte[] bytes, int length) {
    try {
      String etag =
          Retries.run(
                  () ->
                      client.uploadPart(
                          request ->
                              request
                                  .bucket(name)
                                  .key(prefix + key)
                                  .uploadId(upload)
                                  .partNumber(number),
                          body(bytes, length)))
              .eTag();
      return CompletedPart.builder().partNumber(number).eTag(etag).build();
    } catch (SdkException e) {
      throw failure("write part " + number + " of", key, e);
    }
  }

  /**
   * Makes an object of its parts. If an answer was lost, the upload is gone and the object there.
   */
  void completeParts(String key, String upload, List<CompletedPart> parts) {
    try {
      Retries.run(
          () ->
              client.completeMultipartUpload(
                  request ->
                      request
                          .bucket(name)
                          .key(prefix + key)
                          .uploadId(upload)
                          .multipartUpload(whole -> whole.parts(parts))));
    } catch (SdkException e) {
      if (Failures.status(e) != NOT_FOUND || !exists(key)) {
        throw failure("complete", key, e);
      }
    }
  }

  /** Drops what was written in parts. */
  void abortParts(String key, String upload) {
    try {
      Retries.run(
          () ->
              client.abortMultipartUpload(
                  request -> request.bucket(name).key(prefix + key).uploadId(upload)));
    } catch (SdkException e) {
      throw failure("drop the parts of", key, e);
    }
  }

  /**
   * Drops what others began to write in parts below {@code start} before {@code before}, as far as
   * the server lets us: it costs room and nothing else.
   */
  void abortPartsOfTheDead(String start, Instant before) {
    try {
      client
          .listMultipartUploads(request -> request.bucket(name).prefix(prefix + start))
          .uploads()
          .stream()
          .filter(upload -> upload.initiated().isBefore(before))
          .forEach(
              upload -> abortParts(upload.key().substring(prefix.length()), upload.uploadId()));
    } catch (SdkException | StoreException e) {
      return; // Not every server can do that, and not everybody may.
    }
  }

  private StoreException failure(String what, String key, SdkException cause) {
    return Failures.of(what + " " + describe(key), cause);
  }

  /** Returns the address of a key, for people. */
  String describe(String key) {
    return "s3://" + name + "/" + prefix + key;
  }
}
