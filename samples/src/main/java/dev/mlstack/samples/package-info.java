/**
 * Programs to read and run.
 *
 * <p>{@link dev.mlstack.samples.Quickstart} is the shortest useful program. {@link
 * dev.mlstack.samples.BreastCancer} and {@link dev.mlstack.samples.Digits} walk the whole loop,
 * which is written in {@link dev.mlstack.samples.WholeLoop}, tell its story on the console, and
 * leave a report in HTML.
 */
@NullMarked
package dev.mlstack.samples;

import org.jspecify.annotations.NullMarked;
