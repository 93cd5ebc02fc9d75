package dev.mlstack.data.json;

/**
 * Some whole lines.
 *
 * @param source what people call the input
 * @param bytes has the lines from its start
 * @param length how many bytes they have
 * @param line the number of the first line in its input, from 1
 * @param before how many lines stand before the first, in all inputs
 * @param offset how many bytes of unpacked UTF-8 stand before the first in its input; -1 if the
 *     input is stored in another charset, where these are no offsets of its own
 */
record LineChunk(String source, byte[] bytes, int length, long line, long before, long offset) {}
