package dev.pipeline.model;

import dev.pipeline.io.Failure;
import java.util.List;

/**
 * What LoRA adapts and how (Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models").
 *
 * @param rank width r of the low-rank path
 * @param alpha the path is scaled by alpha / r
 * @param dropout probability of dropping an input of the path while training
 * @param targets short module names, or the single word {@code all-linear}
 * @param rankStabilised scale by alpha / sqrt(r) instead, so that a high rank learns as fast as a
 *     low one (Kalajdzievski 2023, "A Rank Stabilization Scaling Factor for Fine-Tuning with LoRA")
 * @param decomposed learn the length of each row of the adapted weight apart from its direction
 *     (Liu et al. 2024, "DoRA: Weight-Decomposed Low-Rank Adaptation")
 */
public record LoraSpec(
    int rank,
    double alpha,
    double dropout,
    List<String> targets,
    boolean rankStabilised,
    boolean decomposed) {
  /** Every linear layer of the decoder layers; the head is left out, as in PEFT. */
  public static final String ALL_LINEAR = "all-linear";

  public LoraSpec {
    targets = List.copyOf(targets);
  }

  /** Plain LoRA. */
  public LoraSpec(int rank, double alpha, double dropout, List<String> targets) {
    this(rank, alpha, dropout, targets, false, false);
  }

  /** The same without dropout. */
  public LoraSpec withoutDropout() {
    return new LoraSpec(rank, alpha, 0, targets, rankStabilised, decomposed);
  }

  /** What the low-rank path is multiplied by. */
  public double scale() {
    return rankStabilised ? alpha / Math.sqrt(rank) : alpha / rank;
  }

  /** The projections of {@code architecture} that are adapted; none is an error. */
  public List<Projection> matched(Architecture architecture, DecoderShape shape) {
    List<Projection> all = architecture.projections(shape);
    List<String> unknown = unknown(architecture, shape);
    if (targets.isEmpty() || !unknown.isEmpty()) {
      throw Failure.usage(
          "lora_target_modules: " + unknown + " match no linear layer of " + architecture.name(),
          "use " + ALL_LINEAR + " or some of " + names(all));
    }
    return targets.contains(ALL_LINEAR)
        ? all
        : all.stream().filter(projection -> targets.contains(projection.shortName())).toList();
  }

  /** The targets that {@code architecture} has no projection for. */
  List<String> unknown(Architecture architecture, DecoderShape shape) {
    List<String> known = names(architecture.projections(shape));
    return targets.stream()
        .filter(name -> !name.equals(ALL_LINEAR) && !known.contains(name))
        .toList();
  }

  private static List<String> names(List<Projection> projections) {
    return projections.stream().map(Projection::shortName).toList();
  }
}
