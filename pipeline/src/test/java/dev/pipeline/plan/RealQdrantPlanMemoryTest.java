package dev.pipeline.plan;

import dev.pipeline.config.MemoryConfig;
import dev.pipeline.embed.MiniLmEmbedder;
import dev.pipeline.vectors.VectorStores;
import dev.pipeline.vectors.qdrant.QdrantAddress;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The same of a server at QDRANT_URL, in collections of their own, which stay behind. */
@EnabledIfEnvironmentVariable(named = QdrantAddress.URL, matches = ".+")
class RealQdrantPlanMemoryTest implements PlanStoreContract {
  private final String name = "pipeline-test-" + UUID.randomUUID();

  @TempDir Path folder;

  @Override
  public PlanStore open() {
    return new PlanMemory(
        VectorStores.of(MemoryConfig.DEFAULTS, folder), name, new MiniLmEmbedder(), folder);
  }
}
