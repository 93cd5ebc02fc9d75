/**
 * Tests that every implementation of a contract passes.
 *
 * <p>A kit is an abstract class of tests. Whoever implements a contract extends the kit, gives it
 * what it asks for, and inherits the laws of the contract as tests: {@link
 * dev.mlstack.testkit.ObjectStoreKit} has those of {@link dev.mlstack.store.ObjectStore}, {@link
 * dev.mlstack.testkit.RefsKit} those of {@link dev.mlstack.store.Refs}.
 */
@NullMarked
package dev.mlstack.testkit;

import org.jspecify.annotations.NullMarked;
