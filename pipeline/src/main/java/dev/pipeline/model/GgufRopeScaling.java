package dev.pipeline.model;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufTensor;
import dev.pipeline.weights.gguf.dequantise.TensorReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code rope_scaling} of a config, from a GGUF's keys and its tables of divisors, which are
 * tensors.
 */
final class GgufRopeScaling {
  /** Of every Llama 3.1 to 3.3; a table holds no trace of them but its divisors. */
  private static final double LLAMA3_LOW = 1;

  private static final double LLAMA3_HIGH = 4;
  private static final double TOLERANCE = 1e-5;

  /** No head is longer. */
  private static final int LONGEST_TABLE = 1 << 12;

  private GgufRopeScaling() {}

  static Optional<Map<String, Object>> read(GgufFile file, String family) {
    String key = family + ".rope.scaling.";
    if (file.tensors().containsKey("rope_factors_long.weight")) {
      return Optional.of(
          Map.of(
              "type", "longrope",
              "short_factor", table(file, "rope_factors_short.weight"),
              "long_factor", table(file, "rope_factors_long.weight")));
    }
    if (file.tensors().containsKey("rope_freqs.weight")) {
      return Optional.of(llama3(file, family));
    }
    String type =
        file.metadata().find(key + "type").isPresent()
            ? file.metadata().text(key + "type")
            : "none";
    return type.equals("none")
        ? Optional.empty()
        : Optional.of(Map.of("type", type, "factor", file.metadata().real(key + "factor")));
  }

  /**
   * The factor is the largest divisor; the old context is the power of two that gives the others by
   * Llama 3's formula.
   */
  private static Map<String, Object> llama3(GgufFile file, String family) {
    List<Float> divisors = table(file, "rope_freqs.weight");
    double factor = divisors.stream().mapToDouble(Float::doubleValue).max().orElse(1);
    double theta = file.metadata().real(family + ".rope.freq_base");
    for (int context = 1 << 20; context >= 16; context /= 2) {
      if (gives(divisors, theta, factor, context)) {
        return Map.of(
            "rope_type", "llama3",
            "factor", factor,
            "low_freq_factor", LLAMA3_LOW,
            "high_freq_factor", LLAMA3_HIGH,
            "original_max_position_embeddings", context);
      }
    }
    throw Failure.refused(
        file.path() + ": rope_freqs.weight is not what Llama 3 scales positions by",
        "use the model's Hugging Face folder, whose config.json says how they are scaled");
  }

  private static boolean gives(List<Float> divisors, double theta, double factor, int context) {
    for (int pair = 0; pair < divisors.size(); pair++) {
      double wavelength = 2 * Math.PI * Math.pow(theta, (double) pair / divisors.size());
      double smooth = (context / wavelength - LLAMA3_LOW) / (LLAMA3_HIGH - LLAMA3_LOW);
      double share = Math.min(1, Math.max(0, smooth));
      double expected = 1 / ((1 - share) / factor + share);
      if (!(Math.abs(divisors.get(pair) - expected) <= TOLERANCE * expected)) {
        return false;
      }
    }
    return true;
  }

  private static List<Float> table(GgufFile file, String name) {
    GgufTensor tensor = file.tensor(name);
    List<Float> values = new ArrayList<>();
    if (tensor.rows() > 1 || tensor.columns() > LONGEST_TABLE) {
      throw Failure.refused(
          file.path() + ": " + name + " has the shape " + tensor.shape(),
          "use a GGUF written by a current converter");
    }
    TensorReader.read(
        tensor,
        (first, weights) -> {
          for (float weight : weights) {
            values.add(weight);
          }
        });
    return values;
  }
}
