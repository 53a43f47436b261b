package dev.pipeline.config;

/**
 * {@code evaluate.yaml}: judging the quantised file on the held-out rows, and the bounds it must
 * keep to be released.
 *
 * @param maxNewTokens tokens after which an answer counts as not ended by itself; default 256
 * @param maxRows held-out rows to judge, 0 for all; default 0
 * @param reportSamples answers shown side by side in the report; default 10
 * @param minLossReduction share by which tuned must beat base in loss; default 0.2
 * @param minStyleGain points, of 100, by which tuned must beat base in style-rule pass rate;
 *     default 30
 * @param maxLengthP90 tokens that 90 % of the answers must stay below; default 160
 * @param minEndedShare share of answers that must end by themselves; default 0.95
 * @param maxLeaks answers that may leak an identifier or internals; default 0
 */
public record EvaluateConfig(
    int maxNewTokens,
    int maxRows,
    int reportSamples,
    double minLossReduction,
    double minStyleGain,
    int maxLengthP90,
    double minEndedShare,
    int maxLeaks) {
  /** What holds without a file. */
  public static final EvaluateConfig DEFAULTS =
      new EvaluateConfig(256, 0, 10, 0.2, 30, 160, 0.95, 0);

  /** Refuses values out of range. */
  public EvaluateConfig {
    Check.atLeast("max_new_tokens", 1, maxNewTokens);
    Check.atLeast("max_rows", 0, maxRows);
    Check.atLeast("report_samples", 0, reportSamples);
    Check.within("min_loss_reduction", -1, 1, minLossReduction);
    Check.within("min_style_gain", -100, 101, minStyleGain);
    Check.atLeast("max_length_p90", 1, maxLengthP90);
    Check.within("min_ended_share", 0, Math.nextUp(1.0), minEndedShare);
    Check.atLeast("max_leaks", 0, maxLeaks);
  }
}
