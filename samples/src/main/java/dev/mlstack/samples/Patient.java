package dev.mlstack.samples;

import dev.mlstack.schema.Column;
import dev.mlstack.schema.Role;

/** What is measured of a patient: of each of ten properties of cell nuclei the mean and so on. */
public record Patient(
    @Column(role = Role.KEY) long id,
    double meanRadius,
    double meanTexture,
    double meanPerimeter,
    double meanArea,
    double meanSmoothness,
    double meanCompactness,
    double meanConcavity,
    double meanConcavePoints,
    double meanSymmetry,
    double meanFractalDimension,
    double radiusError,
    double textureError,
    double perimeterError,
    double areaError,
    double smoothnessError,
    double compactnessError,
    double concavityError,
    double concavePointsError,
    double symmetryError,
    double fractalDimensionError,
    double worstRadius,
    double worstTexture,
    double worstPerimeter,
    double worstArea,
    double worstSmoothness,
    double worstCompactness,
    double worstConcavity,
    double worstConcavePoints,
    double worstSymmetry,
    double worstFractalDimension) {}
