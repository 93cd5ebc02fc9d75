/** What the tests of this module share. */
@NullMarked
package dev.mlstack.data.testing;

import org.jspecify.annotations.NullMarked;
