/**
 * What the columns of a dataset look like, and how later rows differ.
 *
 * <p>{@link dev.mlstack.core.profile.Profile#of} describes each feature and label of a dataset: a
 * {@link dev.mlstack.core.profile.NumberProfile} or {@link dev.mlstack.core.profile.TextProfile}.
 * It divides the values of each into cells, and a {@link dev.mlstack.core.profile.ProfileCounter}
 * counts other rows in the same cells, so that the two can be compared. {@link
 * dev.mlstack.core.profile.Profiles} reads profiles back.
 */
@NullMarked
package dev.mlstack.core.profile;

import org.jspecify.annotations.NullMarked;
