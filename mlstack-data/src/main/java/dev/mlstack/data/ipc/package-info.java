/**
 * Arrow IPC: {@link dev.mlstack.data.ipc.ArrowIpc} describes files and streams to read, {@link
 * dev.mlstack.data.ipc.ArrowIpcTarget} a file to write.
 *
 * <p>The format is read by this package itself, of Arrow only the classes of its metadata are used:
 * every offset and length is checked before it is followed, and nothing that is damaged, nested or
 * of a later version is taken for a missing value.
 */
@NullMarked
package dev.mlstack.data.ipc;

import org.jspecify.annotations.NullMarked;
