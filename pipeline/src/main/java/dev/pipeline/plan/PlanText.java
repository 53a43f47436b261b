package dev.pipeline.plan;

import dev.pipeline.release.PreferenceTraining;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Tells a run's facts in sentences that a person reads at a glance and a search finds. */
public final class PlanText {
  private static final int SHORT = 12;

  private PlanText() {}

  /**
   * The plan as text.
   *
   * @param purpose what the model is for, in a sentence or two
   */
  public static String of(String purpose, PlanFacts facts) {
    StringJoiner text = new StringJoiner("\n");
    text.add(
        "%s release %d after %s, plan %s, run %s."
            .formatted(
                facts.modelName(),
                facts.release(),
                facts.trained().trainer(),
                facts.planVersion(),
                shortened(facts.runKey())));
    if (!facts.warning().isEmpty()) {
      text.add(facts.warning() + ".");
    }
    text.add(purpose.strip());
    text.add("Base model: " + base(facts) + ".");
    text.add(
        "Data: version %s; %s."
            .formatted(shortened(facts.datasetVersion()), listed(facts.datasetCounts())));
    if (!facts.training().isEmpty()) {
      text.add("Training: " + listed(facts.training()) + ".");
    }
    PreferenceTraining preferences = facts.trained().preferences();
    if (preferences != null) {
      text.add(told(preferences));
    }
    if (!facts.metrics().isEmpty()) {
      text.add("Measured on the released file: " + listed(facts.metrics()) + ".");
    }
    text.add("Deployment: " + facts.deploymentStatus() + ".");
    facts.artefacts().forEach((name, sha256) -> text.add(name + " has SHA-256 " + sha256 + "."));
    return text.toString();
  }

  private static String told(PreferenceTraining preferences) {
    return String.format(
        Locale.ROOT,
        "Preferences: %s with beta %s and learning rate %s on %s %s (%s), from SFT adapter"
            + " %s; reward accuracy %.3f on %d held-out pairs.",
        preferences.loss(),
        preferences.beta(),
        preferences.learningRate(),
        preferences.dataset(),
        shortened(preferences.datasetVersion()),
        listed(preferences.datasetCounts()),
        shortened(preferences.sftAdapter()),
        preferences.rewardAccuracy(),
        preferences.heldOutPairs());
  }

  private static String base(PlanFacts facts) {
    return facts.baseOrigin().isEmpty()
        ? facts.baseModel()
        : facts.baseModel() + ", " + listed(facts.baseOrigin());
  }

  private static String listed(Map<String, ?> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey().replace('_', ' ') + " " + shown(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String shown(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4g", number)
        : value.toString();
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(SHORT, hash.length()));
  }
}
