/**
 * CUDA, as far as this process can use it.
 *
 * <p>{@link dev.mlstack.train.cuda.Cuda#status()} says which devices there are, or why there are
 * none. It needs no more than the CUDA driver and {@code org.jcuda:jcuda-natives}, and does no harm
 * where either is missing.
 */
@NullMarked
package dev.mlstack.train.cuda;

import org.jspecify.annotations.NullMarked;
