package dev.pipeline.release;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Progress;
import dev.pipeline.io.Reason;
import dev.pipeline.release.ollama.OllamaClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Serves releases by Ollama where there is a server, and tries them before: at that server, or in
 * llama.cpp where there is none.
 */
public final class ModelServing implements Serving {
  private final ReleaseStore store;
  private final ReleaseLog log;
  private final OllamaServer server;
  private final Optional<SmokeTest> smoke;
  private final int answerTokens;
  private final LocalModel local;
  private final Optional<GateOverride> override;
  private final Progress progress;
  private String status;
  private Optional<Registered> registered = Optional.empty();

  /**
   * Serves the releases in {@code modelFolder}.
   *
   * @param smoke what a release is asked first; none asks nothing
   * @param answerTokens after which an answer has not ended by itself
   * @param local answers where no server does
   * @param override lets a release serve that does not answer as it must
   */
  public ModelServing(
      Path modelFolder,
      OllamaServer server,
      Optional<SmokeTest> smoke,
      int answerTokens,
      LocalModel local,
      Optional<GateOverride> override,
      Progress progress) {
    this.store = new ReleaseStore(modelFolder);
    this.log = new ReleaseLog(modelFolder);
    this.server = server;
    this.smoke = smoke;
    this.answerTokens = answerTokens;
    this.local = local;
    this.override = override;
    this.progress = progress;
    this.status = server.unregistered();
  }

  /** A model file in this machine's own llama.cpp. */
  @FunctionalInterface
  public interface LocalModel {
    /** Has the file {@code gguf} answer {@code test}, ended by the stop words of its Modelfile. */
    SmokeTest.Report ask(SmokeTest test, Path gguf, Modelfile modelfile);
  }

  /** Under which name a server has the release that was served last. */
  public Optional<Registered> registered() {
    return registered;
  }

  /** Where the release is registered now, or why it is not, in a sentence. */
  public String status() {
    return status;
  }

  @Override
  public Optional<String> tryOut(Release release) {
    Optional<OllamaClient> client = server.open();
    if (client.isEmpty()) {
      return smoke.map(test -> judged(local(test, release)));
    }
    try (OllamaClient ollama = client.get()) {
      OllamaRegistration registration = registration(ollama, release);
      registration.offer();
      return smoke.map(
          test ->
              judged(test.run("Ollama", messages -> registration.answer(messages, answerTokens))));
    }
  }

  @Override
  public void serve(Release release, Optional<Release> former) {
    Optional<OllamaClient> client = server.open();
    if (client.isEmpty()) {
      return;
    }
    try (OllamaClient ollama = client.get()) {
      ensure(ollama, release);
      Optional<Release> registrable = former.filter(this::isRegistrable);
      registrable.ifPresent(before -> ensure(ollama, before));
      Modelfile modelfile = modelfile(release.version());
      new OllamaTags(ollama, modelfile.model())
          .serve(release.version(), registrable.map(Release::version));
      String name = OllamaTags.of(modelfile.model(), release.version());
      registered =
          Optional.of(
              new Registered(ollama.toString(), name, ollama.tags().getOrDefault(name, "")));
      status =
          "registered with Ollama as %s, %s:latest at %s (version %s)"
              .formatted(
                  OllamaTags.of(modelfile.model(), release.version()),
                  modelfile.model(),
                  ollama,
                  ollama.version().orElse("unknown"));
    }
  }

  @Override
  public void goBack(Release refused, Optional<Release> current, Optional<Release> former) {
    Optional<OllamaClient> client = server.open();
    if (client.isEmpty()) {
      return;
    }
    try (OllamaClient ollama = client.get()) {
      OllamaTags tags = new OllamaTags(ollama, modelfile(refused.version()).model());
      Optional<Release> registrable = former.filter(this::isRegistrable);
      current
          .filter(this::isRegistrable)
          .ifPresent(
              now -> {
                ensure(ollama, now);
                registrable.ifPresent(before -> ensure(ollama, before));
                tags.serve(now.version(), registrable.map(Release::version));
              });
      if (log.release(refused.version()).isEmpty()) {
        tags.withdraw(refused.version());
      }
    }
  }

  private SmokeTest.Report local(SmokeTest test, Release release) {
    Modelfile modelfile = modelfile(release.version());
    String served = new ModelFiles(modelfile.model()).served();
    return local.ask(
        test, store.file(release.version(), ReleaseManifest.MODELS + "/" + served), modelfile);
  }

  private String judged(SmokeTest.Report report) {
    if (override.isPresent() && !report.pass()) {
      return report.words() + "; overridden by " + override.get().by();
    }
    report.orThrow();
    return report.words();
  }

  private void ensure(OllamaClient client, Release release) {
    OllamaRegistration registration = registration(client, release);
    if (!registration.isThere()) {
      registration.offer();
    }
  }

  private OllamaRegistration registration(OllamaClient client, Release release) {
    return new OllamaRegistration(client, store, modelfile(release.version()), release, progress);
  }

  /** Not so those that were published before it was kept how they are served. */
  private boolean isRegistrable(Release release) {
    return Files.isRegularFile(store.file(release.version(), ReleaseManifest.MODELFILE));
  }

  /** How that release was served. */
  private Modelfile modelfile(int version) {
    Path file = store.file(version, ReleaseManifest.MODELFILE);
    try {
      return Json.parse(Files.readString(file), Modelfile.class, file.toString());
    } catch (IOException e) {
      throw Failure.usage(
          "release %d was published before it was kept how it is served: %s: %s"
              .formatted(version, file, Reason.of(e)),
          "create it by hand: ollama create MODEL -f " + store.file(version, "models/Modelfile"));
    }
  }
}
