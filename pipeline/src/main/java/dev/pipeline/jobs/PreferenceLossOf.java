package dev.pipeline.jobs;

import dev.pipeline.config.DpoConfig;
import dev.pipeline.train.preference.DpoLoss;
import dev.pipeline.train.preference.IpoLoss;
import dev.pipeline.train.preference.LdDpoLoss;
import dev.pipeline.train.preference.LengthPenalty;
import dev.pipeline.train.preference.NormalisedDpoLoss;
import dev.pipeline.train.preference.OrpoLoss;
import dev.pipeline.train.preference.PreferenceLoss;
import dev.pipeline.train.preference.RpoLoss;
import dev.pipeline.train.preference.SimpoLoss;

/** The loss that {@code dpo.yaml} means. */
final class PreferenceLossOf {
  private PreferenceLossOf() {}

  static PreferenceLoss config(DpoConfig config) {
    PreferenceLoss loss = preference(config);
    return config.rpoAlpha().<PreferenceLoss>map(alpha -> new RpoLoss(loss, alpha)).orElse(loss);
  }

  private static PreferenceLoss preference(DpoConfig config) {
    double beta = config.beta();
    LengthPenalty penalty = new LengthPenalty(config.lengthLimit(), config.lengthPenalty());
    return switch (config.rl()) {
      case DPO ->
          config
              .ldAlpha()
              .<PreferenceLoss>map(alpha -> new LdDpoLoss(beta, alpha, penalty))
              .orElseGet(() -> new DpoLoss(beta, config.labelSmoothing(), penalty));
      case SIGMOID_NORM -> new NormalisedDpoLoss(beta, penalty);
      case IPO -> new IpoLoss(beta, penalty);
      case ORPO -> new OrpoLoss(beta, penalty);
      case SIMPO -> new SimpoLoss(beta, config.simpoGamma(), penalty);
    };
  }
}
