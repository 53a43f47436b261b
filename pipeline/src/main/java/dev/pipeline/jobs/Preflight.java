package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.config.DpoConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.data.prefer.read.PairReader;
import dev.pipeline.data.read.ConversationReader;
import dev.pipeline.export.GgufExport;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.io.Failure;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.release.Modelfile;
import dev.pipeline.release.OllamaTemplate;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The checks that can be made before anything runs; each ends in a sentence or in a {@link
 * Failure}. None of them changes anything.
 */
public final class Preflight {
  private static final double GIGA = 1e9;

  private final PipelineConfig config;
  private final List<String> jobs;
  private final boolean running;
  private final List<Examination> findings = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  private Preflight(PipelineConfig config, Collection<String> jobs, boolean running) {
    this.config = config;
    this.jobs = List.copyOf(jobs);
    this.running = running;
  }

  /** What the whole road to a release would meet, all of it. */
  public static List<Examination> findings(PipelineConfig config) {
    Preflight preflight = new Preflight(config, Chain.names(), false);
    preflight.look();
    return List.copyOf(preflight.findings);
  }

  /** Fails as {@code jobs} would, before they have written anything. */
  static void require(PipelineConfig config, Collection<String> jobs) {
    Preflight preflight = new Preflight(config, jobs, true);
    preflight.look();
    if (!preflight.failures.isEmpty()) {
      throw preflight.failures.get(0);
    }
  }

  /** What the trainings of {@code config} take, in a sentence; refuses what does not fit. */
  static String memory(PipelineConfig config) {
    return new Preflight(config, Chain.names(), false).memory();
  }

  private void look() {
    if (ahead("mine")) {
      check("data", this::data);
    }
    if (ahead("preferences")) {
      check("preferences", this::preferences);
    }
    if (!config.model().base().origin().isEmpty()) {
      check("model", this::model);
    }
    if (ahead("sft", "dpo", "baseline", "package")) {
      check("weights", this::weights);
      if (ahead("sft") || preferring()) {
        check("memory", this::memory);
      }
      lookAtDevice();
    }
    if (ahead("baseline", "package")) {
      check("export", this::export);
    }
    if (ahead("curate", "preferences", "sft", "evaluate", "release")) {
      check("tokenizer", this::tokenizer);
    }
    if (ahead("evaluate")) {
      config
          .evaluate()
          .toxicityClassifier()
          .ifPresent(path -> check("toxicity", () -> ToxicityModel.check(path, config.evaluate())));
    }
    if (ahead("sft") && !running) {
      phaseZero();
    }
    check("output", this::output);
    if (ahead("sft", "baseline", "package")) {
      check("disk", this::disk);
    }
    if (ahead("release")) {
      check("Ollama", () -> ReleaseJob.ollama(config.release()).preflight());
    }
  }

  private boolean ahead(String... names) {
    return Stream.of(names).anyMatch(jobs::contains);
  }

  /** Never in the way of a run: who trains elsewhere than they serve need not measure here. */
  private void phaseZero() {
    PhaseZero.warning(config.model())
        .ifPresent(
            words ->
                findings.add(
                    Examination.warn("bench", words, "run 'pipeline bench' before training")));
  }

  /** A trouble that several checks meet is told once. */
  private void check(String name, Supplier<String> check) {
    try {
      findings.add(Examination.ok(name, check.get()));
    } catch (Failure failure) {
      if (failures.stream().noneMatch(known -> known.reason().equals(failure.reason()))) {
        failures.add(failure);
        findings.add(Examination.fail(name, failure));
      }
    }
  }

  private Path base() {
    return BaseFolder.of(config.model());
  }

  private String model() {
    return String.join(", ", config.model().base().origin().values());
  }

  private String weights() {
    ModelFolder folder = ModelFolder.open(base());
    DecoderLoader.validate(folder);
    requireContext(folder);
    return folder.weights().count() + " tensors in " + config.model().baseModel();
  }

  private void requireContext(ModelFolder folder) {
    int positions =
        Architectures.of(folder.config(), folder.configName())
            .shape(folder.config(), folder.configName())
            .maxPositions();
    int context = config.model().base().boundedContext(positions);
    int asked = config.sft().batch().sequenceLen();
    if (asked > context) {
      throw Failure.usage(
          "sequence_len " + asked + " is beyond the context of the base model, " + context,
          "set sequence_len to at most " + context);
    }
  }

  private String memory() {
    if (config.model().device().equals("auto") && Torch.facts().gpus() > 0) {
      // The estimate takes auto for a processor, whose numbers are twice as wide.
      return "watched on the GPU that auto finds; device: cuda has it estimated beforehand";
    }
    return MemoryNeed.require(
        config.model(), trainings(), gpu() ? gpuMemory() : OptionalLong.of(Machine.memory()));
  }

  private List<MemoryAdvice> trainings() {
    List<MemoryAdvice> trainings = new ArrayList<>();
    if (ahead("sft")) {
      trainings.add(MemoryAdvice.of(config));
    }
    if (preferring()) {
      trainings.add(MemoryAdvice.dpo(config));
    }
    return trainings;
  }

  /** Who looks at settings without a word on dpo means no dpo. */
  private boolean preferring() {
    return ahead("dpo") && (running || !config.dpo().equals(DpoConfig.DEFAULTS));
  }

  private boolean gpu() {
    return config.model().device().startsWith("cuda");
  }

  /** Unknown where there is no GPU, which is for {@link #device} to say. */
  private OptionalLong gpuMemory() {
    try {
      return Torch.gpuMemory(config.model().device());
    } catch (Failure missing) {
      return OptionalLong.empty();
    }
  }

  /** Only a GPU that is asked for can be missing; looking for it starts the engine. */
  private String device() {
    if (gpu()) {
      Torch.open(config.model().device(), 1).close();
    }
    return config.model().device();
  }

  /** A configuration may be looked at where it will not run. */
  private void lookAtDevice() {
    if (running) {
      check("device", this::device);
      return;
    }
    try {
      findings.add(Examination.ok("device", device()));
    } catch (Failure missing) {
      findings.add(
          Examination.warn(
              "device",
              config.model().device() + ", which a run would miss here: " + missing.reason(),
              missing.fix() + "; docs/gpu.md says how"));
    }
  }

  private String tokenizer() {
    base();
    try (ChatModel chat = BaseChat.open(config.model())) {
      Modelfile.requireCarried(
          OllamaTemplate.of(chat.template(), chat.controlTokens()),
          config.model().systemPrompt(),
          config.model().base().licence());
      return "chat template renders, and Ollama can serve it";
    }
  }

  private String export() {
    ModelFolder base = ModelFolder.open(base());
    List<String> differences = GgufExport.preflight(base, BaseChat.format(config.model()));
    new LlamaBuild(config.packaging().llamaLibrary()).preflight(base);
    return differences.isEmpty()
        ? "llama.cpp knows architecture and tokenizer"
        : "known to llama.cpp, with differences: " + String.join("; ", differences);
  }

  private String data() {
    Path raw = config.mine().raw();
    List<Path> files = RawFiles.conversations(config);
    ConversationReader.requireAny(raw, files);
    String warning = DatasetManifest.warning(CurateJob.curationSettings(config));
    return files.size() + " raw files in " + raw + (warning.isEmpty() ? "" : "; " + warning);
  }

  private String preferences() {
    Path raw = config.preferences().rawPreferences();
    int lines = PairReader.lines(RawFiles.preferences(config)).size();
    return lines + " lines of preferences in " + raw;
  }

  private String output() {
    places().forEach(OutputPlace::requireWritable);
    return config.model().outputDir() + " and " + config.model().datasetDir() + " are writable";
  }

  private String disk() {
    long needed = DiskNeed.of(config, jobs);
    long free = places().get(0).requireFree(needed);
    return String.format(Locale.ROOT, "%.1f GB free, %.1f needed", free / GIGA, needed / GIGA);
  }

  private List<OutputPlace> places() {
    return List.of(
        new OutputPlace("output_dir", config.model().outputDir()),
        new OutputPlace("dataset_dir", config.model().datasetDir()));
  }
}
