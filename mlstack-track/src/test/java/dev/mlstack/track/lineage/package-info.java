/** Tests of the lineage index. */
@NullMarked
package dev.mlstack.track.lineage;

import org.jspecify.annotations.NullMarked;
