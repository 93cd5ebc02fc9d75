/**
 * SQLite files of our own: {@link dev.mlstack.track.sqlite.Database} opens one, migrates it to the
 * tables that this version knows, and runs transactions. Not for applications.
 */
@NullMarked
package dev.mlstack.track.sqlite;

import org.jspecify.annotations.NullMarked;
