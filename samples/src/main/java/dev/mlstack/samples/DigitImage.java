package dev.mlstack.samples;

import dev.mlstack.schema.Column;

/**
 * A handwritten digit.
 *
 * @param pixels the ink in 8 rows of 8 pixels, each from 0 to 16
 */
public record DigitImage(@Column(shape = {1, 8, 8}) float[] pixels) {}
