/**
 * Versions of data: what exactly a model saw.
 *
 * <p>{@link dev.mlstack.data.version.Datasets} keeps datasets in a store. A {@link
 * dev.mlstack.data.version.VersionedDataset} is one by name: each commit reads a source, checks it,
 * sets aside what is bad, and makes a {@link dev.mlstack.data.version.Snapshot}, which is a {@link
 * dev.mlstack.table.Dataset} that never changes. The {@link dev.mlstack.data.version.Commit} tells
 * who made it when, of what and after which.
 *
 * <p>Rows can be appended, replaced by key ({@code upsert}) and deleted ({@link
 * dev.mlstack.data.version.RowSelection}) at the cost of what changes. Branches and tags name
 * versions; a {@link dev.mlstack.data.version.Diff} compares two, a {@link
 * dev.mlstack.data.version.Merge} takes over what another branch has changed. {@link
 * dev.mlstack.data.version.Datasets#erase(RowSelection, String)} removes rows from every version.
 * {@link dev.mlstack.data.version.Datasets#with(dev.mlstack.data.access.AccessPolicy,
 * dev.mlstack.data.access.AuditLog)} says who may read what, and writes down who did.
 */
@NullMarked
package dev.mlstack.data.version;

import org.jspecify.annotations.NullMarked;
