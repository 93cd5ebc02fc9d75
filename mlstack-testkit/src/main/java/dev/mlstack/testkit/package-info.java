/**
 * Tests that every implementation of a contract passes.
 *
 * <p>A kit is an abstract class of tests. Whoever implements a contract extends the kit, gives it
 * what it asks for, and inherits the laws of the contract as tests: {@link
 * dev.mlstack.testkit.TrainingKit} has those of {@link dev.mlstack.model.Trainer} and {@link
 * dev.mlstack.model.Training}, {@link dev.mlstack.testkit.ObjectStoreKit} those of {@link
 * dev.mlstack.store.ObjectStore}, {@link dev.mlstack.testkit.RefsKit} those of {@link
 * dev.mlstack.store.Refs}, and {@link dev.mlstack.testkit.FittedPipelineKit} those of {@link
 * dev.mlstack.feature.FittedPipeline}; trackers, registries, releases, prediction logs and lineage
 * have theirs.
 *
 * <p>{@link dev.mlstack.testkit.RandomTables} makes tables of any schema with the values that break
 * things, and {@link dev.mlstack.testkit.RandomPredictions} entries of a prediction log.
 */
@NullMarked
package dev.mlstack.testkit;

import org.jspecify.annotations.NullMarked;
