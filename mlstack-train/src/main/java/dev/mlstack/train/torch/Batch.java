package dev.mlstack.train.torch;

import ai.djl.pytorch.engine.PtNDArray;

/**
 * Some examples as native arrays.
 *
 * @param features examples by features
 * @param targets examples by numbers of the network
 * @param weights examples by 1
 */
record Batch(PtNDArray features, PtNDArray targets, PtNDArray weights) {}
