package dev.pipeline.vectors;

import dev.pipeline.config.MemoryConfig;
import java.nio.file.Path;

/** The store that a configuration asks for. */
public final class VectorStores {
  private VectorStores() {}

  /**
   * A store that has not connected yet.
   *
   * @param folder where collections lie when no server is named
   */
  public static VectorStore of(MemoryConfig config, Path folder) {
    return new FileVectorStore(folder);
  }
}
