package dev.pipeline.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.release.OllamaRegistration.NotRegistered;
import dev.pipeline.release.OllamaRegistration.Outcome;
import dev.pipeline.release.OllamaRegistration.Registered;
import dev.pipeline.release.OllamaRegistration.Settings;
import dev.pipeline.release.ollama.FakeOllama;
import dev.pipeline.release.ollama.FakeOllama.Misbehaviour;
import dev.pipeline.release.ollama.OllamaClient;
import dev.pipeline.release.ollama.TinyGguf;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OllamaRegistrationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Modelfile MODELFILE =
      new Modelfile(
          "phi4-joshi",
          new OllamaTemplate("{{ range .Messages }}{{ .Content }}{{ end }}", List.of("<|im_end|>")),
          0.2,
          0.9,
          1024,
          Optional.empty());

  @TempDir Path folder;
  private Release release;

  @BeforeEach
  void publish() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    Path gguf = TinyGguf.write(models.resolve("phi4-joshi.gguf"), "tuned");
    release =
        new Release(
            1,
            "run",
            "data",
            "now",
            Map.of("phi4-joshi.gguf", Hashes.sha256(gguf)),
            Map.of(),
            null,
            null,
            null);
  }

  @Test
  void registersWithTheTrainedTemplateAndUploadsOnce() throws IOException {
    try (FakeOllama server = new FakeOllama(Misbehaviour.NONE);
        OllamaClient client = new OllamaClient(server.address(), PATIENCE)) {
      Outcome first = register(Optional.of(server.address()), false);
      Outcome second = register(Optional.of(server.address()), false);

      assertThat(first)
          .isInstanceOf(Registered.class)
          .isEqualTo(second)
          .hasToString(
              "registered with Ollama as phi4-joshi at "
                  + server.address()
                  + " (version 0.0.0-fake)");
      assertThat(server.uploads()).isEqualTo(1);
      assertThat(client.show("phi4-joshi").path("parameters").asString())
          .contains("temperature 0.2", "top_p 0.9", "num_ctx 1024", "<|im_end|>");
    }
  }

  @Test
  void saysThatNoServerIsConfigured() {
    assertThat(register(Optional.empty(), false))
        .isInstanceOf(NotRegistered.class)
        .hasToString("not registered with Ollama: no server is configured (ollama_url)");
  }

  @Test
  void saysThatNoServerAnswersAndGoesOn() throws IOException {
    URI nobody = unusedAddress();
    assertThat(register(Optional.of(nobody), false))
        .hasToString("not registered with Ollama: no server answers at " + nobody);
  }

  @Test
  void failsWhenARequiredServerDoesNotAnswer() throws IOException {
    URI nobody = unusedAddress();
    assertThatThrownBy(() -> register(Optional.of(nobody), true))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
              assertThat(failure.reason()).contains(nobody.toString());
              assertThat(failure.fix()).contains("ollama serve");
            });
  }

  @Test
  void foreseesHowARegistrationWouldEnd() throws IOException {
    URI nobody = unusedAddress();
    assertThat(registration(Optional.of(nobody), false).preflight())
        .isEqualTo("not registered with Ollama: no server answers at " + nobody);
    assertThatThrownBy(() -> registration(Optional.of(nobody), true).preflight())
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("ollama_url: ");
    try (FakeOllama server = new FakeOllama(Misbehaviour.NONE)) {
      assertThat(registration(Optional.of(server.address()), true).preflight())
          .isEqualTo("version 0.0.0-fake answers at " + server.address());
    }
  }

  @Test
  void failsWhenTheServerPutsAnotherTemplateInPlace() throws IOException {
    try (FakeOllama server = new FakeOllama(Misbehaviour.OTHER_TEMPLATE)) {
      assertThatThrownBy(() -> register(Optional.of(server.address()), false))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("another chat template");
    }
  }

  private Outcome register(Optional<URI> server, boolean required) {
    return registration(server, required).register(folder, MODELFILE, release, status -> {});
  }

  private static OllamaRegistration registration(Optional<URI> server, boolean required) {
    return new OllamaRegistration(new Settings(server, required, PATIENCE));
  }

  private static URI unusedAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }
}
