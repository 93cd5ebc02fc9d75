/** Tests of endpoints, and what the tests of this module share. */
@NullMarked
package dev.mlstack.serve;

import org.jspecify.annotations.NullMarked;
