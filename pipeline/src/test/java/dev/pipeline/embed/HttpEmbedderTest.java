package dev.pipeline.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.config.MemoryConfig;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpEmbedderTest {
  @ParameterizedTest
  @EnumSource
  void givesAVectorOfLengthOneForEachTextInOrder(HttpEmbedder.Dialect dialect) throws IOException {
    try (FakeEmbeddingServer server = new FakeEmbeddingServer("")) {
      List<String> texts =
          IntStream.range(0, 70).mapToObj(i -> "a".repeat(i % 7 + 1) + "b".repeat(i / 7)).toList();
      Embedder embedder = embedder(dialect, server, "");

      List<float[]> vectors = embedder.embed(texts);

      assertThat(embedder.dimensions()).isEqualTo(FakeEmbeddingServer.SIZE);
      assertThat(vectors).hasSize(70);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(vectors.get(i))
            .isEqualTo(Vectors.unit(FakeEmbeddingServer.letters(texts.get(i))));
      }
      assertThat(server.batches()).containsExactly(1, 32, 32, 6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void textThatSaysNothingIsNotSent(HttpEmbedder.Dialect dialect) throws IOException {
    try (FakeEmbeddingServer server = new FakeEmbeddingServer("")) {
      List<float[]> vectors = embedder(dialect, server, "").embed(List.of("", "abc", "--"));

      assertThat(vectors.get(0)).containsOnly(0f);
      assertThat(vectors.get(1)).isEqualTo(Vectors.unit(FakeEmbeddingServer.letters("abc")));
      assertThat(vectors.get(2)).containsOnly(0f);
    }
  }

  @ParameterizedTest
  @EnumSource
  void troubleThatPassesIsSatOut(HttpEmbedder.Dialect dialect) throws IOException {
    try (FakeEmbeddingServer server = new FakeEmbeddingServer("")) {
      server.trouble(503);

      assertThat(embedder(dialect, server, "").embed("abc")).hasSize(FakeEmbeddingServer.SIZE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyIsSentToThisServerAndNoOther(HttpEmbedder.Dialect dialect) throws IOException {
    try (FakeEmbeddingServer server = new FakeEmbeddingServer("s3cr3t-key")) {
      assertThat(embedder(dialect, server, "s3cr3t-key").embed("abc")).isNotEmpty();
      server.trouble(302);
      assertThatThrownBy(() -> embedder(dialect, server, "s3cr3t-key").embed("abc"))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("HTTP 302")
          .hasMessageNotContaining("s3cr3t");
      assertThatThrownBy(() -> embedder(dialect, server, "wrong").embed("abc"))
          .hasMessageContaining("HTTP 400");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatIsNotThereIsNamed(HttpEmbedder.Dialect dialect) throws IOException {
    FakeEmbeddingServer server = new FakeEmbeddingServer("");
    server.close();

    assertThatThrownBy(() -> embedder(dialect, server, "").embed("abc"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(server.address().toString());
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "OLLAMA"})
  void theConfigurationChooses(MemoryConfig.Embedding kind) throws IOException {
    try (FakeEmbeddingServer server = new FakeEmbeddingServer("from-environment")) {
      MemoryConfig config = config(kind, Optional.of(server.address()), FakeEmbeddingServer.MODEL);

      Embedder embedder = Embedders.of(config, Map.of(Embedders.KEY, "from-environment"));

      assertThat(embedder.embed("abc")).hasSize(FakeEmbeddingServer.SIZE);
      assertThat(embedder.name()).isEqualTo(FakeEmbeddingServer.MODEL);
      assertThatThrownBy(() -> config(kind, Optional.empty(), "x"))
          .hasMessageContaining("embedder_url");
      assertThatThrownBy(() -> config(kind, Optional.of(URI.create("http://u:p@host:1")), "x"))
          .hasMessageContaining("password");
    }
  }

  @Test
  void aKeyDoesNotTravelInClear() {
    for (String address : List.of("http://10.0.0.5:8080", "http://127.evil.example")) {
      assertThatThrownBy(
              () ->
                  new HttpEmbedder(
                      HttpEmbedder.Dialect.OPENAI,
                      URI.create(address),
                      "m",
                      Optional.of("s3cr3t"),
                      Duration.ofSeconds(1)))
          .as(address)
          .hasMessageContaining("in clear");
    }
  }

  private static MemoryConfig config(
      MemoryConfig.Embedding kind, Optional<URI> address, String model) {
    MemoryConfig defaults = MemoryConfig.DEFAULTS;
    return new MemoryConfig(
        Optional.empty(),
        defaults.planCollection(),
        defaults.qdrantTimeout(),
        defaults.qdrantAttempts(),
        kind,
        address,
        model,
        defaults.embedderTimeout());
  }

  private static Embedder embedder(
      HttpEmbedder.Dialect dialect, FakeEmbeddingServer server, String key) {
    return new HttpEmbedder(
        dialect,
        server.address(),
        FakeEmbeddingServer.MODEL,
        Optional.of(key).filter(text -> !text.isEmpty()),
        Duration.ofSeconds(20));
  }
}
