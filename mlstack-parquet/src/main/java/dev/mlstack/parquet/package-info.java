/**
 * Apache Parquet: {@link dev.mlstack.parquet.Parquet} describes a file to read, {@link
 * dev.mlstack.parquet.ParquetTarget} one to write.
 *
 * <p>The metadata is read with the structures that the Parquet project publishes; pages are read
 * and written here, straight between the bytes of the file and those of columns, every length
 * checked before it is followed. A column is read page by page, so that memory is bounded by pages
 * and not by row groups, and several columns are read at the same time.
 */
@NullMarked
package dev.mlstack.parquet;

import org.jspecify.annotations.NullMarked;
