package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.export.LlamaQuantizeCommand;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.export.llama.SystemLibrary;
import dev.pipeline.io.Failure;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.BaseModels;
import dev.pipeline.release.OllamaRegistration;
import dev.pipeline.torch.CudaPieces;
import dev.pipeline.torch.EngineFacts;
import dev.pipeline.torch.Gpus;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at what of this machine works, whatever the data and the recipe are. */
public final class Doctor {
  private static final double GIGA = 1e9;
  private static final long LITTLE_MEMORY = 4_000_000_000L;
  private static final long LITTLE_DISK = 2_000_000_000L;
  private static final int OLDEST_JAVA = 17;

  private final PipelineConfig config;
  private final Servers servers;
  private final List<Examination> found = new ArrayList<>();

  private Doctor(PipelineConfig config, Map<String, String> environment) {
    this.config = config;
    this.servers = new Servers(environment);
  }

  /** Examines everything; nothing that fails hides the rest. */
  public static List<Examination> examine(PipelineConfig config) {
    return examine(config, System.getenv());
  }

  static List<Examination> examine(PipelineConfig config, Map<String, String> environment) {
    Doctor doctor = new Doctor(config, environment);
    doctor.look("Java", Doctor::java);
    doctor.look("memory", doctor::memory);
    doctor.look("cores", doctor::cores);
    doctor.look("disk", doctor::disk);
    doctor.engine();
    doctor.look("bf16", Doctor::bfloat16);
    doctor.look("libgomp", Doctor::libgomp);
    doctor.look("llama.cpp", doctor::llama);
    doctor.look("quantise", doctor::quantize);
    doctor.look("Ollama", doctor::ollama);
    doctor.look("Qdrant", () -> doctor.servers.qdrant(config));
    doctor.look("W&B", doctor.servers::wandb);
    doctor.look("job store", doctor::store);
    doctor.look("base model", doctor::base);
    return List.copyOf(doctor.found);
  }

  private void look(String place, Supplier<Examination> look) {
    try {
      found.add(look.get());
    } catch (Failure failure) {
      found.add(Examination.fail(place, failure));
    }
  }

  private static Examination java() {
    String detail =
        Runtime.version()
            + String.format(
                Locale.ROOT, ", heap up to %.1f GB", Runtime.getRuntime().maxMemory() / GIGA);
    if (Runtime.version().feature() < OLDEST_JAVA) {
      throw Failure.infrastructure(
          "Java " + detail + " is too old", "install a JDK 17 or newer, or set JAVA_HOME", null);
    }
    return Examination.ok("Java", detail);
  }

  /** What the machine has, beside what training is estimated to take of it. */
  private Examination memory() {
    String detail = String.format(Locale.ROOT, "%.1f GB", Machine.memory() / GIGA);
    detail += knowsBase() ? "; " + Preflight.memory(config) : "";
    return Machine.memory() < LITTLE_MEMORY
        ? Examination.warn(
            "memory", detail, "4 GB and more are at ease; pipeline estimate says what a run takes")
        : Examination.ok("memory", detail);
  }

  /** Without the base model nobody knows what it takes; that it is missing is told elsewhere. */
  private boolean knowsBase() {
    try {
      Estimates.shape(config);
      return true;
    } catch (Failure missing) {
      return false;
    }
  }

  private Examination cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = config.model().threadCount();
    String detail = cores + ", of which " + threads + " are used";
    return threads > cores
        ? Examination.warn("cores", detail, "set threads: 0 for one thread a core")
        : Examination.ok("cores", detail);
  }

  private Examination disk() {
    OutputPlace place = new OutputPlace("output_dir", config.model().outputDir());
    place.requireWritable();
    long needed = knowsBase() ? diskNeed() : 0;
    long free = place.requireFree(needed);
    String detail =
        String.format(
            Locale.ROOT,
            "%.1f GB free for %s, a run takes about %.1f",
            free / GIGA,
            place.folder(),
            needed / GIGA);
    return free < LITTLE_DISK
        ? Examination.warn("disk", detail, "free some disk space: PyTorch's libraries take 0.5 GB")
        : Examination.ok("disk", detail);
  }

  /** Of the whole road; whether there is data for its beginning is not this machine's matter. */
  private long diskNeed() {
    List<String> jobs = PipelineRun.jobs();
    try {
      return DiskNeed.of(config, jobs);
    } catch (Failure noData) {
      return DiskNeed.of(
          config,
          jobs.stream().filter(job -> !job.equals("mine") && !job.equals("curate")).toList());
    }
  }

  private void engine() {
    try {
      EngineFacts engine = Torch.facts();
      found.add(Examination.ok("PyTorch", engine.version() + " loads from " + engine.libraries()));
      Optional<CudaPieces.Missing> missing =
          CudaPieces.find(System.getenv()).missing(engine.gpus(), engine.libraries());
      found.add(cuda(engine.gpus(), Gpus.memory(), missing, config.model().device()));
    } catch (Failure failure) {
      found.add(Examination.fail("PyTorch", failure));
    }
  }

  /** A GPU that is asked for must be there; one that could be used is worth a word. */
  static Examination cuda(
      int gpus, List<Long> memory, Optional<CudaPieces.Missing> missing, String device) {
    if (missing.isEmpty()) {
      return Examination.ok(
          "CUDA",
          memory.stream()
              .map(bytes -> String.format(Locale.ROOT, "%.1f GB", bytes / GIGA))
              .collect(Collectors.joining(", ", gpus + (gpus == 1 ? " GPU: " : " GPUs: "), "")));
    }
    String piece = missing.get().piece();
    if (device.startsWith("cuda")) {
      return Examination.fail(
          "CUDA",
          Failure.infrastructure(
              "device: " + device + ", but " + piece, missing.get().fix(), null));
    }
    return missing.get().driver()
        ? Examination.warn("CUDA", piece, missing.get().fix())
        : Examination.ok("CUDA", "none, training uses the CPU: " + piece);
  }

  private static Examination bfloat16() {
    List<String> units = Machine.bfloat16Units();
    return Examination.ok(
        "bf16",
        units.isEmpty()
            ? "no units in this processor, which is only a matter of speed: it computes in float32"
            : String.join(", ", units));
  }

  private static Examination libgomp() {
    if (!SystemLibrary.loads("libgomp.so.1")) {
      throw Failure.infrastructure(
          "libgomp.so.1 is missing, which llama.cpp needs",
          "install it: apt-get install libgomp1 (Debian, Ubuntu), dnf install libgomp (Fedora)",
          null);
    }
    return Examination.ok("libgomp", "libgomp.so.1 loads");
  }

  private Examination llama() {
    LlamaBuild build = new LlamaBuild(config.packaging().llamaLibrary());
    try (LlamaProcess llama = build.start()) {
      String uses =
          Arrays.stream(llama.describe().split("[|:]"))
              .map(String::strip)
              .filter(feature -> feature.endsWith("= 1"))
              .map(feature -> feature.substring(0, feature.indexOf(' ')))
              .collect(Collectors.joining(", "));
      String which = build.library().map(Path::toString).orElse("build b4916");
      return Examination.ok("llama.cpp", which + " loads; uses " + uses);
    }
  }

  private Examination quantize() {
    return config
        .packaging()
        .llamaQuantize()
        .map(
            program -> {
              new LlamaQuantizeCommand(program, 1).check();
              return Examination.ok("quantise", program + " answers");
            })
        .orElseGet(
            () -> Examination.ok("quantise", "with the built-in kernels (no llama_quantize)"));
  }

  private Examination ollama() {
    if (config.release().ollamaUrl().isEmpty() && servers.namesOllama()) {
      return servers.ollama(config);
    }
    OllamaRegistration registration =
        new OllamaRegistration(
            new OllamaRegistration.Settings(
                config.release().ollamaUrl(), true, config.release().ollamaTimeout()));
    try {
      return Examination.ok("Ollama", registration.preflight());
    } catch (Failure absent) {
      if (config.release().ollamaRequired()) {
        throw absent;
      }
      return Examination.warn("Ollama", absent.reason(), absent.fix());
    }
  }

  private Examination store() {
    Optional<Executions> open = Executions.open(config);
    if (open.isEmpty()) {
      return Examination.ok("job store", "none yet; the first run makes it");
    }
    try (Executions executions = open.get()) {
      return Examination.ok("job store", "opens; " + executions.list().size() + " executions");
    }
  }

  private Examination base() {
    ModelFolder base = ModelFolder.open(BaseModels.folder(config.model().baseModel()));
    return Examination.ok(
        "base model",
        "%s, %s, %d tensors"
            .formatted(
                config.model().baseModel(),
                Architectures.of(base.config(), base.configName()).name(),
                base.weights().count()));
  }
}
