package dev.pipeline.config;

/**
 * {@code drift.yaml}: the daily look at what the released model answers.
 *
 * @param prompts tasks of the negotiation benchmark to ask, 0 for all; default 60
 * @param promptSeed which of them; another seed is another baseline; default 17
 * @param maxNewTokens tokens after which an answer is cut off; default 96
 * @param threshold fall of the mean rubric score, as a share of the baseline's, that counts as
 *     drift when it is exceeded with 95 % confidence; default 0.1
 * @param onDrift what happens then: a ticket, or retraining; default ticket
 */
public record DriftConfig(
    int prompts, long promptSeed, int maxNewTokens, double threshold, OnDrift onDrift) {
  /** What holds without a file. */
  public static final DriftConfig DEFAULTS = new DriftConfig(60, 17, 96, 0.1, OnDrift.TICKET);

  /** What drift leads to. */
  public enum OnDrift {
    /** Markdown and JSON for people. */
    TICKET,
    /** The month's retraining, and a ticket where that month had its own already. */
    RETRAIN
  }

  /** Refuses values out of range. */
  public DriftConfig {
    Check.atLeast("prompts", 0, prompts);
    Check.atLeast("max_new_tokens", 1, maxNewTokens);
    Check.within("threshold", 0, 1, threshold);
    Check.positive("threshold", threshold);
  }
}
