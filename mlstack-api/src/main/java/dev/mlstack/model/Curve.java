package dev.mlstack.model;

/**
 * A curve that shows how good a model was, such as the receiver operating characteristic.
 *
 * @param name what it is: {@code roc}
 * @param xName what stands on the horizontal axis
 * @param yName what stands on the vertical axis
 * @param x the horizontal places of the points; not copied
 * @param y the vertical places of the points; not copied
 */
public record Curve(String name, String xName, String yName, double[] x, double[] y) {}
