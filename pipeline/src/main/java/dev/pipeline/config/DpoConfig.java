package dev.pipeline.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code dpo.yaml}: preference optimisation of the adapter that sft made. The keys of all groups
 * stand side by side; micro_batch_size counts pairs, which are two sequences each. Rank, targets
 * and load_in_4bit are those of sft, and nothing is dropped out.
 *
 * @param rl the loss; default dpo
 * @param rlBeta how dear it is to leave the adapter that training starts from; default 0.1, for
 *     sigmoid_norm 5, and for simpo, where it scales the rewards, 2
 * @param labelSmoothing share of the pairs thought to be labelled the wrong way round, for dpo
 *     (cDPO); default 0
 * @param ldAlpha weight of the tokens by which one answer is longer than the other, for dpo
 *     (LD-DPO), 0.5 is usual; default none, all tokens weigh the same
 * @param rpoAlpha weight of the supervised loss on the chosen answer, for dpo, sigmoid_norm and ipo
 *     (RPO), 1 is usual; default none
 * @param simpoGamma margin by which the chosen answer is to win, for simpo; default 0.5
 * @param lengthPenalty price of each token of an answer beyond length_limit, in units of reward: to
 *     a pair's margin is added length_penalty * (max(0, |chosen| - length_limit) - max(0,
 *     |rejected| - length_limit)); 0 for none; default 0.01
 * @param lengthLimit tokens of an answer that are free, its terminator included; default 180
 * @param precomputeRefLogProbs compute the reference's log-probs once and keep them in the run's
 *     folder, four bytes a token, instead of anew for each batch, which takes half again as long;
 *     default true
 * @param maxRows pairs to learn from and pairs to hold out at most, 0 for all; default 0
 * @param batch how pairs become batches
 * @param optimizer AdamW
 * @param schedule length and learning rate
 * @param checkpoint reporting and saving
 */
public record DpoConfig(
    Loss rl,
    Optional<Double> rlBeta,
    double labelSmoothing,
    Optional<Double> ldAlpha,
    Optional<Double> rpoAlpha,
    double simpoGamma,
    double lengthPenalty,
    int lengthLimit,
    boolean precomputeRefLogProbs,
    int maxRows,
    BatchConfig batch,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    CheckpointConfig checkpoint) {
  private static final double USUAL_GAMMA = 0.5;

  /** One epoch at 5e-6, 16 pairs a step. */
  public static final DpoConfig DEFAULTS =
      new DpoConfig(
          Loss.DPO,
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          USUAL_GAMMA,
          0.01,
          180,
          true,
          0,
          new BatchConfig(4096, 2, 8, false, false, BatchConfig.ExcessLengthStrategy.DROP, false),
          new OptimizerConfig(5e-6, 0, 0.9, 0.999, 1e-8, 1),
          new ScheduleConfig(
              1, ScheduleConfig.LrScheduler.COSINE, Optional.empty(), Optional.empty()),
          CheckpointConfig.DEFAULTS);

  /** What is optimised. */
  public enum Loss {
    /** Log-sigmoid of the difference of log-ratios (Rafailov et al. 2023). */
    DPO,
    /** The same on log-ratios per token, so that long answers weigh no more (Tulu 3). */
    SIGMOID_NORM,
    /** Squared distance of that difference to a target (Azar et al. 2023). */
    IPO,
    /** Likelihood and odds ratio, without a reference (Hong et al. 2024). */
    ORPO,
    /** Log-sigmoid of log-probs per token with a margin, without a reference (Meng et al. 2024). */
    SIMPO
  }

  /** Refuses values out of range, and keys that the loss does not look at. */
  public DpoConfig {
    rlBeta.ifPresent(beta -> Check.positive("rl_beta", beta));
    Check.within("label_smoothing", 0, 0.5, labelSmoothing);
    ldAlpha.ifPresent(alpha -> Check.within("ld_alpha", 0, Math.nextUp(1.0), alpha));
    rpoAlpha.ifPresent(alpha -> Check.positive("rpo_alpha", alpha));
    Check.notNegative("simpo_gamma", simpoGamma);
    Check.notNegative("length_penalty", lengthPenalty);
    Check.atLeast("length_limit", 1, lengthLimit);
    Check.atLeast("max_rows", 0, maxRows);
    requireUsed(rl, "label_smoothing", labelSmoothing > 0, Loss.DPO);
    requireUsed(rl, "ld_alpha", ldAlpha.isPresent(), Loss.DPO);
    requireUsed(rl, "rpo_alpha", rpoAlpha.isPresent(), Loss.DPO, Loss.SIGMOID_NORM, Loss.IPO);
    requireUsed(rl, "simpo_gamma", simpoGamma != USUAL_GAMMA, Loss.SIMPO);
    requireUsed(
        rl,
        "precompute_ref_log_probs",
        !precomputeRefLogProbs,
        Loss.DPO,
        Loss.SIGMOID_NORM,
        Loss.IPO);
    if (labelSmoothing > 0 && ldAlpha.isPresent()) {
      throw new BadValue(
          "label_smoothing", "changes nothing beside ld_alpha", "keep one of the two");
    }
    if (batch.samplePacking()) {
      throw new BadValue(
          "sample_packing", "is not there for pairs", "remove it, or take group_by_length");
    }
  }

  /** {@code rl_beta}, or what is usual for the loss. */
  public double beta() {
    return rlBeta.orElse(
        switch (rl) {
          case SIMPO -> 2.0;
          case SIGMOID_NORM -> 5.0;
          default -> 0.1;
        });
  }

  /** What the field calls the loss. */
  public String lossName() {
    String name =
        switch (rl) {
          case DPO -> ldAlpha.isPresent() ? "LD-DPO" : labelSmoothing > 0 ? "cDPO" : "DPO";
          case SIGMOID_NORM -> "Length-normalised DPO";
          case SIMPO -> "SimPO";
          case IPO, ORPO -> rl.name();
        };
    if (rpoAlpha.isEmpty()) {
      return name;
    }
    return name.equals("DPO") ? "RPO" : name + " with RPO's term";
  }

  private static void requireUsed(Loss rl, String key, boolean given, Loss... users) {
    if (given && !List.of(users).contains(rl)) {
      String losses =
          Stream.of(users).map(DpoConfig::written).collect(Collectors.joining(" or rl: "));
      throw new BadValue(
          key,
          "changes nothing with rl: " + written(rl),
          "remove " + key + ", or set rl: " + losses);
    }
  }

  private static String written(Loss loss) {
    return loss.name().toLowerCase(Locale.ROOT);
  }
}
