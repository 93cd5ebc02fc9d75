/**
 * Who may read which data, and who did: that is the application's say.
 *
 * <p>A {@link dev.mlstack.data.access.AccessPolicy} is asked about each dataset and each of its
 * columns when a version is opened; what it hides is missing in all rows, and what it refuses is an
 * {@link dev.mlstack.data.access.AccessDeniedException}. An {@link
 * dev.mlstack.data.access.AuditLog} hears of each {@link dev.mlstack.data.access.AuditedRead};
 * {@link dev.mlstack.data.access.AuditFile} keeps them in a file. Both are given to {@code
 * Datasets.with}.
 */
@NullMarked
package dev.mlstack.data.access;

import org.jspecify.annotations.NullMarked;
