/** Objects and refs in a bucket that is reached over the S3 protocol. */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // The SDK has no modules.
module dev.mlstack.s3 {
  requires transitive dev.mlstack.core;
  requires static transitive org.jspecify;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires transitive software.amazon.awssdk.services.s3;

  exports dev.mlstack.s3;
}
