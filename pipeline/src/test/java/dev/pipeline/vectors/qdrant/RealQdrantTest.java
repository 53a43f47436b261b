package dev.pipeline.vectors.qdrant;

import dev.pipeline.config.MemoryConfig;
import dev.pipeline.vectors.VectorStore;
import dev.pipeline.vectors.VectorStoreContract;
import dev.pipeline.vectors.VectorStores;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same of a server at QDRANT_URL, in collections of their own, which stay behind. */
@EnabledIfEnvironmentVariable(named = QdrantAddress.URL, matches = ".+")
class RealQdrantTest implements VectorStoreContract {
  private final VectorStore store = VectorStores.of(MemoryConfig.DEFAULTS, Path.of("unused"));
  private final String name = "pipeline-test-" + UUID.randomUUID();

  @Override
  public VectorStore store() {
    return store;
  }

  @Override
  public String name() {
    return name;
  }
}
