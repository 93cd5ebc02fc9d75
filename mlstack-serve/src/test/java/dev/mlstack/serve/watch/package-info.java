/** Tests of drift. */
@NullMarked
package dev.mlstack.serve.watch;

import org.jspecify.annotations.NullMarked;
