package dev.mlstack.data.columnar;

import dev.mlstack.schema.Schema;
import java.util.List;

/**
 * Which columns of a file make which columns of ours.
 *
 * @param schema our columns
 * @param sources for each of them, the index of the one in the file
 * @param conversions for each of them, how its values are made
 */
record Projection(Schema schema, int[] sources, List<Conversion> conversions) {}
