package dev.mlstack.train.linear;

/**
 * What is known about examples after one look at them, by weight.
 *
 * @param weight the weight of all examples
 * @param means the mean of each feature
 * @param variances the variance of each feature, correct to a few per cent where it is tiny beside
 *     the mean, and never so small that it is only rounding error; 0 where all values are 0
 * @param classWeights the weight of the examples of each class, if classes are predicted
 * @param labelMeans the mean of each number of the label, if numbers are predicted
 */
record Moments(
    double weight,
    double[] means,
    double[] variances,
    double[] classWeights,
    double[] labelMeans) {}
