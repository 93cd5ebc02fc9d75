package dev.mlstack.data.version;

import dev.mlstack.table.Table;

/**
 * A row, where it stands.
 *
 * @param table a table that stays valid
 * @param row the index of the row in it
 */
record PlacedRow(Table table, int row) {}
