package dev.pipeline.release;

import dev.pipeline.io.Failure;
import dev.pipeline.release.ollama.CreateRequest;
import dev.pipeline.release.ollama.OllamaClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a published model known to an Ollama server, where there is one. */
public final class OllamaRegistration {
  private static final NotRegistered NOT_CONFIGURED =
      new NotRegistered("no server is configured (ollama_url)");

  private final Settings settings;

  /** A registration that follows {@code settings}. */
  public OllamaRegistration(Settings settings) {
    this.settings = settings;
  }

  /**
   * Where to register.
   *
   * @param server such as {@code http://localhost:11434}; none when no server is configured
   * @param required whether a server that does not answer fails the run
   * @param patience how long the server may be silent while it works
   */
  public record Settings(Optional<URI> server, boolean required, Duration patience) {}

  /** How it ended; {@link #toString} says so in a sentence. */
  public sealed interface Outcome {}

  /**
   * The server now serves the model.
   *
   * @param model name at the server
   * @param server its address and version
   */
  public record Registered(String model, String server) implements Outcome {
    @Override
    public String toString() {
      return "registered with Ollama as " + model + " at " + server;
    }
  }

  /**
   * The model is published on disk only.
   *
   * @param reason why
   */
  public record NotRegistered(String reason) implements Outcome {
    @Override
    public String toString() {
      return "not registered with Ollama: " + reason;
    }
  }

  /**
   * Registers the published model in {@code modelFolder}. Repeating it changes nothing.
   *
   * @param status is told each step the server reports
   * @throws Failure when the server refuses or changes the model, or is required and absent
   */
  public Outcome register(
      Path modelFolder, Modelfile modelfile, Release release, Consumer<String> status) {
    if (settings.server().isEmpty()) {
      return NOT_CONFIGURED;
    }
    try (OllamaClient client = new OllamaClient(settings.server().get(), settings.patience())) {
      Optional<String> version = client.version();
      if (version.isEmpty()) {
        return absent(client);
      }
      upload(client, modelFolder, modelfile, release, status);
      requireSameTemplate(client, modelfile);
      return new Registered(modelfile.model(), client + " (version " + version.get() + ")");
    }
  }

  /** How a registration would end now, in a sentence; fails as it would. Sends nothing. */
  public String preflight() {
    if (settings.server().isEmpty()) {
      return NOT_CONFIGURED.toString();
    }
    try (OllamaClient client = new OllamaClient(settings.server().get(), settings.patience())) {
      return client
          .version()
          .map(version -> "version " + version + " answers at " + client)
          .orElseGet(() -> absent(client).toString());
    }
  }

  private Outcome absent(OllamaClient client) {
    if (settings.required()) {
      throw Failure.infrastructure(
          "ollama_url: no Ollama server answers at " + client,
          "start it with 'ollama serve', correct ollama_url, or set ollama_required: false",
          null);
    }
    return new NotRegistered("no server answers at " + client);
  }

  private static void upload(
      OllamaClient client,
      Path modelFolder,
      Modelfile modelfile,
      Release release,
      Consumer<String> status) {
    String name = new ModelFiles(modelfile.model()).served();
    String sha256 = release.files().getOrDefault(name, "");
    if (!client.hasBlob(sha256)) {
      client.pushBlob(modelFolder.resolve("models").resolve(name), sha256);
    }
    client.create(
        new CreateRequest(
            modelfile.model(),
            Map.of(name, sha256),
            modelfile.template().text(),
            modelfile.parameters(),
            modelfile.license()),
        status);
  }

  /** A server that puts its own template in place would serve prompts the model never saw. */
  private static void requireSameTemplate(OllamaClient client, Modelfile modelfile) {
    String served = client.show(modelfile.model()).path("template").asString("");
    if (!served.equals(modelfile.template().text())) {
      throw Failure.infrastructure(
          "Ollama at " + client + " serves " + modelfile.model() + " with another chat template",
          "update Ollama, or create the model by hand: ollama create "
              + modelfile.model()
              + " -f Modelfile",
          null);
    }
  }
}
