/** Tests of the pages that people look at. */
@NullMarked
package dev.mlstack.core.report;

import org.jspecify.annotations.NullMarked;
