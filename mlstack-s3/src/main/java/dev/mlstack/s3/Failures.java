package dev.mlstack.s3;

import dev.mlstack.store.StoreException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What failures of the client mean, and what to do about them. */
final class Failures {

  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;

  private Failures() {}

  /** Returns the HTTP status of a failure, or 0 if there was no answer. */
  static int status(SdkException e) {
    return e instanceof AwsServiceException service ? service.statusCode() : 0;
  }

  /** Returns what S3 calls the failure; empty if there was no answer. */
  static String code(SdkException e) {
    return e instanceof AwsServiceException service
        ? Optional.ofNullable(service.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("")
        : "";
  }

  /** Tells whether it is the bucket that is missing, not the key. */
  static boolean isMissingBucket(SdkException e) {
    return code(e).equals("NoSuchBucket");
  }

  /**
   * Tells whether the same may succeed a moment later. Where there was no answer, or one that
   * breaks off, nobody can tell why.
   */
  static boolean isTransient(SdkException e) {
    int status = status(e);
    return status == 0
        ? !(e instanceof AbortedException) // The thread was interrupted.
        : status >= SERVER_ERRORS || status == TOO_MANY || code(e).equals("RequestTimeout");
  }

  /** Tells whether the credentials did not suffice. */
  static boolean isDenied(StoreException e) {
    return e.getCause() instanceof SdkException cause && isDenied(status(cause));
  }

  private static boolean isDenied(int status) {
    return status == 401 || status == 403;
  }

  /** Returns the failure to do something. */
  static StoreException of(String what, SdkException cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new StoreException("cannot " + what + ": " + reason + "; " + remedy(cause), cause);
  }

  private static String remedy(SdkException e) {
    int status = status(e);
    if (e instanceof AbortedException) {
      return "the thread was interrupted";
    }
    if (isMissingBucket(e)) {
      return "create the bucket, or name another one";
    }
    if (isDenied(status)) {
      return "allow the credentials of the client to get, put, delete and list objects there, or"
          + " give it others";
    }
    if (status == TOO_MANY || status == 503) {
      return "the server wants fewer requests; try again later";
    }
    if (status >= SERVER_ERRORS) {
      return "the server is ill; try again later";
    }
    if (status == 0) {
      return "check the endpoint, the network and the credentials of the client, then try again";
    }
    return "check the region and the settings of the client";
  }
}
