/** Tests of SQLite files. */
@NullMarked
package dev.mlstack.track.sqlite;

import org.jspecify.annotations.NullMarked;
