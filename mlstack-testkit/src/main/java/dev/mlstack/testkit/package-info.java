/**
 * Tests that every implementation of a contract passes.
 *
 * <p>A kit is an abstract class of tests. Whoever implements a contract extends the kit, gives it
 * what it asks for, and inherits the laws of the contract as tests: {@link
 * dev.mlstack.testkit.TrainingKit} has those of {@link dev.mlstack.model.Trainer} and {@link
 * dev.mlstack.model.Training}.
 */
@NullMarked
package dev.mlstack.testkit;

import org.jspecify.annotations.NullMarked;
