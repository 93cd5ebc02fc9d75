/**
 * What is in use.
 *
 * <p>A {@link dev.mlstack.release.ModelRegistry} keeps numbered {@link
 * dev.mlstack.release.ModelVersion}s and aliases such as {@code champion}. A {@link
 * dev.mlstack.release.Release} binds a model version, its pipeline, the profile of the data it was
 * trained on, and how traffic is routed; {@link dev.mlstack.release.Releases} puts one live and
 * rolls back. Both are records and refs, so every move is kept with who, when and why.
 */
@NullMarked
package dev.mlstack.release;

import org.jspecify.annotations.NullMarked;
