/** Tests of objects and refs in a bucket, on a real server. */
@NullMarked
package dev.mlstack.s3;

import org.jspecify.annotations.NullMarked;
