package dev.pipeline.release.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our client relies on, of the stand-in and of a real server alike. */
interface OllamaContract {
  String MODEL = "pipeline-contract-test";

  URI address();

  default OllamaClient client() {
    return new OllamaClient(address(), Duration.ofSeconds(30));
  }

  @Test
  default void tellsItsVersion() {
    try (OllamaClient client = client()) {
      assertThat(client.version()).isPresent();
    }
  }

  @Test
  default void takesABlobAndKnowsItAfterwards(@TempDir Path folder) throws IOException {
    Path file = TinyGguf.write(folder.resolve("a.gguf"), "blob");
    String sha256 = Hashes.sha256(file);
    try (OllamaClient client = client()) {
      client.pushBlob(file, sha256, Progress.SILENT);
      assertThat(client.hasBlob(sha256)).isTrue();
      client.pushBlob(file, sha256, Progress.SILENT);
      assertThat(client.hasBlob(Hashes.sha256("never sent"))).isFalse();
    }
  }

  @Test
  default void refusesABlobThatIsNotWhatItClaims(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("b.gguf"), "something else");
    String other = Hashes.sha256("what was promised");
    try (OllamaClient client = client()) {
      assertThatThrownBy(() -> client.pushBlob(file, other, Progress.SILENT))
          .isInstanceOf(Failure.class)
          .hasMessageContainingAll("HTTP 400", "digest mismatch");
      assertThat(client.hasBlob(other)).isFalse();
    }
  }

  @Test
  default void createsAModelThatShowsItsTemplateAndParameters(@TempDir Path folder)
      throws IOException {
    Path file = TinyGguf.write(folder.resolve("c.gguf"), "model");
    String sha256 = Hashes.sha256(file);
    CreateRequest request =
        new CreateRequest(
            MODEL,
            Map.of("c.gguf", sha256),
            "{{ range .Messages }}{{ .Content }}<|end|>{{ end }}",
            Map.of("temperature", 0.2, "stop", List.of("<|end|>")),
            Optional.of("Answer briefly."),
            Optional.of("Apache-2.0"));
    List<String> statuses = new ArrayList<>();
    try (OllamaClient client = client()) {
      client.pushBlob(file, sha256, Progress.SILENT);
      client.create(request, statuses::add);
      client.create(request, status -> {});

      assertThat(statuses).endsWith("success");
      assertThat(client.tags()).containsKey(MODEL + ":latest");
      assertThat(client.show(MODEL).path("system").asString()).isEqualTo("Answer briefly.");
      assertThat(client.show(MODEL).path("license").asString()).contains("Apache-2.0");
      assertThat(client.show(MODEL).path("modelfile").asString()).contains(sha256);
      assertThat(client.show(MODEL).path("template").asString()).isEqualTo(request.template());
      assertThat(client.show(MODEL).path("parameters").asString())
          .contains("temperature", "0.2", "<|end|>");
    }
  }

  @Test
  default void aCopyIsTheSameModelUnderAnotherName(@TempDir Path folder) throws IOException {
    Path file = TinyGguf.write(folder.resolve("e.gguf"), "copied");
    String sha256 = Hashes.sha256(file);
    String copy = MODEL + "-copy:v2";
    try (OllamaClient client = client()) {
      client.pushBlob(file, sha256, Progress.SILENT);
      client.create(
          new CreateRequest(
              MODEL + ":v2",
              Map.of("e.gguf", sha256),
              "{{ .Prompt }}",
              Map.of(),
              Optional.empty(),
              Optional.empty()),
          status -> {});
      client.copy(MODEL + ":v2", copy);
      Map<String, String> tags = client.tags();
      assertThat(tags.get(copy)).isNotBlank().isEqualTo(tags.get(MODEL + ":v2"));

      client.delete(MODEL + ":v2");
      assertThat(client.tags()).containsKey(copy).doesNotContainKey(MODEL + ":v2");
      assertThat(client.hasBlob(sha256)).as("the copy needs it").isTrue();
      client.delete(copy);
      client.delete(copy);
      assertThat(client.tags()).doesNotContainKey(copy);
      assertThat(client.hasBlob(sha256)).as("nobody needs it").isFalse();
      assertThatThrownBy(() -> client.copy(copy, MODEL))
          .isInstanceOf(Failure.class)
          .hasMessageContainingAll("HTTP 404", "not found");
    }
  }

  @Test
  default void refusesToChatWithWhatItDoesNotHave() {
    try (OllamaClient client = client()) {
      assertThatThrownBy(
              () ->
                  client.chat(
                      "pipeline-no-such-model", List.of(ChatMessage.user("Hello")), Map.of()))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("HTTP 404");
    }
  }

  @Test
  default void refusesAModelWhoseBlobItNeverSaw() {
    CreateRequest request =
        new CreateRequest(
            MODEL + "-missing",
            Map.of("d.gguf", Hashes.sha256("unknown")),
            "{{ .Prompt }}",
            Map.of(),
            Optional.empty(),
            Optional.empty());
    try (OllamaClient client = client()) {
      assertThatThrownBy(() -> client.create(request, status -> {})).isInstanceOf(Failure.class);
    }
  }

  @Test
  default void refusesToShowWhatItDoesNotHave() {
    try (OllamaClient client = client()) {
      assertThatThrownBy(() -> client.show("pipeline-no-such-model"))
          .isInstanceOf(Failure.class)
          .hasMessageContainingAll("HTTP 404", "not found");
    }
  }
}
