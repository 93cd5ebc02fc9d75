/** Objects and refs in a bucket that is reached over the S3 protocol. */
// The SDK has no modules of its own, and the name of the protocol ends with a digit.
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module dev.mlstack.s3 {
  requires transitive dev.mlstack.core;
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires transitive software.amazon.awssdk.services.s3;

  exports dev.mlstack.s3;
}
