/**
 * Writing files: {@link dev.mlstack.data.write.CsvTarget} writes comma-separated values.
 *
 * <p>What the writers of all formats share: {@link dev.mlstack.data.write.TargetFile} writes beside
 * the file and moves the result over it, and {@link dev.mlstack.data.write.ColumnBytes} lays the
 * values of a column out as files have them.
 */
@NullMarked
package dev.mlstack.data.write;

import org.jspecify.annotations.NullMarked;
