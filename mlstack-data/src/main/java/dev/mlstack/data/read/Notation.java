package dev.mlstack.data.read;

/**
 * How values are written.
 *
 * @param missing what stands for one that is missing
 * @param decimal what stands before the fraction of a number
 */
record Notation(MissingTokens missing, char decimal) {}
