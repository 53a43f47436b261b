package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.read.RawLines;
import dev.pipeline.export.GgufExport;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.release.OllamaTemplate;
import dev.pipeline.release.ollama.OllamaClient;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The checks that can be made before anything runs; each ends in a sentence or in a {@link
 * Failure}.
 */
public final class Preflight {
  /**
   * F16 twice (tuned and base), Q8_0, Q4_K_M twice, the adapter with its moments: bytes a base
   * byte.
   */
  private static final double DISK_PER_BASE_BYTE = 4;

  private static final double GIGA = 1e9;

  private final PipelineConfig config;
  private final List<Finding> findings = new ArrayList<>();

  private Preflight(PipelineConfig config) {
    this.config = config;
  }

  /**
   * What a check found.
   *
   * @param check what was looked at
   * @param passed whether a run may start
   * @param detail what was found
   * @param fix what to do, empty when passed
   * @param exitCode what a run would end with
   */
  public record Finding(
      String check, boolean passed, String detail, String fix, ExitCode exitCode) {}

  /** The checks for {@code config}. */
  public static Preflight of(PipelineConfig config) {
    return new Preflight(config);
  }

  /** Makes every check, whatever the others say. */
  public List<Finding> run() {
    Path base = config.model().baseModel();
    check("weights", () -> weights(base));
    check("memory", this::memory);
    check("tokenizer", () -> tokenizer(base));
    check("export", () -> export(base));
    check("data", this::data);
    check("output", this::output);
    check("disk", () -> disk(base));
    check("Ollama", this::ollama);
    return List.copyOf(findings);
  }

  private void check(String name, Supplier<String> check) {
    try {
      findings.add(new Finding(name, true, check.get(), "", ExitCode.OK));
    } catch (Failure failure) {
      findings.add(new Finding(name, false, failure.reason(), failure.fix(), failure.exitCode()));
    }
  }

  private static String weights(Path base) {
    ModelFolder folder = ModelFolder.open(base);
    DecoderLoader.validate(folder);
    return folder.tensors().size() + " tensors in " + base;
  }

  private String memory() {
    return String.format(
        Locale.ROOT, "training takes about %.1f GB", Estimates.of(config).total() / GIGA);
  }

  private static String tokenizer(Path base) {
    try (ChatModel chat = ChatModel.open(base)) {
      OllamaTemplate.of(chat.template(), chat.controlTokens());
      return "chat template renders, and Ollama can serve it";
    }
  }

  private static String export(Path base) {
    GgufExport.preflight(ModelFolder.open(base));
    return "llama.cpp knows architecture and tokenizer";
  }

  private String data() {
    List<Path> files = RawLines.files(config.mine().raw());
    return files.size() + " raw files in " + config.mine().raw();
  }

  private String output() {
    Path folder = config.model().outputDir();
    try {
      Files.createDirectories(folder);
      Path probe = Files.createTempFile(folder, "write", ".probe");
      Files.delete(probe);
      return folder + " is writable";
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot write in " + folder, "correct output_dir or the folder's permissions", e);
    }
  }

  private String disk(Path base) {
    long weights =
        ModelFolder.open(base).tensors().values().stream()
            .mapToLong(tensor -> tensor.length())
            .sum();
    double needed = weights * DISK_PER_BASE_BYTE;
    try {
      Path folder = config.model().outputDir();
      double free =
          Files.getFileStore(Files.exists(folder) ? folder : Path.of(".")).getUsableSpace();
      if (free < needed) {
        throw Failure.infrastructure(
            String.format(
                Locale.ROOT,
                "%s has %.1f GB free, a run takes %.1f",
                folder,
                free / GIGA,
                needed / GIGA),
            "free some disk space or move output_dir",
            null);
      }
      return String.format(Locale.ROOT, "%.1f GB free, %.1f needed", free / GIGA, needed / GIGA);
    } catch (IOException e) {
      throw Failure.infrastructure("cannot ask for free disk space", "check output_dir", e);
    }
  }

  private String ollama() {
    if (config.release().ollamaUrl().isEmpty()) {
      return "not configured; files are published, nothing is registered";
    }
    URI server = config.release().ollamaUrl().get();
    try (OllamaClient client = new OllamaClient(server, config.release().ollamaTimeout())) {
      return client
          .version()
          .map(version -> "version " + version + " answers at " + server)
          .orElseThrow(
              () ->
                  Failure.infrastructure(
                      "no Ollama server answers at " + server,
                      "start it with 'ollama serve' or correct ollama_url",
                      null));
    }
  }
}
