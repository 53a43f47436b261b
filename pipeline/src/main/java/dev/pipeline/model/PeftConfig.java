package dev.pipeline.model;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code adapter_config.json} as PEFT writes and reads it. */
final class PeftConfig {
  /** Settings that change what an adapter computes; ours compute without them. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "alora_invocation_tokens",
          "alpha_pattern",
          "arrow_config",
          "fan_in_fan_out",
          "kasa_config",
          "layer_replication",
          "layers_to_transform",
          "lora_bias",
          "modules_to_save",
          "monteclora_config",
          "rank_pattern",
          "target_parameters",
          "trainable_token_indices",
          "use_bdlora",
          "use_qalora",
          "velora_config");

  /** Initialisations that leave the base's weights as they are. */
  private static final Set<String> INITIALISATIONS =
      Set.of("true", "false", "gaussian", "eva", "orthogonal");

  private PeftConfig() {}

  /** What PEFT needs to load {@code adapter}. */
  static Map<String, Object> of(LoraAdapter adapter, String baseModel) {
    LoraSpec spec = adapter.spec();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("base_model_name_or_path", baseModel);
    config.put("bias", "none");
    config.put("fan_in_fan_out", false);
    config.put("inference_mode", true);
    config.put("init_lora_weights", true);
    config.put("lora_alpha", spec.alpha());
    config.put("lora_dropout", spec.dropout());
    config.put("peft_type", "LORA");
    config.put("r", spec.rank());
    config.put("target_modules", adapter.adaptedModules());
    config.put("task_type", "CAUSAL_LM");
    config.put("use_dora", spec.decomposed());
    config.put("use_rslora", spec.rankStabilised());
    return config;
  }

  /** The adapter that {@code file} describes; what we would compute otherwise is refused by key. */
  static LoraSpec read(Path file) {
    JsonNode config = json(file);
    require(file, config, "peft_type", config.path("peft_type").asString("LORA").equals("LORA"));
    require(file, config, "bias", config.path("bias").asString("none").equals("none"));
    require(
        file,
        config,
        "init_lora_weights",
        INITIALISATIONS.contains(config.path("init_lora_weights").asString("true")));
    UNSUPPORTED.forEach(key -> require(file, config, key, isOff(config.path(key))));
    require(file, config, "r", config.path("r").asInt(0) > 0);
    require(file, config, "lora_alpha", config.path("lora_alpha").asInt(0) > 0);
    return new LoraSpec(
        config.path("r").asInt(),
        config.path("lora_alpha").asInt(),
        config.path("lora_dropout").asDouble(0),
        targets(config.path("target_modules")),
        config.path("use_rslora").asBoolean(false),
        config.path("use_dora").asBoolean(false));
  }

  /** A list of names, or one word such as {@code all-linear}. */
  private static List<String> targets(JsonNode node) {
    return node.isArray()
        ? node.valueStream().map(name -> name.asString("")).sorted().toList()
        : List.of(node.asString(LoraSpec.ALL_LINEAR));
  }

  private static boolean isOff(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isBoolean() && !value.asBoolean())
        || (value.isContainer() && value.isEmpty());
  }

  private static void require(Path file, JsonNode config, String key, boolean supported) {
    if (!supported) {
      throw Failure.refused(
          file + ": " + key + " is " + config.path(key) + ", which is not supported",
          "use an adapter of plain LoRA, rsLoRA or DoRA on linear layers");
    }
  }

  private static JsonNode json(Path file) {
    try {
      return Json.mapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw Failure.refused(
          "no adapter in " + file.getParent(), "run pipeline run sft, or check the path");
    } catch (JacksonException e) {
      throw Failure.refused(
          file + " is not JSON: " + e.getOriginalMessage(), "restore the adapter's folder");
    }
  }
}
