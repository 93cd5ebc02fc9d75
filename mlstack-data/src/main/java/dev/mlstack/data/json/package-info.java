/**
 * Rows from and to JSON lines: {@link dev.mlstack.data.json.JsonLines} reads text with one JSON
 * object on each line, {@link dev.mlstack.data.json.JsonLinesTarget} writes it.
 *
 * <p>The text is cut at ends of lines ({@code LineChunks}), the pieces are worked on by several
 * threads, and what comes of them is put in order. A line is walked byte by byte ({@code
 * JsonCursor}): values go into columns directly, found by the place of their key in a tree ({@code
 * PathNode}). Types that are not declared come of a pass over all lines before ({@code TypeScan}).
 */
@NullMarked
package dev.mlstack.data.json;

import org.jspecify.annotations.NullMarked;
