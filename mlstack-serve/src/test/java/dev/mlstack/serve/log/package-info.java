/** Tests of the prediction log, its journal and its replay. */
@NullMarked
package dev.mlstack.serve.log;

import org.jspecify.annotations.NullMarked;
