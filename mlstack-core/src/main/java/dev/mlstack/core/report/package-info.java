/**
 * Pages that people look at.
 *
 * <p>A {@link dev.mlstack.core.report.Report} is one self-contained HTML file: it needs no network
 * and no script, opens from disk, follows the reader's choice of a light or a dark page, and can be
 * read by a screen reader. It is made of sections with {@link dev.mlstack.core.report.Block}s:
 * text, facts, tables, line charts, bar charts and graphs.
 */
@NullMarked
package dev.mlstack.core.report;

import org.jspecify.annotations.NullMarked;
