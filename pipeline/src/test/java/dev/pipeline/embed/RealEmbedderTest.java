package dev.pipeline.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.MemoryConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A real Ollama with the embedding model that PIPELINE_TEST_EMBEDDER names, at
 * PIPELINE_TEST_EMBEDDER_URL; Ollama speaks OpenAI's interface, too.
 */
@EnabledIfEnvironmentVariable(named = "PIPELINE_TEST_EMBEDDER_URL", matches = ".+")
class RealEmbedderTest {
  @Test
  void bothInterfacesGiveVectorsThatMeanSomething() {
    for (MemoryConfig.Embedding kind :
        List.of(MemoryConfig.Embedding.OLLAMA, MemoryConfig.Embedding.OPENAI)) {
      MemoryConfig defaults = MemoryConfig.DEFAULTS;
      Embedder embedder =
          Embedders.of(
              new MemoryConfig(
                  Optional.empty(),
                  defaults.planCollection(),
                  defaults.qdrantTimeout(),
                  defaults.qdrantAttempts(),
                  kind,
                  Optional.of(URI.create(System.getenv("PIPELINE_TEST_EMBEDDER_URL"))),
                  System.getenv("PIPELINE_TEST_EMBEDDER"),
                  defaults.embedderTimeout()));
      List<float[]> vectors =
          embedder.embed(
              List.of("The delivery came late.", "The shipment was delayed.", "Paint it green."));

      assertThat(vectors).allMatch(vector -> vector.length == embedder.dimensions());
      assertThat(Vectors.cosine(vectors.get(0), vectors.get(1)))
          .isGreaterThan(Vectors.cosine(vectors.get(0), vectors.get(2)));
    }
  }
}
