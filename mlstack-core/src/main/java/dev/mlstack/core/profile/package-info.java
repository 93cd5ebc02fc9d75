/**
 * What the columns of a dataset look like, and how later rows differ.
 *
 * <p>{@link dev.mlstack.core.profile.Profile#of} describes every column of a dataset in one pass: a
 * {@link dev.mlstack.core.profile.NumberProfile} or {@link dev.mlstack.core.profile.TextProfile}.
 * Profiles of parts merge to the profile of the whole, to the bit; a {@link
 * dev.mlstack.core.profile.ProfileAccumulator} makes one of rows as they come. {@link
 * dev.mlstack.core.profile.Profiles} reads profiles back, {@link
 * dev.mlstack.core.profile.ProfileReport} draws them.
 *
 * <p>To be compared with other rows, a profile is divided into {@link
 * dev.mlstack.core.profile.ProfileCells}. A {@link dev.mlstack.core.profile.ProfileCounter} counts
 * rows in them, exactly and in even less memory; {@link dev.mlstack.core.profile.CommonCells} puts
 * two profiles side by side.
 */
@NullMarked
package dev.mlstack.core.profile;

import org.jspecify.annotations.NullMarked;
