package dev.mlstack.data.arrow;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Makes the allocators that readers own. */
public final class Allocators {

  private Allocators() {}

  /**
   * Returns an allocator of its own for one reader, who closes it.
   *
   * @param parent the allocator of the application that accounts for the memory; without one, the
   *     new allocator is a root
   * @param name what the memory is for
   */
  public static BufferAllocator open(@Nullable BufferAllocator parent, String name) {
    return parent == null
        ? new RootAllocator()
        : parent.newChildAllocator(name, 0, parent.getLimit());
  }
}
