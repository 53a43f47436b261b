package dev.pipeline.release;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.io.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

/**
 * A model's folder in which releases and rollbacks are killed. GGUF, Modelfile and environment of a
 * release name its run, so that a mixture shows.
 *
 * @param folder such as artifacts/soak
 * @param server an Ollama server that outlives the process
 */
record SoakModel(Path folder, URI server) {
  static final String MODEL = "soak";
  static final int KEPT = 6;
  private static final int BYTES = 300_000;

  /** What is done, in words that the next process can read: publish RUN, rollback, prune. */
  void doIt(String work) throws IOException {
    if (work.startsWith("publish ")) {
      publish(work.substring("publish ".length()));
    } else if (work.equals("rollback")) {
      try {
        new Rollback(folder, Clock.systemUTC(), serving(), done -> {})
            .to(OptionalInt.empty(), "the soak", "to see");
      } catch (Failure failure) {
        if (!failure.reason().startsWith("no release before")
            && !failure.reason().startsWith("nothing was released")) {
          throw failure;
        }
      }
    } else {
      new Pruner(folder).prune(KEPT, Map.of(), false);
    }
  }

  private void publish(String run) throws IOException {
    stage(run);
    Modelfile modelfile =
        new Modelfile(
            MODEL,
            new OllamaTemplate("{{ range .Messages }}{{ .Content }}{{ end }}", List.of("<e>")),
            0.2,
            0.9,
            64,
            Optional.of(run),
            Optional.empty());
    Candidate.Origin origin =
        new Candidate.Origin(
            run,
            "data",
            new Training("SFT", "ab".repeat(32), null),
            Hashes.sha256(runs().resolve(run).resolve("package/soak-Q4_K_M.gguf")),
            "");
    Candidate candidate =
        new Candidate(
            StagedPackage.open(runs().resolve(run).resolve("package")),
            modelfile,
            new Verdict(true, List.of()),
            origin,
            Optional.empty(),
            Candidate.adapter("sft", runs().resolve(run).resolve("sft")));
    try {
      new Publisher(folder, Clock.systemUTC(), serving()).publish(candidate, "the soak");
    } catch (Failure failure) {
      if (!failure.reason().contains("took back")) {
        throw failure;
      }
    }
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  private void stage(String run) throws IOException {
    if (Files.exists(runs().resolve(run))) {
      return;
    }
    Path staged = folder.resolveSibling("staged-" + ProcessHandle.current().pid());
    AtomicFiles.deleteRecursively(staged);
    Files.createDirectories(staged.resolve("package"));
    Files.createDirectories(staged.resolve("sft"));
    Files.writeString(staged.resolve("sft/adapter_model.safetensors"), "adapter of " + run);
    Map<String, String> files = new TreeMap<>();
    for (String type : List.of("F16", "Q4_K_M")) {
      byte[] content = new byte[BYTES];
      new Random((run + type).hashCode()).nextBytes(content);
      byte[] head = ("GGUF " + type + " of " + run + "\n").getBytes(StandardCharsets.UTF_8);
      System.arraycopy(head, 0, content, 0, head.length);
      Path file = Files.write(staged.resolve("package/soak-" + type + ".gguf"), content);
      files.put(String.valueOf(file.getFileName()), Hashes.sha256(file));
    }
    Files.writeString(
        staged.resolve("package/manifest.json"),
        Json.pretty(Map.of("files", files, "served", "soak-Q4_K_M.gguf")));
    AtomicFiles.publishFolder(staged, runs().resolve(run));
  }

  private ModelServing serving() {
    SmokeTest smoke =
        new SmokeTest(
            List.of(new SmokeTest.Question("one", List.of(ChatMessage.user("Hello")))),
            exchange -> List.of(),
            exchange -> List.of(),
            SmokeTest.Limits.STRICT);
    return new ModelServing(
        folder,
        new OllamaServer(Optional.of(server), true, Duration.ofSeconds(60)),
        Optional.of(smoke),
        8,
        (test, gguf, modelfile) -> {
          throw new AssertionError("the server answers");
        },
        Optional.empty(),
        Progress.SILENT);
  }
}
