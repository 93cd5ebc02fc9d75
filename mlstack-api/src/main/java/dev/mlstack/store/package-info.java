/**
 * Objects and refs: the only truth of the stack.
 *
 * <p>Everything that the stack makes is a {@link dev.mlstack.store.StoredObject}: immutable, and
 * named by the {@link dev.mlstack.store.Digest} of its bytes. There are three {@linkplain
 * dev.mlstack.store.ObjectKind kinds}:
 *
 * <ul>
 *   <li>a <b>content</b> is what something <em>is</em> (a snapshot, a fitted pipeline, a model);
 *       types that can be stored implement {@link dev.mlstack.store.Content};
 *   <li>a <b>recipe</b> is how a content is made ({@link dev.mlstack.store.Recipe}): equal recipes
 *       give equal contents;
 *   <li>a <b>record</b> is who made what, when and where ({@link dev.mlstack.store.Provenance}):
 *       every record is unique.
 * </ul>
 *
 * <p>{@link dev.mlstack.store.ObjectStore} keeps objects, written through a {@link
 * dev.mlstack.store.Batch}. {@link dev.mlstack.store.Refs} keeps the names that point to them and
 * move by compare-and-set. {@link dev.mlstack.store.Lineage} walks the graph that the {@linkplain
 * dev.mlstack.store.Edge edges} of all objects make, in both directions.
 *
 * <p>Parameters, facts and documents are {@link dev.mlstack.store.Value}s, which have one canonical
 * JSON text.
 */
@NullMarked
package dev.mlstack.store;

import org.jspecify.annotations.NullMarked;
