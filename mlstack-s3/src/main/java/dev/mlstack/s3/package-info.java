/**
 * Objects and refs in a bucket that is reached over the S3 protocol, so that a trainer on one host
 * and services on others share datasets, models and releases.
 *
 * <p>{@link dev.mlstack.s3.S3Store} keeps objects and {@link dev.mlstack.s3.S3Refs} keeps refs.
 * Both take a client that the application has configured: credentials, region, endpoint and time
 * limits are its own. They meet the contracts of {@link dev.mlstack.store} and pass the same tests
 * as the stores on disk and in memory.
 */
@NullMarked
package dev.mlstack.s3;

import org.jspecify.annotations.NullMarked;
