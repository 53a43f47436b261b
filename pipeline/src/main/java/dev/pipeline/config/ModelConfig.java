package dev.pipeline.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code model.yaml}: what every job of a model shares.
 *
 * @param modelName name of the tuned model and of its folder below output_dir; default demo-joshi
 * @param baseModel the base model: a Hugging Face folder, a GGUF file, or ollama:NAME for a model
 *     of this machine's Ollama; default artifacts/base
 * @param knownAs name of the base model in the registry, which then describes it; the environment's
 *     MODEL_NAME wins; default none
 * @param modelRegistry folder of one YAML a known model; default configs/models
 * @param chatTemplate Jinja chat template to use instead of the folder's own; default none
 * @param base what is known of the base model; the keys stand beside the others
 * @param systemPrompt the system message of every prompt, in training, evaluation and serving
 * @param seed seed of weights, shuffling, dropout and of which rows are held out; default 17
 * @param threads threads of a matrix product, 0 for one a core; default 0. A result is repeatable
 *     for a given number
 * @param device cpu; cuda for all GPUs of the machine, which then share out the micro-batches of a
 *     step; cuda:1 or cuda:0,1 for some of them; auto for cuda when there is a GPU; default auto
 * @param bf16 true to compute in bfloat16, false in float32; auto for bfloat16 on GPUs and on CPUs
 *     that have units for it; default auto
 * @param memoryLimit the most that training may take, such as 38 GB: resident memory of the process
 *     on a CPU, memory of each GPU otherwise. A run that would need more does not start, one that
 *     takes more stops and keeps its last checkpoint; default none, and then 95 % of the machine's
 *     memory on a CPU
 * @param outputDir folder of artefacts; default artifacts
 * @param datasetDir folder of mined and curated datasets; default datasets
 */
public record ModelConfig(
    String modelName,
    Path baseModel,
    Optional<String> knownAs,
    Path modelRegistry,
    Optional<String> chatTemplate,
    BaseDescription base,
    String systemPrompt,
    long seed,
    int threads,
    String device,
    String bf16,
    Optional<DataSize> memoryLimit,
    Path outputDir,
    Path datasetDir) {
  private static final Pattern DEVICE = Pattern.compile("cpu|auto|cuda(:\\d{1,3}(,\\d{1,3})*)?");

  /** More than any machine's cores; each thread costs memory and the system a slot. */
  private static final int MOST_THREADS = 1024;

  /** What holds without a file. */
  public static final ModelConfig DEFAULTS =
      new ModelConfig(
          "demo-joshi",
          Path.of("artifacts/base"),
          Optional.empty(),
          Path.of("configs/models"),
          Optional.empty(),
          BaseDescription.DEFAULTS,
          "You are a negotiation assistant. Acknowledge briefly, then make exactly one suggestion.",
          17,
          0,
          "auto",
          "auto",
          Optional.empty(),
          Path.of("artifacts"),
          Path.of("datasets"));

  /** Refuses names that leave their folder. */
  public ModelConfig {
    Check.fileName("model_name", modelName);
    if (modelName.equals("base")) {
      throw Check.bad("model_name", "must not be \"base\": that folder ships the base model");
    }
    Check.notBlank("base_model", baseModel.toString());
    chatTemplate.ifPresent(ModelConfig::requireTemplate);
    Check.atLeast("threads", 0, threads);
    if (threads > MOST_THREADS) {
      throw Check.bad("threads", "must be at most " + MOST_THREADS + ", was " + threads);
    }
    if (!DEVICE.matcher(device).matches() || repeats(device)) {
      throw Check.bad(
          "device", "must be cpu, cuda, auto, or GPUs such as cuda:0,1, was \"" + device + "\"");
    }
    if (!List.of("auto", "true", "false").contains(bf16)) {
      throw Check.bad("bf16", "must be auto, true or false, was \"" + bf16 + "\"");
    }
  }

  /** Whether matrices are multiplied in bfloat16; empty where the hardware decides. */
  public Optional<Boolean> bfloat16() {
    return bf16.equals("auto") ? Optional.empty() : Optional.of(Boolean.valueOf(bf16));
  }

  /** Other trainers have names for templates. */
  private static void requireTemplate(String text) {
    Check.notBlank("chat_template", text);
    if (!text.contains("{")) {
      throw new BadValue(
          "chat_template",
          "wants Jinja text; \"" + text + "\" is a name",
          "leave it out for the template of the model's folder, or write the template itself");
    }
  }

  private static boolean repeats(String device) {
    List<String> numbers = List.of(device.substring(device.indexOf(':') + 1).split(",", -1));
    return numbers.size() > Set.copyOf(numbers).size();
  }

  /** The number of threads, cores counted where the file says 0. */
  public int threadCount() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
