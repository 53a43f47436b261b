package dev.pipeline.model;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  private static final List<String> SWITCHES = List.of("use_rslora", "use_dora");

  /** Initialisations that leave the base's weights as they are. */
  private static final Set<String> INITIALISATIONS =
      Set.of("true", "false", "gaussian", "eva", "orthogonal");

  private static final String RESTORE = "restore the adapter's folder";

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
    config.put("lora_alpha", asWhole(spec.alpha()));
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
    require(file, config, "r", config.path("r").isInt() && config.path("r").asInt() > 0);
    JsonNode alpha = config.path("lora_alpha");
    require(file, config, "lora_alpha", isWithin(alpha, Double.MIN_NORMAL, Double.MAX_VALUE));
    JsonNode dropout = config.path("lora_dropout");
    require(file, config, "lora_dropout", isOff(dropout) || isWithin(dropout, 0, 1));
    SWITCHES.forEach(
        key -> require(file, config, key, isOff(config.path(key)) || config.path(key).isBoolean()));
    return new LoraSpec(
        config.path("r").asInt(),
        alpha.asDouble(),
        dropout.asDouble(0),
        targets(file, config.path("target_modules")),
        config.path("use_rslora").asBoolean(false),
        config.path("use_dora").asBoolean(false));
  }

  /** The base that the adapter which {@code file} describes was trained on. */
  static String baseName(Path file) {
    return json(file).path("base_model_name_or_path").asString("");
  }

  /** PEFT writes whole numbers as such, and so must equal adapters be equal files. */
  private static Number asWhole(double value) {
    long whole = (long) value;
    if (whole == value) {
      return whole;
    }
    return value;
  }

  /** A list of names, or {@code all-linear}; PEFT takes any other text for an expression. */
  private static List<String> targets(Path file, JsonNode node) {
    if (node.isArray() && !node.isEmpty() && node.valueStream().allMatch(JsonNode::isString)) {
      return node.valueStream().map(JsonNode::asString).sorted().toList();
    }
    if (node.isString() && node.asString().equalsIgnoreCase(LoraSpec.ALL_LINEAR)) {
      return List.of(LoraSpec.ALL_LINEAR);
    }
    throw Failure.refused(
        file
            + ": target_modules is "
            + (node.isString() ? "the regular expression " + node : "no list of names"),
        "write the names that are adapted as a list, such as [\"q_proj\", \"v_proj\"]; they stand"
            + " in the tensor names of adapter_model.safetensors");
  }

  /** Whether it is a number, {@code low <= value < high}. */
  private static boolean isWithin(JsonNode value, double low, double high) {
    return value.isNumber() && value.asDouble() >= low && value.asDouble() < high;
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
      JsonNode config = Json.mapper().readTree(Files.readString(file));
      if (!config.isObject()) {
        throw Failure.refused(file + " is not a JSON object", RESTORE);
      }
      return config;
    } catch (NoSuchFileException e) {
      throw Failure.refused(
          "no adapter in " + file.getParent(), "run pipeline run sft, or check the path");
    } catch (CharacterCodingException e) {
      throw Failure.refused(file + " is not UTF-8", RESTORE);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check the file", e);
    } catch (JacksonException e) {
      throw Failure.refused(file + " is not JSON: " + Json.fault(e), RESTORE);
    }
  }
}
