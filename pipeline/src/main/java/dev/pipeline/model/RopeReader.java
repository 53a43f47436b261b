package dev.pipeline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads rotary positions from a config: transformers 5 writes {@code rope_parameters}, older
 * versions {@code rope_theta} beside {@code rope_scaling}. The arithmetic is that of transformers'
 * {@code modeling_rope_utils.py}.
 */
final class RopeReader {
  private static final double DEFAULT_THETA = 10000.0;

  /** What says where positions turn, and not how they are stretched. */
  private static final Set<String> UNSCALED = Set.of("rope_theta", "partial_rotary_factor");

  private final ConfigReader config;
  private final ConfigReader rope;
  private final double theta;
  private final int size;

  private RopeReader(ConfigReader config, int headSize, double partial) {
    this.config = config;
    this.rope = config.inside(config.has("rope_scaling") ? "rope_scaling" : "rope_parameters");
    this.theta = rope.number("rope_theta", config.number("rope_theta", DEFAULT_THETA));
    double share =
        rope.number("partial_rotary_factor", config.number("partial_rotary_factor", partial));
    this.size = (int) (headSize * share);
    if (theta <= 0) {
      throw rope.refused("rope_theta must be positive, not " + theta);
    }
    if (size <= 0 || size > headSize || size % 2 != 0) {
      throw rope.refused(
          "partial_rotary_factor " + share + " of a head of " + headSize + " is not an even size");
    }
  }

  /**
   * Reads the positions.
   *
   * @param partial share of a head that turns when the config does not say
   */
  static Rope read(ConfigReader config, int headSize, double partial) {
    return new RopeReader(config, headSize, partial).read();
  }

  private Rope read() {
    return switch (type()) {
      case "default" -> Rope.plain(theta, size);
      case "linear" -> Rope.linear(theta, size, positive("factor"));
      case "llama3" -> Rope.fixed(theta, size, Rope.Scaling.LLAMA3, llama3Divisors());
      case "longrope", "su" -> longRope();
      default ->
          throw rope.refused(
              "rope_type " + type() + " is not supported",
              "use a model whose rope_type is one of: default, linear, llama3, longrope");
    };
  }

  /** Only what is not scaled needs no type: a scaling of an unknown kind must not be left out. */
  private String type() {
    boolean scales = !UNSCALED.containsAll(rope.keys());
    if (scales && !rope.has("rope_type") && !rope.has("type")) {
      throw rope.refused("rope_type is missing beside " + String.join(", ", rope.keys()));
    }
    return rope.text("rope_type", rope.text("type", "default"));
  }

  /** Wavelengths that fit into the old context often stay, those that hardly do are stretched. */
  private List<Float> llama3Divisors() {
    double factor = positive("factor");
    double low = positive("low_freq_factor");
    double high = positive("high_freq_factor");
    double context = rope.positive("original_max_position_embeddings");
    List<Float> divisors = new ArrayList<>();
    for (int pair = 0; pair < size; pair += 2) {
      double wavelength = 2 * Math.PI * Math.pow(theta, (double) pair / size);
      double smooth = (context / wavelength - low) / (high - low);
      double share = Math.min(1, Math.max(0, smooth));
      divisors.add((float) (1 / ((1 - share) / factor + share)));
    }
    return divisors;
  }

  private Rope longRope() {
    int original =
        config.has("original_max_position_embeddings")
            ? config.positive("original_max_position_embeddings")
            : rope.positive("original_max_position_embeddings");
    double stretch =
        rope.number("factor", (double) config.positive("max_position_embeddings") / original);
    double attention =
        stretch <= 1 ? 1 : Math.sqrt(1 + Math.log(stretch) / Math.log((double) original));
    return new Rope(
        theta,
        size,
        Rope.Scaling.LONGROPE,
        rope.positiveNumbers("short_factor", size / 2),
        rope.positiveNumbers("long_factor", size / 2),
        original,
        rope.number("attention_factor", attention));
  }

  private double positive(String key) {
    double value = rope.number(key, 0);
    if (value <= 0) {
      throw rope.refused(key + " must be a positive number");
    }
    return value;
  }
}
