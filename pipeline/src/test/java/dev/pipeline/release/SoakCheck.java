package dev.pipeline.release;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.release.ollama.OllamaClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What must hold of a model's folder at any moment, and once a command has ended. */
final class SoakCheck {
  private final SoakModel model;
  private final ReleaseLog log;
  private final ReleaseStore store;
  private final List<String> faults = new ArrayList<>();

  SoakCheck(SoakModel model) {
    this.model = model;
    this.log = new ReleaseLog(model.folder());
    this.store = new ReleaseStore(model.folder());
  }

  /** Right after a kill: one release serves entirely, and nothing that is named is missing. */
  List<String> afterKill() throws IOException {
    whole();
    return List.copyOf(faults);
  }

  /** After the same command ran to its end: nothing torn, doubled, lost or left over. */
  List<String> afterEnd() throws IOException {
    whole();
    doubles();
    leftovers();
    if (log.current().isPresent()) {
      int current = log.current().get().version();
      require(
          serving().equals(OptionalInt.of(current)), "serves " + serving() + ", not " + current);
      server(current);
    }
    return List.copyOf(faults);
  }

  private OptionalInt serving() {
    return new ServingPointer(new ReleaseFolders(model.folder())).version();
  }

  private void whole() throws IOException {
    List<Release> all = log.all();
    for (Release release : all.subList(Math.max(0, all.size() - SoakModel.KEPT), all.size())) {
      require(store.versions().contains(release.version()), "lost release " + release.version());
    }
    store.versions().forEach(store::verify);
    OptionalInt serving = serving();
    require(serving.isPresent() || all.size() <= 1, "nothing serves");
    if (serving.isPresent()) {
      served(serving.getAsInt());
    }
  }

  /** All that is served names one run, and that is the release's. */
  private void served(int version) throws IOException {
    Release release = log.release(version).orElse(null);
    require(release != null, "serves release " + version + ", which the log does not know");
    if (release != null) {
      Path models = model.folder().resolve("models");
      String run = release.runKey();
      for (Map.Entry<String, String> file :
          Map.of("soak.gguf", "Q4_K_M", "soak-F16.gguf", "F16").entrySet()) {
        byte[] bytes = Files.readAllBytes(models.resolve(file.getKey()));
        String head = new String(bytes, 0, 64, StandardCharsets.ISO_8859_1);
        require(
            head.startsWith("GGUF " + file.getValue() + " of " + run + "\n"),
            file.getKey() + " is not of " + run);
      }
      String modelfile = Files.readString(models.resolve("Modelfile"));
      require(modelfile.contains("SYSTEM \"" + run + "\"\n"), "the Modelfile is not of " + run);
      String environment = Files.readString(models.resolve("soak.env"));
      require(environment.contains("soak:v" + version + "\n"), "the .env is not of " + version);
    }
  }

  private void doubles() {
    List<String> runs = log.all().stream().map(Release::runKey).toList();
    require(runs.stream().distinct().count() == runs.size(), "a run was released twice");
    for (int i = 0; i < log.all().size(); i++) {
      require(log.all().get(i).version() == i + 1, "versions are not counted through");
    }
    LogEntry before = null;
    for (LogEntry entry : log.entries()) {
      Integer replaced = before == null ? null : Integer.valueOf(before.version());
      require(
          Objects.equals(entry.replaces(), replaced),
          "the log says that " + entry.version() + " replaced " + entry.replaces());
      before = entry;
    }
  }

  private void leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(model.folder())) {
      files
          .filter(
              file ->
                  file.toString().endsWith(AtomicFiles.PARTIAL)
                      || file.toString().endsWith("switch.json"))
          .forEach(file -> require(false, "left over: " + file));
    }
    try (Stream<Path> kept = Files.list(new ReleaseFolders(model.folder()).store())) {
      kept.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
          .forEach(
              folder ->
                  require(
                      log.release(Integer.parseInt(folder.getFileName().toString())).isPresent(),
                      "kept but not in the log: " + folder));
    }
  }

  /** The server follows the log. */
  private void server(int current) {
    try (OllamaClient client = new OllamaClient(model.server(), Duration.ofSeconds(30))) {
      Map<String, String> tags = client.tags();
      String own = tags.getOrDefault("soak:v" + current, "none");
      require(own.equals(tags.get("soak:latest")), "soak:latest is not release " + current);
      Rollback.formerOf(log, store, current)
          .ifPresent(
              former ->
                  require(
                      tags.getOrDefault("soak:v" + former.version(), "none")
                          .equals(tags.get("soak:previous")),
                      "soak:previous is not release " + former.version()));
    }
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
