package dev.pipeline.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code preferences.yaml}: pairs of a better and a worse answer. Personas and the bounds of near
 * duplicates are those of curate.yaml.
 *
 * @param preferencesName folder of the versions below {@code <dataset_dir>/preferences}; default
 *     negotiation
 * @param rawPreferences folder of {@code *.jsonl} files with review notes, red-team transcripts,
 *     feedback or finished pairs; default datasets/preferences-raw
 * @param feedbackPairs a further file of the same shapes; {@code run retrain} names the one that it
 *     makes of feedback; default none
 * @param heldOutShare share of the pairs held out among scenario families that the curated rows do
 *     not know; what those hold out is held out here, too; default 0.2
 * @param spoiltRows curated training rows that give pairs with a copy spoilt by rule, and so do all
 *     held-out ones; those of which the raw files bring such pairs do not; 0 for none; default 200
 * @param corruptionsPerRow failures that each of these rows is spoilt with, one pair each, 0 for
 *     none; default 2
 * @param sampledRows curated rows, beyond those of which the raw files bring such pairs, that the
 *     base model answers, which takes about as long as evaluating as many; 0 for none; default 64
 * @param samplingTemperature of those answers; above 1 for answers that fail in ways no rule
 *     plants; default 1.2
 * @param onPolicyRows curated rows that the fine-tuned model answers, so that it learns from
 *     mistakes it really makes; 0 for none; default 256
 * @param onPolicyTemperature of those answers; near the one that serves; default 0.5
 * @param samplingMaxNewTokens longest of all these answers, in tokens; default 96
 * @param samplingBatch rows answered at once, and a kill costs at most these; default 16
 */
public record PreferencesConfig(
    String preferencesName,
    Path rawPreferences,
    Optional<Path> feedbackPairs,
    double heldOutShare,
    int spoiltRows,
    int corruptionsPerRow,
    int sampledRows,
    double samplingTemperature,
    int onPolicyRows,
    double onPolicyTemperature,
    int samplingMaxNewTokens,
    int samplingBatch) {
  /** What holds without a file. */
  public static final PreferencesConfig DEFAULTS =
      new PreferencesConfig(
          "negotiation",
          Path.of("datasets/preferences-raw"),
          Optional.empty(),
          0.2,
          200,
          2,
          64,
          1.2,
          256,
          0.5,
          96,
          16);

  /** As many as there are failures to plant. */
  private static final int MOST_CORRUPTIONS = 8;

  /** Refuses values out of range. */
  public PreferencesConfig {
    Check.fileName("preferences_name", preferencesName);
    Check.notBlank("raw_preferences", rawPreferences.toString());
    Check.within("held_out_share", 0, 1, heldOutShare);
    Check.atLeast("spoilt_rows", 0, spoiltRows);
    Check.within("corruptions_per_row", 0, MOST_CORRUPTIONS + 1, corruptionsPerRow);
    Check.atLeast("sampled_rows", 0, sampledRows);
    Check.positive("sampling_temperature", samplingTemperature);
    Check.atLeast("on_policy_rows", 0, onPolicyRows);
    Check.positive("on_policy_temperature", onPolicyTemperature);
    Check.atLeast("sampling_max_new_tokens", 8, samplingMaxNewTokens);
    Check.atLeast("sampling_batch", 1, samplingBatch);
  }
}
