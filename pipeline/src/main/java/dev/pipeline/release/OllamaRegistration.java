package dev.pipeline.release;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.release.ollama.ChatReply;
import dev.pipeline.release.ollama.CreateRequest;
import dev.pipeline.release.ollama.OllamaClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes releases known to one Ollama server, each under its own name. A server that restarts in the
 * middle, and forgets what it was sent, is sent it again.
 */
final class OllamaRegistration {
  private static final int ATTEMPTS = 3;

  private final OllamaClient client;
  private final ReleaseStore store;
  private final Modelfile modelfile;
  private final Release release;
  private final Progress progress;

  /** A registration of {@code release}, whose files lie in {@code store}. */
  OllamaRegistration(
      OllamaClient client,
      ReleaseStore store,
      Modelfile modelfile,
      Release release,
      Progress progress) {
    this.client = client;
    this.store = store;
    this.modelfile = modelfile;
    this.release = release;
    this.progress = progress;
  }

  /** The release's own name at the server. */
  String name() {
    return OllamaTags.of(modelfile.model(), release.version());
  }

  /** Whether the server has it, with these bytes and this template. */
  boolean isThere() {
    if (!client.tags().containsKey(name())) {
      return false;
    }
    var shown = client.show(name());
    return shown.path("modelfile").asString("").contains(sha256())
        && shown.path("template").asString("").equals(modelfile.template().text());
  }

  /** Sends what the server does not have and creates the model. */
  void offer() {
    for (int attempt = 1; ; attempt++) {
      try {
        upload();
        requireSameTemplate();
        return;
      } catch (Failure failure) {
        if (attempt == ATTEMPTS || !mayEndOtherwise(failure)) {
          throw failure;
        }
        progress.at(0, 0, "Ollama: " + failure.reason() + "; trying again");
      }
    }
  }

  /** How the model answers there. */
  SmokeTest.Answer answer(List<ChatMessage> messages, int maxTokens) {
    ChatReply reply =
        client.chat(
            name(), messages, Map.of("temperature", 0, "seed", 0, "num_predict", maxTokens));
    return new SmokeTest.Answer(reply.text(), reply.doneReason());
  }

  private void upload() {
    if (!client.hasBlob(sha256())) {
      client.pushBlob(file(), sha256(), progress);
    }
    client.create(
        new CreateRequest(
            name(),
            Map.of(String.valueOf(file().getFileName()), sha256()),
            modelfile.template().text(),
            modelfile.parameters(),
            modelfile.system(),
            modelfile.license()),
        status -> progress.at(0, 0, "Ollama: " + status));
  }

  /** After a broken connection, or where a restarted server forgot the file that it was sent. */
  private boolean mayEndOtherwise(Failure failure) {
    boolean answers = client.answersWithin(OllamaClient.RESTART);
    return answers && (failure.getCause() instanceof IOException || !client.hasBlob(sha256()));
  }

  private Path file() {
    return store.file(
        release.version(),
        ReleaseManifest.MODELS + "/" + new ModelFiles(modelfile.model()).served());
  }

  private String sha256() {
    return release.files().getOrDefault(new ModelFiles(modelfile.model()).served(), "");
  }

  /** A server that puts its own template in place would serve prompts the model never saw. */
  private void requireSameTemplate() {
    String served = client.show(name()).path("template").asString("");
    if (!served.equals(modelfile.template().text())) {
      throw Failure.infrastructure(
          "Ollama at " + client + " serves " + name() + " with another chat template",
          "update Ollama, or create the model by hand: ollama create " + name() + " -f Modelfile",
          null);
    }
  }
}
